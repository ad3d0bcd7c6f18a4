package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * How often a call is tried again within itself: throttling is waited for here for a moment;
 * whoever waits longer does so between invocations.
 */
final class Retries {

  private static final int ATTEMPTS = 3;

  private Retries() {}

  /**
   * A strategy for one client.
   *
   * @param pause returns when that much time has passed
   */
  static RetryStrategy strategy(Consumer<Duration> pause) {
    var backoff = BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(1));
    // The SDK asks for the delay right before it sleeps, and sleeps by the machine's clock only.
    BackoffStrategy paused =
        attempt -> {
          pause.accept(backoff.computeDelay(attempt));
          return Duration.ZERO;
        };
    return StandardRetryStrategy.builder()
        .useClientDefaults(false)
        .maxAttempts(ATTEMPTS)
        .backoffStrategy(paused)
        .throttlingBackoffStrategy(paused)
        .treatAsThrottling(Retries::isThrottling)
        .retryOnException(Retries::isThrottling)
        .build();
  }

  private static boolean isThrottling(Throwable failure) {
    return failure instanceof SdkServiceException e && e.isThrottlingException();
  }
}
