package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Extra connection attributes: {@code name=value} pairs, separated by semicolons (DMS User Guide).
 * The case of names is ignored.
 */
public final class ConnectionAttributes {

  private final Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private ConnectionAttributes() {}

  /**
   * Parses attributes; null has none. A part without an equals sign is a name with an empty value.
   */
  public static ConnectionAttributes parse(@Nullable String text) {
    var attributes = new ConnectionAttributes();
    if (text != null) {
      for (var pair : text.split(";", -1)) {
        var parts = pair.split("=", 2);
        if (!parts[0].isBlank()) {
          attributes.byName.put(parts[0].strip(), parts.length == 2 ? parts[1].strip() : "");
        }
      }
    }
    return attributes;
  }

  /** Returns the value of an attribute; empty where it is missing or has no value. */
  Optional<String> get(String name) {
    return Optional.ofNullable(byName.get(name)).filter(v -> !v.isEmpty());
  }

  /** Returns the attributes by name. */
  public Map<String, String> asMap() {
    return byName;
  }

  /** Returns these attributes without those of the given names. */
  ConnectionAttributes without(Set<String> names) {
    var others = new ConnectionAttributes();
    others.byName.putAll(byName);
    names.forEach(others.byName::remove);
    return others;
  }

  /** Returns these attributes together with others, which replace those of the same name. */
  public ConnectionAttributes and(Map<String, String> others) {
    var all = new ConnectionAttributes();
    all.byName.putAll(byName);
    all.byName.putAll(others);
    return all;
  }

  /** Returns the attributes in the format of DMS; null where there are none. */
  public @Nullable String asText() {
    if (byName.isEmpty()) {
      return null;
    }
    var text = new StringBuilder();
    byName.forEach((name, value) -> text.append(name).append('=').append(value).append(';'));
    return text.toString();
  }
}
