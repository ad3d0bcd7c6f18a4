package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import software.amazon.cloudformation.proxy.HandlerErrorCode;

/**
 * How CloudFormation repeats a request that was not answered, or was answered with a failure that
 * may pass.
 *
 * @param attempts how many times in a row, after the first
 * @param firstDelay before the first repetition; doubled for each further one
 */
public record RetryPolicy(int attempts, Duration firstDelay) {

  /** The codes that the runtime's {@link HandlerErrorCode} documents as retriable. */
  private static final Set<HandlerErrorCode> RETRIABLE =
      EnumSet.of(
          HandlerErrorCode.ResourceConflict,
          HandlerErrorCode.Throttling,
          HandlerErrorCode.ServiceInternalError,
          HandlerErrorCode.NetworkFailure);

  /** Three repetitions, after 2, 4 and 8 seconds. */
  public static final RetryPolicy STANDARD = new RetryPolicy(3, Duration.ofSeconds(2));

  /** No repetitions. */
  public static final RetryPolicy NEVER = new RetryPolicy(0, Duration.ZERO);

  boolean allows(int repetition) {
    return repetition <= attempts;
  }

  boolean repeats(HandlerErrorCode code, int repetition) {
    return RETRIABLE.contains(code) && allows(repetition);
  }

  Duration delayBefore(int repetition) {
    return firstDelay.multipliedBy(1L << (repetition - 1));
  }
}
