package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket at one moment.
 *
 * @param tokens how many calls it lets through
 */
record TokenBucket(double tokens, Instant at) {
  private static final double MILLIS = 1000;

  TokenBucket refilled(Quota quota, Instant now) {
    var gained = Duration.between(at, now).toMillis() / MILLIS * quota.perSecond();
    return new TokenBucket(Math.min(quota.burst(), tokens + gained), now);
  }

  boolean isEmpty() {
    return tokens < 1;
  }

  TokenBucket withoutOne() {
    return new TokenBucket(tokens - 1, at);
  }
}
