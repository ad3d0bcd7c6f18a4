package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of all accounts. Everything in it is guarded by one lock, which whoever answers a call
 * holds: what the local AWS does, it does one thing after another.
 */
final class World {
  private final LocalAwsOptions options;
  private final Arns arns;
  private final Ids ids = new Ids();
  private final AccessKeys accessKeys = new AccessKeys();
  private final AwsManagedPolicies awsManagedPolicies;
  private final Map<String, IamAccount> iam = new TreeMap<>();
  private final Map<String, DmsRegion> dms = new TreeMap<>();
  private final AllowList allowList = new AllowList();
  private final Replicas replicas;

  World(LocalAwsOptions options) {
    this.options = options;
    this.arns = new Arns(options.partition());
    this.awsManagedPolicies = new AwsManagedPolicies(arns);
    this.replicas = new Replicas(options.habits().staleness(), options.habits().stalenessSeed());
    options.accounts().forEach(account -> iam.put(account, new IamAccount()));
  }

  LocalAwsOptions options() {
    return options;
  }

  Instant now() {
    return options.clock().instant();
  }

  /** The moment whose state the next read shows. */
  Instant replica() {
    return replicas.next(now());
  }

  Arns arns() {
    return arns;
  }

  Ids ids() {
    return ids;
  }

  AccessKeys accessKeys() {
    return accessKeys;
  }

  AwsManagedPolicies awsManagedPolicies() {
    return awsManagedPolicies;
  }

  AllowList allowList() {
    return allowList;
  }

  IamAccount iam(String account) {
    return Optional.ofNullable(iam.get(account))
        .orElseThrow(() -> new IllegalArgumentException("There is no account " + account));
  }

  boolean hasAccount(String account) {
    return iam.containsKey(account);
  }

  DmsRegion dms(String account, String region) {
    return dms.computeIfAbsent(account + "/" + region, key -> new DmsRegion(this, account, region));
  }

  /** All Regions of an account in which DMS has been used. */
  Iterable<DmsRegion> dmsRegions(String account) {
    return dms.values().stream().filter(region -> region.account().equals(account)).toList();
  }

  Optional<Role> roleNow(String arn) {
    return arns.accountOfRole(arn).filter(this::hasAccount).flatMap(a -> iam(a).roleByArn(arn));
  }

  /** The role as it was seen outside IAM at that moment, its latest changes still on their way. */
  Optional<Role> roleSeen(String arn, Instant moment) {
    var seen = moment.minus(options.propagation());
    return arns.accountOfRole(arn)
        .filter(this::hasAccount)
        .flatMap(a -> iam(a).roleByArn(arn, seen));
  }
}
