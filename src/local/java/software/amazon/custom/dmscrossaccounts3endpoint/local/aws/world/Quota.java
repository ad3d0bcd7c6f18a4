package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

/**
 * How many calls of a service each account may make in each Region, by a token bucket.
 *
 * @param perSecond how many are let through in a second
 * @param burst how many at once after a rest
 */
public record Quota(double perSecond, int burst) {
  /** The documented quota of DMS (DMS User Guide, "Quotas for AWS DMS"). */
  static final Quota DMS = new Quota(8, 200);
}
