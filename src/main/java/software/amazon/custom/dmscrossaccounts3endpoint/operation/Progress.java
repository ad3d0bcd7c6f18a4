package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.time.Duration;
import java.util.function.Function;
import lombok.AccessLevel;
import lombok.AllArgsConstructor;
import lombok.With;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.proxy.OperationStatus;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.OutOfTimeException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.ErrorTable;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;

/**
 * Progress of an operation: the argument and the result of each step. Immutable. A step brings one
 * thing to its desired state and returns the progress, or a progress that waits. After a progress
 * that waits no further step runs until the next invocation.
 *
 * <p>Delays and retries are those of {@link RetryDelays}.
 */
@With(AccessLevel.PRIVATE)
@AllArgsConstructor(access = AccessLevel.PRIVATE)
public final class Progress {

  /**
   * Highest age of an answer of IAM or DMS. Both answer from replicas to which a change propagates
   * with a delay (IAM User Guide, "Changes that I make are not always immediately visible"); public
   * tools see some seconds.
   */
  public static final Duration OLDEST_ANSWER = Duration.ofSeconds(15);

  /** Longest time of an operation, below the schema's {@code timeoutInMinutes} of 120. */
  public static final Duration LONGEST_OPERATION = Duration.ofMinutes(110);

  private static final int NO_WAIT = -1;

  private final @Nullable ResourceModel model;
  private final CallbackContext context;
  private final Time time;
  private final InvocationLog log;
  private final @Nullable String message;

  /** Seconds until the next invocation; {@link #NO_WAIT} where the next step runs. */
  private final int delay;

  static Progress begin(
      @Nullable ResourceModel model,
      @Nullable CallbackContext context,
      Time time,
      InvocationLog log) {
    var known =
        context == null || context.phase() == null
            ? CallbackContext.begin(Phase.BEGIN, time.now())
            : context;
    log.enter(known.phase().name());
    return new Progress(model, known, time, log, null, NO_WAIT);
  }

  /** Returns the state that is passed to the next invocation. */
  public CallbackContext context() {
    return context;
  }

  /** Returns the present time in epoch seconds. */
  public long now() {
    return time.now().getEpochSecond();
  }

  /** Returns the same progress with another context. */
  public Progress with(CallbackContext next) {
    return withContext(next);
  }

  /**
   * Runs a step, unless an earlier one waits. After a temporary error of AWS the step runs again
   * later.
   *
   * @throws AwsCallException where the error is not temporary, or was retried for too long
   */
  public Progress then(Step step) {
    return during(context.phase(), step);
  }

  /**
   * Runs a step like {@link #then}, in the given phase only.
   *
   * @throws AwsCallException where the error is not temporary, or was retried for too long
   */
  public Progress during(Phase phase, Step step) {
    if (isWaiting() || context.phase() != phase) {
      return this;
    }
    try {
      return step.run(this);
    } catch (OutOfTimeException e) {
      return waitSeconds(context, "Continuing in the next invocation", 1);
    } catch (AwsCallException e) {
      return retry(e);
    }
  }

  /** Goes from one phase to the next. */
  public Progress transition(Phase from, Phase to) {
    return during(from, p -> p.enter(to));
  }

  /** Returns the progress in a phase that begins now. */
  public Progress enter(Phase phase) {
    log.enter(phase.name());
    return withContext(context.enter(phase, time.now()));
  }

  /**
   * Returns the progress after a change that has to propagate in AWS: the delays of the waits that
   * follow grow from now on.
   */
  public Progress changed(CallbackContext next) {
    return withContext(next.withChangedAt(now()));
  }

  /**
   * Ends the invocation, so that CloudFormation stores the context and the primary identifier
   * before the next step. The delay is 0, which no other wait has.
   */
  public Progress save(String text) {
    return waitSeconds(context, text, 0);
  }

  /**
   * Waits before the phase runs again, see {@link RetryDelays#waitDelay}.
   *
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException where the
   *     phase has lasted as long as the wait's limit
   */
  public Progress waitFor(Wait wait) {
    if (age() >= wait.limit().toSeconds()) {
      throw wait.timeout().get();
    }
    return waitSeconds(context.waited(), wait.text(), retryDelays().waitDelay());
  }

  /** Returns how many seconds the phase has lasted. */
  public long age() {
    return context.since() == null ? 0 : now() - context.since();
  }

  /**
   * Confirms an answer that may be old. The action runs once every answer has been the same for
   * {@link #OLDEST_ANSWER}; until then the progress waits.
   *
   * @param text shown to the user meanwhile
   * @param action runs on the confirmed answer
   */
  public Progress confirm(String text, Step action) {
    var since = context.unconfirmedSince() == null ? now() : context.unconfirmedSince();
    if (now() - since >= OLDEST_ANSWER.toSeconds()) {
      return action.run(withContext(context.withUnconfirmedSince(null)));
    }
    return waitSeconds(
        context.withUnconfirmedSince(since).withRetry(null), text, RetryDelays.CONFIRM_DELAY);
  }

  /** Returns whether a change is so recent that an answer may still show the state before it. */
  public boolean mayBeOld(@Nullable Long changedAt) {
    return changedAt != null && now() - changedAt < OLDEST_ANSWER.toSeconds();
  }

  /** Returns whether this operation created role or policy within the last minute. */
  public boolean hasNewAccess() {
    return retryDelays().hasNewAccess();
  }

  private Progress retry(AwsCallException e) {
    var delays = retryDelays();
    if (!delays.isRetryable(e)) {
      throw e;
    }
    return waitSeconds(
        delays.afterError(),
        "Trying again: " + ErrorTable.explain(e).getMessage(),
        delays.retryDelay(e));
  }

  private RetryDelays retryDelays() {
    return new RetryDelays(context, now());
  }

  private Progress waitSeconds(CallbackContext next, @Nullable String text, int seconds) {
    return withContext(next).withMessage(text).withDelay(seconds);
  }

  private boolean isWaiting() {
    return delay != NO_WAIT;
  }

  /** Returns the event of a progress that waits. */
  ProgressEvent<ResourceModel, CallbackContext> inProgress() {
    return ProgressEvent.<ResourceModel, CallbackContext>builder()
        .status(OperationStatus.IN_PROGRESS)
        .resourceModel(model)
        .callbackContext(context)
        .callbackDelaySeconds(delay)
        .message(message)
        .build();
  }

  /** Returns the event of a progress that waits, or otherwise the one that ends the operation. */
  public ProgressEvent<ResourceModel, CallbackContext> orElse(
      Function<Progress, ProgressEvent<ResourceModel, CallbackContext>> end) {
    return isWaiting() ? inProgress() : end.apply(this);
  }
}
