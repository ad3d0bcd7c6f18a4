package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The external ids of one account and Region. An endpoint's id stays the same for as long as its
 * resource identifier does, but for the dialect that hands out another one the second time.
 */
public final class ExternalIds {
  private final String account;
  private final String region;
  private final HandshakeDialect dialect;
  private final Map<String, Integer> answers = new TreeMap<>();
  private final Set<String> denied = new TreeSet<>();
  private final Map<String, Integer> deletions = new TreeMap<>();
  private final boolean fresh;

  /**
   * @param fresh whether a deletion ends the life of an id
   */
  ExternalIds(String account, String region, HandshakeDialect dialect, boolean fresh) {
    this.fresh = fresh;
    this.account = account;
    this.region = region;
    this.dialect = dialect;
  }

  /** Takes over what the others have counted. */
  ExternalIds countingOnFrom(ExternalIds others) {
    answers.putAll(others.answers);
    denied.addAll(others.denied);
    deletions.putAll(others.deletions);
    return this;
  }

  /** The id that the next answer holds and that a trust policy has to name by then. */
  public String of(String resourceIdentifier) {
    var key = Arns.ignoringCase(resourceIdentifier);
    var generation = isUnsettled(resourceIdentifier) ? answers.getOrDefault(key, 0) : 1;
    var life = fresh ? deletions.getOrDefault(key, 0) : 0;
    return dialect == HandshakeDialect.NEW_ID_ON_SECOND_CALL
        ? Ids.stable(account, region, key, "" + generation, "" + life)
        : Ids.stable(account, region, key, "" + life);
  }

  /** Whether the next answer's id is not the last word: nothing is kept on it. */
  public boolean isUnsettled(String resourceIdentifier) {
    return dialect == HandshakeDialect.NEW_ID_ON_SECOND_CALL
        && answers.getOrDefault(Arns.ignoringCase(resourceIdentifier), 0) < 2;
  }

  /** Counts a deletion. */
  public void deleted(String resourceIdentifier) {
    deletions.merge(Arns.ignoringCase(resourceIdentifier), 1, Integer::sum);
  }

  /** Whether a call was denied before any was answered. */
  public boolean wasDenied(String resourceIdentifier) {
    return denied.contains(Arns.ignoringCase(resourceIdentifier));
  }

  /** Remembers that a call was denied although its endpoint is kept. */
  public void denied(String resourceIdentifier) {
    denied.add(Arns.ignoringCase(resourceIdentifier));
  }

  /** Counts an answer that held the id. */
  public void answered(String resourceIdentifier) {
    answers.merge(Arns.ignoringCase(resourceIdentifier), 1, Integer::sum);
  }
}
