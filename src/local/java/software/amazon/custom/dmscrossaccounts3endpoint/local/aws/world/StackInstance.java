package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.Map;
import java.util.TreeMap;
import lombok.With;

/**
 * A stack of a StackSet in one account and Region, at one moment.
 *
 * @param parameters what differs there from the StackSet's parameters
 * @param made what each of its resources is, by logical id; of one that is on its way what it waits
 *     for
 * @param declared how each resource that was made was declared, by logical id
 */
@With
public record StackInstance(
    String account,
    String region,
    Map<String, String> parameters,
    Map<String, String> made,
    Map<String, String> declared) {

  public static StackInstance empty(String account, String region, Map<String, String> parameters) {
    return new StackInstance(account, region, parameters, Map.of(), Map.of());
  }

  public String key() {
    return account + "/" + region;
  }

  /** With a resource that is what was declared. */
  public StackInstance with(String logicalId, String physicalId, String declaration) {
    return withMade(put(made, logicalId, physicalId))
        .withDeclared(put(declared, logicalId, declaration));
  }

  /** With something that a resource waits for. */
  public StackInstance waiting(String logicalId, String token) {
    return withMade(put(made, waitingFor(logicalId), token));
  }

  public StackInstance waitingNoLonger(String logicalId) {
    var left = new TreeMap<>(made);
    left.remove(waitingFor(logicalId));
    return withMade(Map.copyOf(left));
  }

  public static String waitingFor(String logicalId) {
    return logicalId + ".waiting";
  }

  private static Map<String, String> put(Map<String, String> map, String key, String value) {
    var changed = new TreeMap<>(map);
    changed.put(key, value);
    return Map.copyOf(changed);
  }
}
