package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The condition context of one decision. Keys are found regardless of case, as IAM does; a key
 * without a value is not there.
 */
public final class ContextKeys {
  private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  public ContextKeys with(String key, String value) {
    if (value != null) {
      values.put(key, List.of(value));
    }
    return this;
  }

  public ContextKeys with(String key, Collection<String> many) {
    if (!many.isEmpty()) {
      values.put(key, List.copyOf(many));
    }
    return this;
  }

  /** The tags that a request brings: {@code aws:RequestTag/...} and {@code aws:TagKeys}. */
  public ContextKeys withRequestTags(Map<String, String> tags) {
    tags.forEach((key, value) -> with("aws:RequestTag/" + key, value));
    return with("aws:TagKeys", tags.keySet());
  }

  /**
   * The tags that are there: {@code aws:ResourceTag/...} and the service's own key.
   *
   * @param own what the service's own key begins with, for instance {@code iam:ResourceTag/}
   */
  public ContextKeys withResourceTags(String own, Map<String, String> tags) {
    tags.forEach((key, value) -> with("aws:ResourceTag/" + key, value).with(own + key, value));
    return this;
  }

  public ContextKeys and(ContextKeys others) {
    values.putAll(others.values);
    return this;
  }

  public Optional<List<String>> get(String key) {
    return Optional.ofNullable(values.get(key));
  }
}
