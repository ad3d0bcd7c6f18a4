package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

/**
 * How many calls an account may make: a token bucket each for DMS and for IAM's writes, as AWS's
 * services throttle.
 *
 * @param perSecond how many calls are let through in a second
 * @param burst how many at once after a rest
 */
public record Quota(double perSecond, int burst) {}
