package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.Map;
import java.util.TreeMap;

/**
 * One operation on a StackSet, at one moment.
 *
 * @param results how it stands with each instance, by the instance's key: {@code RUNNING}, {@code
 *     SUCCEEDED}, or {@code FAILED} with the reason after a colon
 */
public record StackSetOperation(String id, String action, Map<String, String> results) {
  public static final String RUNNING = "RUNNING";
  public static final String SUCCEEDED = "SUCCEEDED";
  public static final String FAILED = "FAILED";

  public StackSetOperation with(String instance, String result) {
    var changed = new TreeMap<>(results);
    changed.put(instance, result);
    return new StackSetOperation(id, action, Map.copyOf(changed));
  }

  public String status() {
    if (results.containsValue(RUNNING)) {
      return RUNNING;
    }
    return results.values().stream().allMatch(SUCCEEDED::equals) ? SUCCEEDED : FAILED;
  }
}
