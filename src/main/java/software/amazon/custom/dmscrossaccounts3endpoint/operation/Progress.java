package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
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
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Retry;

/**
 * Progress of an operation: the argument and the result of each step. Immutable. A step brings one
 * thing to its desired state and returns the progress, or a progress that waits; the steps after it
 * then do nothing until the chain runs again.
 *
 * <p>This is the one place that decides how long to wait and when to give up.
 */
@With(AccessLevel.PRIVATE)
@AllArgsConstructor(access = AccessLevel.PRIVATE)
public final class Progress {

  /**
   * Highest age of an answer of IAM or DMS. Both answer from replicas that learn of a change after
   * a while (IAM User Guide, "Changes that I make are not always immediately visible"); public
   * tools see some seconds.
   */
  public static final Duration OLDEST_ANSWER = Duration.ofSeconds(15);

  /** Longest time of an operation, below the schema's {@code timeoutInMinutes} of 120. */
  public static final Duration LONGEST_OPERATION = Duration.ofMinutes(110);

  /**
   * Time in which IAM's authorization may not know a new role or policy. Public tools wait for up
   * to two minutes, and see some seconds.
   */
  private static final Duration NEW_ACCESS = Duration.ofMinutes(1);

  private static final long LONGEST_DELAY = 30;
  private static final long CONFIRM_DELAY = 3;
  private static final double BACKOFF_BASE = 5;
  private static final double LONGEST_BACKOFF = 120;

  private final @Nullable ResourceModel model;
  private final CallbackContext context;
  private final Time time;
  private final InvocationLog log;
  private final @Nullable String message;

  /** Seconds until the chain runs again; negative where it goes on. */
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
    return new Progress(model, known, time, log, null, -1);
  }

  /** Returns the state that is left to the next invocation. */
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
   * Runs a step, unless an earlier one waits. After an error of AWS that passes the step runs again
   * later.
   *
   * @throws AwsCallException where the error does not pass, or has lasted too long
   */
  public Progress then(Step step) {
    if (isWaiting()) {
      return this;
    }
    try {
      return step.run(this);
    } catch (OutOfTimeException e) {
      return later(context, "Continuing in the next invocation", 1);
    } catch (AwsCallException e) {
      return retry(e);
    }
  }

  /** Runs a step in the given phase only. */
  public Progress during(Phase phase, Step step) {
    return context.phase() == phase ? then(step) : this;
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
   * Returns a progress after a change that AWS has to learn of: the delays of the waits that follow
   * grow from here.
   */
  public Progress changed(CallbackContext next) {
    return withContext(next.withChangedAt(now()));
  }

  /**
   * Leaves the rest to the next invocation, so that CloudFormation has the context and the primary
   * identifier first. Its delay is 0, which no other wait has.
   */
  public Progress save(String text) {
    return later(context, text, 0);
  }

  /**
   * Waits before the phase runs again. The delay is a quarter of the time waited so far, so that
   * the operation goes on at most a quarter of that time late; at least 1 s and at most 30 s.
   *
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException where the
   *     phase has lasted longer than the wait's limit
   */
  public Progress waitFor(Wait wait) {
    if (age() >= wait.limit().toSeconds()) {
      throw wait.tooLate().get();
    }
    return later(context.waited(), wait.text(), quarterOf(context.changedAt(), context.since()));
  }

  private int quarterOf(@Nullable Long latest, @Nullable Long earlier) {
    var start = latest != null ? latest : earlier != null ? earlier : now();
    return (int) Math.max(1, Math.min(LONGEST_DELAY, (now() - start) / 4));
  }

  /** Returns how many seconds the phase has lasted. */
  public long age() {
    return context.since() == null ? 0 : now() - context.since();
  }

  /**
   * Confirms an answer that may be old. It is acted on once every answer has shown the same for
   * longer than an answer can be old.
   *
   * @param text shown to the user meanwhile
   * @param action on the confirmed answer
   */
  public Progress confirm(String text, Step action) {
    var since = context.unconfirmedSince() == null ? now() : context.unconfirmedSince();
    if (now() - since >= OLDEST_ANSWER.toSeconds()) {
      return action.run(withContext(context.withUnconfirmedSince(null)));
    }
    return later(context.withUnconfirmedSince(since).withRetry(null), text, (int) CONFIRM_DELAY);
  }

  /** Returns whether a change is so recent that an answer may still show the state before it. */
  public boolean mayBeOld(@Nullable Long changedAt) {
    return changedAt != null && now() - changedAt < OLDEST_ANSWER.toSeconds();
  }

  /** Waits after an error that passes: with backoff and full jitter where AWS has no capacity. */
  private Progress retry(AwsCallException e) {
    var before = context.retry() == null ? new Retry(now(), 0) : context.retry();
    var patience = patience(e);
    if (now() - before.since() >= patience.toSeconds() || isTooOld()) {
      throw e;
    }
    var next = context.withRetry(new Retry(before.since(), before.attempts() + 1));
    return later(
        next,
        "Trying again: " + ErrorTable.explain(e).getMessage(),
        ErrorTable.isPropagation(e) ? quarterOf(before.since(), null) : backoff(before.attempts()));
  }

  private static int backoff(int attempts) {
    var ceiling = Math.min(LONGEST_BACKOFF, BACKOFF_BASE * Math.pow(2, attempts));
    return (int) Math.max(1, Math.round(ThreadLocalRandom.current().nextDouble(ceiling)));
  }

  private Duration patience(AwsCallException e) {
    // IAM's authorization learns of a role as late as its reads do: until then conditions on its
    // path and its boundary don't match.
    return e.isDenialOf("iam") && hasNewAccess() ? NEW_ACCESS : ErrorTable.patience(e);
  }

  private boolean isTooOld() {
    return context.startedAt() != null
        && now() - context.startedAt() >= LONGEST_OPERATION.toSeconds();
  }

  /** Returns whether this operation has created role or policy within the last minute. */
  public boolean hasNewAccess() {
    return context.accessCreatedAt() != null
        && now() - context.accessCreatedAt() < NEW_ACCESS.toSeconds();
  }

  private Progress later(CallbackContext next, @Nullable String text, int seconds) {
    return withContext(next).withMessage(text).withDelay(seconds);
  }

  private boolean isWaiting() {
    return delay >= 0;
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
