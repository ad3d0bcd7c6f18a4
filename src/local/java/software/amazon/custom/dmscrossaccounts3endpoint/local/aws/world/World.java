package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of all accounts. Everything in it is guarded by one lock, which whoever answers a call
 * holds: what the local AWS does, it does one thing after another.
 */
public final class World {
  private final LocalAwsOptions options;
  private final Arns arns;
  private final AwsManagedPolicies awsManagedPolicies;
  private final Replicas replicas;
  private State state = new State();

  public World(LocalAwsOptions options) {
    this.options = options;
    this.arns = new Arns(options.partition());
    this.awsManagedPolicies = new AwsManagedPolicies(arns);
    this.replicas = new Replicas(options.habits().staleness(), options.habits().stalenessSeed());
    options.accounts().forEach(account -> state.iam.put(account, new IamAccount()));
  }

  public Snapshot snapshot() {
    return new Snapshot(now(), state.copy(this));
  }

  /** Goes on from there: what is in the accounts is as it was, and it is the time that it was. */
  public void restore(Snapshot snapshot) {
    options.clock().set(snapshot.moment());
    replicas.restart();
    state = snapshot.state().copy(this);
  }

  public LocalAwsOptions options() {
    return options;
  }

  public Instant now() {
    return options.clock().instant();
  }

  /** The moment whose state the next read shows. */
  public Instant replica() {
    return replicas.next(now());
  }

  public Arns arns() {
    return arns;
  }

  public Ids ids() {
    return state.ids;
  }

  public AccessKeys accessKeys() {
    return state.accessKeys;
  }

  public AwsManagedPolicies awsManagedPolicies() {
    return awsManagedPolicies;
  }

  public AllowList allowList() {
    return state.allowList;
  }

  /** What connection tests that begin now fail with; empty: they are decided as usual. */
  public Optional<String> connectionFailure() {
    return Optional.ofNullable(state.connectionFailure);
  }

  public void failConnectionTests(String message) {
    state.connectionFailure = message;
  }

  public IamAccount iam(String account) {
    return Optional.ofNullable(state.iam.get(account))
        .orElseThrow(() -> new IllegalArgumentException("There is no account " + account));
  }

  public boolean hasAccount(String account) {
    return state.iam.containsKey(account);
  }

  public DmsRegion dms(String account, String region) {
    return state.dms.computeIfAbsent(
        account + "/" + region, key -> new DmsRegion(this, account, region));
  }

  /** All Regions of an account in which DMS has been used. */
  public Iterable<DmsRegion> dmsRegions(String account) {
    return state.dms.values().stream().filter(region -> region.account().equals(account)).toList();
  }

  /** The CloudFormation registry of an account in a Region. */
  public TypeRegistry registry(String account, String region) {
    return state.registries.getOrDefault(account + "/" + region, TypeRegistry.EMPTY);
  }

  public void put(String account, String region, TypeRegistry registry) {
    state.registries.put(account + "/" + region, registry);
  }

  /** A StackSet of an account in the Region that it is administered from. */
  public Optional<StackSet> stackSet(String account, String region, String name) {
    return Optional.ofNullable(state.stackSets.get(account + "/" + region + "/" + name));
  }

  public void put(String account, String region, StackSet set) {
    state.stackSets.put(account + "/" + region + "/" + set.name(), set);
  }

  public Optional<Bucket> bucket(String name) {
    return Optional.ofNullable(state.buckets.get(name));
  }

  public void put(Bucket bucket) {
    state.buckets.put(bucket.name(), bucket);
  }

  /**
   * Takes a token from a bucket, which is full at first.
   *
   * @return false where the bucket is empty
   */
  public boolean takeToken(String bucket, Quota quota) {
    var there =
        state
            .tokens
            .getOrDefault(bucket, new TokenBucket(quota.burst(), now()))
            .refilled(quota, now());
    state.tokens.put(bucket, there.isEmpty() ? there : there.withoutOne());
    return !there.isEmpty();
  }

  public Optional<Role> roleNow(String arn) {
    return arns.accountOfRole(arn).filter(this::hasAccount).flatMap(a -> iam(a).roleByArn(arn));
  }

  /** The role as it was seen outside IAM at that moment, its latest changes still on their way. */
  public Optional<Role> roleSeen(String arn, Instant moment) {
    var seen = moment.minus(options.propagation());
    return arns.accountOfRole(arn)
        .filter(this::hasAccount)
        .flatMap(a -> iam(a).roleByArn(arn, seen));
  }
}
