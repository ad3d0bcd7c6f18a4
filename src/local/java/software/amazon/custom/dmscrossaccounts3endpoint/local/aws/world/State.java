package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.Map;
import java.util.TreeMap;

/** All that changes in a local AWS while it is called. */
final class State {
  final Ids ids;
  final AccessKeys accessKeys;
  final AllowList allowList;
  final Map<String, IamAccount> iam = new TreeMap<>();
  final Map<String, DmsRegion> dms = new TreeMap<>();
  final Map<String, TypeRegistry> registries = new TreeMap<>();
  final Map<String, StackSet> stackSets = new TreeMap<>();
  final Map<String, Bucket> buckets = new TreeMap<>();
  final Map<String, TokenBucket> tokens = new TreeMap<>();

  /** What connection tests that begin fail with; null: they are decided as usual. */
  String connectionFailure;

  State() {
    this(new Ids(), new AccessKeys(), new AllowList());
  }

  private State(Ids ids, AccessKeys accessKeys, AllowList allowList) {
    this.ids = ids;
    this.accessKeys = accessKeys;
    this.allowList = allowList;
  }

  /** The same state in that world; what happens to one does not happen to the other. */
  State copy(World world) {
    var copy = new State(ids.copy(), accessKeys.copy(), allowList.copy());
    iam.forEach((account, there) -> copy.iam.put(account, there.copy()));
    dms.forEach((key, region) -> copy.dms.put(key, region.copy(world)));
    copy.registries.putAll(registries);
    copy.stackSets.putAll(stackSets);
    copy.buckets.putAll(buckets);
    copy.tokens.putAll(tokens);
    copy.connectionFailure = connectionFailure;
    return copy;
  }
}
