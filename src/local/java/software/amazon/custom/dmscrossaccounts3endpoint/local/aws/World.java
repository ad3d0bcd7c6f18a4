package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of all accounts. Everything in it is guarded by one lock, which whoever answers a call
 * holds: what the local AWS does, it does one thing after another.
 */
final class World {
  private final LocalAwsOptions options;
  private final Arns arns;
  private final AwsManagedPolicies awsManagedPolicies;
  private final Replicas replicas;
  private State state = new State();

  World(LocalAwsOptions options) {
    this.options = options;
    this.arns = new Arns(options.partition());
    this.awsManagedPolicies = new AwsManagedPolicies(arns);
    this.replicas = new Replicas(options.habits().staleness(), options.habits().stalenessSeed());
    options.accounts().forEach(account -> state.iam.put(account, new IamAccount()));
  }

  Snapshot snapshot() {
    return new Snapshot(now(), state.copy(this));
  }

  /** Goes on from there: what is in the accounts is as it was, and it is the time that it was. */
  void restore(Snapshot snapshot) {
    options.clock().set(snapshot.moment());
    replicas.restart();
    state = snapshot.state().copy(this);
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
    return state.ids;
  }

  AccessKeys accessKeys() {
    return state.accessKeys;
  }

  AwsManagedPolicies awsManagedPolicies() {
    return awsManagedPolicies;
  }

  AllowList allowList() {
    return state.allowList;
  }

  /** What connection tests that begin now fail with; empty: they are decided as usual. */
  Optional<String> connectionFailure() {
    return Optional.ofNullable(state.connectionFailure);
  }

  void failConnectionTests(String message) {
    state.connectionFailure = message;
  }

  IamAccount iam(String account) {
    return Optional.ofNullable(state.iam.get(account))
        .orElseThrow(() -> new IllegalArgumentException("There is no account " + account));
  }

  boolean hasAccount(String account) {
    return state.iam.containsKey(account);
  }

  DmsRegion dms(String account, String region) {
    return state.dms.computeIfAbsent(
        account + "/" + region, key -> new DmsRegion(this, account, region));
  }

  /** All Regions of an account in which DMS has been used. */
  Iterable<DmsRegion> dmsRegions(String account) {
    return state.dms.values().stream().filter(region -> region.account().equals(account)).toList();
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
