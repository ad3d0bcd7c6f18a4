package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import lombok.AccessLevel;
import lombok.AllArgsConstructor;
import lombok.With;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.proxy.OperationStatus;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.NotYet;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.Turns;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.ErrorTable;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase;

/**
 * How far an operation is: what a step is given and what it returns. Immutable. A step either
 * brings its thing to the desired state and returns the progress it was given, or it says that it
 * waits; then the rest of the chain is left to the next invocation.
 *
 * <p>This is the one place that decides how long to wait and when to give up: for what a step says,
 * for what AWS shows and may be old, and for errors of AWS that pass.
 */
@With(AccessLevel.PRIVATE)
@AllArgsConstructor(access = AccessLevel.PRIVATE)
public final class Progress {

  /**
   * How old an answer of IAM or DMS may be. Both answer from copies that learn of a change after a
   * while (IAM User Guide, "Changes that I make are not always immediately visible"); public tools
   * see some seconds.
   */
  public static final Duration OLDEST_ANSWER = Duration.ofSeconds(15);

  /**
   * How long IAM may judge a call on a role or a policy that was just made as if it were not there:
   * public tools wait for up to two minutes for what IAM propagates, and see some seconds.
   */
  private static final Duration JUST_MADE = Duration.ofMinutes(1);

  /**
   * Delays between looks, in seconds: at most 3 s or a quarter of what was waited so far, so that
   * what takes a minute is seen within a quarter of it, after at most a dozen looks.
   */
  private static final int[] DELAYS = {1, 2, 2, 3, 3, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30};

  /** What is worth waiting for with fewer looks, in seconds. */
  private static final int LONG = 6;

  /** Delay between looks at what may be an old answer, in seconds. */
  private static final int DOUBT_DELAY = 3;

  /**
   * A handler has to answer within 60 seconds (handler contract); what comes later is left to the
   * next invocation.
   */
  private static final Duration INVOCATION = Duration.ofSeconds(25);

  /** How much of an absence lies between the invocations of an operation that gets on. */
  private static final double PACE = 0.6;

  /** How long somebody who has not begun lets all others go first. */
  private static final Duration LONGEST_IN_LINE = Duration.ofMinutes(60);

  private final @Nullable ResourceModel model;
  private final CallbackContext context;
  private final Time time;
  private final InvocationLog log;
  private final Turns turns;
  private final Instant invokedAt;
  private final @Nullable String message;
  private final int delay;

  /**
   * The progress at the beginning of an invocation.
   *
   * @param model the model of the events until the operation ends; null when the resource is
   *     deleted
   * @param context what the last invocation returned; null for the first
   * @param log of the invocation
   * @param turns of the invocation
   */
  static Progress begin(
      @Nullable ResourceModel model,
      @Nullable CallbackContext context,
      Time time,
      InvocationLog log,
      Turns turns) {
    var known =
        context == null || context.phase() == null
            ? CallbackContext.begin(Phase.BEGIN, time.now())
            : context;
    log.enter(known.phase().name());
    return new Progress(model, known, time, log, turns, time.now(), null, 0);
  }

  /** What the next invocation is told. */
  public CallbackContext context() {
    return context;
  }

  /** The present moment, in epoch seconds. */
  public long now() {
    return time.now().getEpochSecond();
  }

  /** The same progress with another context. */
  public Progress with(CallbackContext next) {
    return withContext(next);
  }

  /**
   * Runs a step, unless an earlier one waits. An error of AWS that passes is waited for; the step
   * runs again then.
   *
   * @throws AwsCallFailed where the error does not pass, or has not for too long
   */
  public Progress then(UnaryOperator<Progress> step) {
    if (isWaiting()) {
      return this;
    }
    if (time.now().isAfter(invokedAt.plus(INVOCATION))) {
      return later(context, message, DELAYS[0]);
    }
    try {
      return turns.comingBack(standing(), () -> step.apply(this));
    } catch (NotYet e) {
      return away(throttledSince(), context.absence(), e.getMessage());
    } catch (AwsCallFailed e) {
      return (e.isThrottling() ? stayAway(e) : endure(e)).orElseThrow(() -> e);
    }
  }

  /**
   * The same progress after a change whose effect is waited for from now on. How long the effect of
   * the one before took is what is expected of this one.
   */
  public Progress changed(CallbackContext next) {
    var took = context.waits() == 0 ? context.propagation() : Integer.valueOf((int) sinceChange());
    return withContext(next.withWaits(0).withChangedAt(now()).withPropagation(took));
  }

  private long sinceChange() {
    return context.changedAt() == null ? age() : now() - context.changedAt();
  }

  /** Runs a step in the given phase only. */
  public Progress during(Phase phase, UnaryOperator<Progress> step) {
    return isIn(phase) ? then(step) : this;
  }

  /** Goes on from one phase to the next. */
  public Progress onwards(Phase from, Phase to) {
    return during(from, p -> p.enter(to));
  }

  /** The progress in a phase that begins now, whatever it was in. */
  public Progress enter(Phase phase) {
    log.enter(phase.name());
    return withContext(context.enter(phase, time.now()));
  }

  private boolean isIn(Phase phase) {
    return context.phase() == phase;
  }

  /** Leaves the rest to the next invocation, which may come at once. */
  public Progress pause(String text) {
    return later(context, text, DELAYS[0]);
  }

  /**
   * Waits before the phase is looked at again; each wait of a phase is longer than the one before,
   * up to half a minute.
   *
   * @throws OperationFailed where the phase has taken longer than the wait's limit
   */
  public Progress waitFor(Wait wait) {
    return waitFor(wait, DELAYS[Math.min(context.waits(), DELAYS.length - 1)]);
  }

  private Progress waitFor(Wait wait, int next) {
    if (age() >= wait.limit().toSeconds()) {
      throw wait.tooLate().get();
    }
    return later(context.waited(), wait.text(), next);
  }

  /**
   * Waits until DMS has learned of a change. Where one of this operation has taken long, the next
   * look comes at once, after half of that time, and when that is over.
   *
   * @throws OperationFailed where the phase has taken longer than the wait's limit
   */
  public Progress waitForPropagation(Wait wait) {
    var expected = context.propagation();
    if (expected == null || expected < LONG || context.waits() == 0) {
      return waitFor(wait);
    }
    var past = sinceChange();
    // It was seen to be over up to three seconds or a quarter late.
    var early = expected < 4 * LONG ? expected - 2 : expected;
    var next =
        LongStream.of(expected / 2, early, expected)
            .filter(moment -> moment > past)
            .findFirst()
            .orElse(past + 3 + past / 4);
    return waitFor(wait, (int) Math.min(next - past, DELAYS[DELAYS.length - 1]));
  }

  /** How many seconds the phase has taken so far. */
  public long age() {
    return context.since() == null ? 0 : now() - context.since();
  }

  /**
   * Looks again at what may be an old answer. What is shown at every look for longer than an answer
   * can be old is true.
   *
   * @param text what is seen, shown to the user meanwhile
   * @param believed what is done about it once it is certain
   */
  public Progress doubt(String text, UnaryOperator<Progress> believed) {
    var since = context.doubtfulSince() == null ? now() : context.doubtfulSince();
    if (now() - since >= OLDEST_ANSWER.toSeconds()) {
      return believed.apply(withContext(context.withDoubtfulSince(null)));
    }
    var doubtful = context.withDoubtfulSince(since).withTroubledSince(null).withTroubles(null);
    return later(doubtful, text, DOUBT_DELAY);
  }

  /** Whether something was changed so recently that an answer may still show how it was before. */
  public boolean mayBeOld(@Nullable Long changedAt) {
    return changedAt != null && now() - changedAt < OLDEST_ANSWER.toSeconds();
  }

  /**
   * Waits for an AWS that has no time, no answer, or does not yet know what it was told, after
   * which the same is tried again.
   */
  private Optional<Progress> endure(AwsCallFailed e) {
    var since = context.troubledSince() == null ? now() : context.troubledSince();
    if (now() - since >= patienceWith(e).toSeconds()) {
      return Optional.empty();
    }
    var next = DELAYS[Math.min(context.troubles(), DELAYS.length - 1)];
    var troubled = context.withTroubledSince(since).withTroubles(context.troubles() + 1);
    return Optional.of(later(troubled, tryingAgain(e), next));
  }

  private static String tryingAgain(AwsCallFailed e) {
    return "Trying again: " + ErrorTable.explain(e).getMessage();
  }

  /** Who has waited for too long until it may begin goes as if it had. */
  private Turns.Standing standing() {
    if (!isIn(Phase.BEGIN) || now() - throttledSince() >= LONGEST_IN_LINE.toSeconds()) {
      return Turns.Standing.BEGUN;
    }
    return context.throttledSince() == null ? Turns.Standing.NEW : Turns.Standing.WAITING;
  }

  private long throttledSince() {
    return context.throttledSince() == null ? now() : context.throttledSince();
  }

  private Optional<Progress> stayAway(AwsCallFailed e) {
    var since = throttledSince();
    return now() - since >= ErrorTable.patience(e).toSeconds()
        ? Optional.empty()
        : Optional.of(away(since, Turns.longer(context.absence()), tryingAgain(e)));
  }

  /**
   * Stays away from an AWS that is busy. Of the time that the phase has, none passes meanwhile.
   *
   * @param alone for how long, in seconds, if there is nobody else
   */
  private Progress away(long since, double alone, @Nullable String text) {
    var next = seconds(turns.spread(turns.sendAway(alone)));
    var away =
        context
            .withThrottledSince(since)
            .withAbsence(absence((int) Math.round(alone)))
            .withSince(context.since() == null ? null : context.since() + next);
    return withContext(away).withMessage(text).withDelay(next);
  }

  /**
   * Leaves the rest to a later invocation. Where AWS was busy a moment ago it comes later than it
   * could, and ever less so.
   */
  private Progress later(CallbackContext next, @Nullable String text, int delay) {
    var calmed = turns.anyRefused() ? next.absence() : next.absence() / 3;
    var paced = calmed == 0 ? delay : Math.max(delay, seconds(turns.spread(calmed * PACE)));
    return withContext(next.withThrottledSince(null).withAbsence(absence(calmed)))
        .withMessage(text)
        .withDelay(paced);
  }

  private static @Nullable Integer absence(int seconds) {
    return seconds == 0 ? null : seconds;
  }

  private static int seconds(double time) {
    return (int) Math.max(1, Math.round(time));
  }

  private Duration patienceWith(AwsCallFailed e) {
    // IAM's authorization learns of a role as late as its reads do: until then conditions on its
    // path and its boundary don't match.
    var isLate = e.isDenialOf("iam") && hasJustMadeAccess();
    return isLate ? JUST_MADE : ErrorTable.patience(e);
  }

  /** Whether this operation has made the role or the policy within the last minute. */
  public boolean hasJustMadeAccess() {
    return context.grantedAt() != null && now() - context.grantedAt() < JUST_MADE.toSeconds();
  }

  private boolean isWaiting() {
    return delay > 0;
  }

  /** The event of an operation that goes on. */
  ProgressEvent<ResourceModel, CallbackContext> inProgress() {
    return ProgressEvent.<ResourceModel, CallbackContext>builder()
        .status(OperationStatus.IN_PROGRESS)
        .resourceModel(model)
        .callbackContext(context)
        .callbackDelaySeconds(delay)
        .message(message)
        .build();
  }

  /** The event of an operation that waits, or otherwise the one that ends it. */
  public ProgressEvent<ResourceModel, CallbackContext> orElse(
      Function<Progress, ProgressEvent<ResourceModel, CallbackContext>> end) {
    return isWaiting() ? inProgress() : end.apply(this);
  }
}
