package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.cloudformation.proxy.OperationStatus;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase;

/**
 * How far an operation is: what a step is given and what it returns. Immutable. A step either
 * brings its thing to the desired state and returns the progress it was given, or it says that it
 * waits; then the rest of the chain is left to the next invocation.
 *
 * <p>This is the one place that decides how long to wait and when to give up.
 */
public final class Progress {

  /**
   * Delays between looks, in seconds: short at first, because IAM's changes mostly take seconds.
   */
  private static final int[] DELAYS = {1, 2, 3, 5, 8, 13, 20, 30};

  /**
   * A handler has to answer within 60 seconds (handler contract); what comes later is left to the
   * next invocation.
   */
  private static final Duration INVOCATION = Duration.ofSeconds(25);

  private final ResourceModel model;
  private final CallbackContext context;
  private final Clock clock;
  private final Instant invokedAt;
  private final String message;
  private final int delay;

  private Progress(
      ResourceModel model,
      CallbackContext context,
      Clock clock,
      Instant invokedAt,
      String message,
      int delay) {
    this.model = model;
    this.context = context;
    this.clock = clock;
    this.invokedAt = invokedAt;
    this.message = message;
    this.delay = delay;
  }

  /**
   * The progress at the beginning of an invocation.
   *
   * @param model the model of the events until the operation ends; null when the resource is
   *     deleted
   * @param context what the last invocation returned; null for the first
   */
  public static Progress begin(ResourceModel model, CallbackContext context, Clock clock) {
    var known =
        context == null || context.phase() == null
            ? CallbackContext.begin(Phase.BEGIN, clock.instant())
            : context;
    return new Progress(model, known, clock, clock.instant(), null, 0);
  }

  /** What the next invocation is told. */
  public CallbackContext context() {
    return context;
  }

  /** Whether the operation has not begun to change anything. */
  public boolean isFirst() {
    return isIn(Phase.BEGIN);
  }

  /** The same progress with another context. */
  public Progress with(CallbackContext next) {
    return new Progress(model, next, clock, invokedAt, message, delay);
  }

  /** Runs a step, unless an earlier one waits. */
  public Progress then(UnaryOperator<Progress> step) {
    if (isWaiting()) {
      return this;
    }
    if (clock.instant().isAfter(invokedAt.plus(INVOCATION))) {
      return new Progress(model, context, clock, invokedAt, message, DELAYS[0]);
    }
    return step.apply(this);
  }

  /** Runs a step in the given phase only. */
  public Progress during(Phase phase, UnaryOperator<Progress> step) {
    return then(p -> p.isIn(phase) ? step.apply(p) : p);
  }

  /** Goes on from one phase to the next. */
  public Progress onwards(Phase from, Phase to) {
    return then(p -> p.isIn(from) ? p.enter(to) : p);
  }

  /** The progress in a phase that begins now, whatever it was in. */
  public Progress enter(Phase phase) {
    return with(context.enter(phase, clock.instant()));
  }

  private boolean isIn(Phase phase) {
    return context.phase() == phase;
  }

  /** Leaves the rest to the next invocation, which may come at once. */
  public Progress pause(String text) {
    return new Progress(model, context, clock, invokedAt, text, DELAYS[0]);
  }

  /**
   * Waits before the phase is looked at again; each wait of a phase is longer than the one before,
   * up to half a minute.
   *
   * @param text what is waited for
   * @param limit how long the phase may take from its beginning
   * @param tooLate thrown when the phase has taken longer
   */
  public Progress waitFor(String text, Duration limit, Supplier<OperationFailed> tooLate) {
    if (!clock.instant().isBefore(Instant.ofEpochSecond(since()).plus(limit))) {
      throw tooLate.get();
    }
    var next = DELAYS[Math.min(context.waits(), DELAYS.length - 1)];
    return new Progress(model, context.waited(), clock, invokedAt, text, next);
  }

  /**
   * Waits for an AWS that has no time or no answer, after which the same is tried again. What a
   * step waits for is counted anew afterwards.
   *
   * @param text what is waited for
   * @param most how many times in a row
   * @return empty when that has been often enough
   */
  public Optional<Progress> endure(String text, int most) {
    if (context.troubles() >= most) {
      return Optional.empty();
    }
    var next = DELAYS[Math.min(context.troubles(), DELAYS.length - 1)];
    return Optional.of(new Progress(model, context.troubled(), clock, invokedAt, text, next));
  }

  private long since() {
    return context.since() == null ? clock.instant().getEpochSecond() : context.since();
  }

  private boolean isWaiting() {
    return delay > 0;
  }

  /** The event of an operation that goes on. */
  public ProgressEvent<ResourceModel, CallbackContext> inProgress() {
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
      Supplier<ProgressEvent<ResourceModel, CallbackContext>> end) {
    return isWaiting() ? inProgress() : end.get();
  }
}
