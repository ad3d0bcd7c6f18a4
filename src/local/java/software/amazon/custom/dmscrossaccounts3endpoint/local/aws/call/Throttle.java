package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Quota;

/** Lets through as many calls of an account as its quota allows, and refuses the others. */
final class Throttle {
  private record Bucket(double tokens, Instant at) {}

  private final Quota quota;
  private final Map<String, Bucket> buckets = new HashMap<>();

  Throttle(Quota quota) {
    this.quota = quota;
  }

  /** Whether there is no room for a call; where there is, it is taken. */
  boolean refuses(String service, String operation, String account, Instant now) {
    if (quota == null || !isCounted(service, operation)) {
      return false;
    }
    var key = service + " " + account;
    var bucket = buckets.getOrDefault(key, new Bucket(quota.burst(), now));
    var gained = Duration.between(bucket.at, now).toMillis() / 1000.0 * quota.perSecond();
    var tokens = Math.min(quota.burst(), bucket.tokens + gained);
    var refused = tokens < 1;
    buckets.put(key, new Bucket(refused ? tokens : tokens - 1, now));
    return refused;
  }

  private static boolean isCounted(String service, String operation) {
    return service.equals("dms")
        || (service.equals("iam") && !operation.startsWith("Get") && !operation.startsWith("List"));
  }
}
