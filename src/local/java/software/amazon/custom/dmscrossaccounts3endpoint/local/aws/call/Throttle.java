package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

import java.util.Set;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** Refuses the calls of a service that exceed the quota of their account and Region. */
final class Throttle {
  private static final Set<String> READS = Set.of("Get", "List");

  private final World world;

  Throttle(World world) {
    this.world = world;
  }

  /** Returns whether a call exceeds its quota; one that doesn't is counted. */
  boolean refuses(Request request) {
    var quota = world.options().habits().quotas().get(request.service());
    if (quota == null || !isCounted(request)) {
      return false;
    }
    var bucket = "%s %s %s".formatted(request.service(), request.account(), request.region());
    return !world.takeToken(bucket, quota);
  }

  private static boolean isCounted(Request request) {
    return !request.service().equals("iam")
        || READS.stream().noneMatch(request.operation()::startsWith);
  }
}
