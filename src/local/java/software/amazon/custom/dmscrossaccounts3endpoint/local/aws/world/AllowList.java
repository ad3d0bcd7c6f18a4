package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.HashSet;
import java.util.Set;

/**
 * The pairs of accounts that AWS Support has opened for DMS: a DMS account may use roles of a
 * data-lake account only when the pair is here.
 */
public final class AllowList {
  private record Pair(String dms, String lake) {}

  private final Set<Pair> pairs = new HashSet<>();

  /** Another one with the same pairs. */
  AllowList copy() {
    var copy = new AllowList();
    copy.pairs.addAll(pairs);
    return copy;
  }

  public void allow(String dms, String lake) {
    pairs.add(new Pair(dms, lake));
  }

  public void disallow(String dms, String lake) {
    pairs.remove(new Pair(dms, lake));
  }

  public boolean allows(String dms, String lake) {
    return dms.equals(lake) || pairs.contains(new Pair(dms, lake));
  }
}
