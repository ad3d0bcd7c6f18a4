package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.ErrorTable;

/**
 * Delays until the next invocation, and the time for which an error of AWS is retried. All times
 * are counted from the moment at which this object was created.
 */
final class RetryDelays {

  /** Seconds between two queries that confirm an answer. */
  static final int CONFIRM_DELAY = 3;

  /**
   * Time in which IAM's authorization may not know a new role or policy. Public tools wait for up
   * to two minutes and see some seconds.
   */
  private static final Duration NEW_ACCESS = Duration.ofMinutes(1);

  private static final long LONGEST_DELAY = 30;
  private static final double BACKOFF_BASE = 5;
  private static final double LONGEST_BACKOFF = 120;

  private final CallbackContext context;
  private final long now;

  /** Creates the delays for a context at a time in epoch seconds. */
  RetryDelays(CallbackContext context, long now) {
    this.context = context;
    this.now = now;
  }

  /**
   * Returns the delay of a wait in seconds: a quarter of the time since the phase's last change, at
   * least 1 and at most 30. The operation so continues at most a quarter of that time late.
   */
  int waitDelay() {
    if (context.changedAt() != null) {
      return quarterSince(context.changedAt());
    }
    return quarterSince(context.since() == null ? now : context.since());
  }

  private int quarterSince(long start) {
    return (int) Math.max(1, Math.min(LONGEST_DELAY, (now - start) / 4));
  }

  /** Returns the consecutive errors before the present one. */
  private Retry errorsBefore() {
    return context.retry() == null ? new Retry(now, 0) : context.retry();
  }

  /** Returns whether the step that failed with this error runs again. */
  boolean isRetryable(AwsCallException e) {
    return now - errorsBefore().since() < retryTime(e).toSeconds() && !hasReachedLongestOperation();
  }

  /** Returns the context in which the step runs again. */
  CallbackContext afterError() {
    return context.withRetry(errorsBefore().next());
  }

  /**
   * Returns the delay after an error in seconds: like a wait where a change has to propagate,
   * otherwise exponential backoff with full jitter.
   */
  int retryDelay(AwsCallException e) {
    return ErrorTable.isPropagation(e)
        ? quarterSince(errorsBefore().since())
        : backoff(errorsBefore().attempts());
  }

  private static int backoff(int attempts) {
    var ceiling = Math.min(LONGEST_BACKOFF, BACKOFF_BASE * Math.pow(2, attempts));
    return (int) Math.max(1, Math.round(ThreadLocalRandom.current().nextDouble(ceiling)));
  }

  /**
   * Returns how long an error is retried. IAM's authorization learns of a role as late as IAM's
   * reads do: until then conditions on the role's path and boundary do not match.
   */
  private Duration retryTime(AwsCallException e) {
    return e.isDenialOf("iam") && hasNewAccess() ? NEW_ACCESS : ErrorTable.retryTime(e);
  }

  /** Returns whether this operation created role or policy within the last minute. */
  boolean hasNewAccess() {
    return context.accessCreatedAt() != null
        && now - context.accessCreatedAt() < NEW_ACCESS.toSeconds();
  }

  private boolean hasReachedLongestOperation() {
    return context.startedAt() != null
        && now - context.startedAt() >= Progress.LONGEST_OPERATION.toSeconds();
  }
}
