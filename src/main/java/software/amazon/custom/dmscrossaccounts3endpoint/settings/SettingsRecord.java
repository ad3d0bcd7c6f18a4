package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * Record of the settings that a template requested for an endpoint, stored as the value of a tag.
 * It has an entry with a hash of the value for each S3 setting, and one entry for all extra
 * connection attributes. DMS shows defaults for every setting, so that only the record shows which
 * settings a template has removed.
 *
 * <p>The names of all settings do not fit into a tag. Each name is written as a code of fixed
 * length that depends on the name alone. The hash has 18 bits: it differs for almost every change
 * of the value, and the value cannot be derived from it.
 */
public final class SettingsRecord {

  /** Name of the entry for the extra connection attributes. */
  public static final String ATTRIBUTES = "ExtraConnectionAttributes";

  private static final int CODE_LENGTH = 3;
  private static final int HASH_LENGTH = 3;
  private static final int ENTRY = CODE_LENGTH + HASH_LENGTH;
  private static final int DIGITS = 36;

  private final Map<String, String> hashes;

  private SettingsRecord(Map<String, String> hashes) {
    this.hashes = hashes;
  }

  /** Returns the record of requested settings and attributes. */
  public static SettingsRecord of(@Nullable S3Settings settings, ConnectionAttributes attributes) {
    var hashes = new TreeMap<String, String>();
    S3SettingsTranslator.values(settings).forEach((name, value) -> hashes.put(name, hash(value)));
    if (!attributes.asMap().isEmpty()) {
      hashes.put(ATTRIBUTES, hash(text(attributes)));
    }
    return new SettingsRecord(hashes);
  }

  /**
   * Returns the record of an update: this record without the documented defaults that nobody
   * requested. Cloud Control builds the model of an update from a READ, which shows every default.
   * A default comes from the READ where the previous model has it as well and the endpoint's record
   * does not have it.
   *
   * @param settings requested settings
   * @param previous settings of the previous model
   * @param isDefault decides whether a value is the default of a setting
   * @param before the endpoint's present record
   * @param keepsAttributes whether to copy the entry of the extra connection attributes from {@code
   *     before}, because the caller cannot read them
   */
  public SettingsRecord updating(
      @Nullable S3Settings settings,
      @Nullable S3Settings previous,
      BiPredicate<String, JsonNode> isDefault,
      SettingsRecord before,
      boolean keepsAttributes) {
    var updated = new TreeMap<>(hashes);
    var previousValues = S3SettingsTranslator.values(previous);
    S3SettingsTranslator.values(settings)
        .forEach(
            (name, value) -> {
              if (value.equals(previousValues.get(name))
                  && !before.hashes.containsKey(name)
                  && isDefault.test(name, value)) {
                updated.remove(name);
              }
            });
    if (keepsAttributes && before.hashes.containsKey(ATTRIBUTES)) {
      updated.put(ATTRIBUTES, before.hashes.get(ATTRIBUTES));
    }
    return new SettingsRecord(updated);
  }

  /** Returns this record as a tag value. */
  public String encoded() {
    return hashes.entrySet().stream()
        .map(entry -> code(entry.getKey()) + entry.getValue())
        .sorted()
        .collect(joining());
  }

  /** Returns the record in a tag value; an empty record for null and for any other text. */
  public static SettingsRecord decode(@Nullable String value) {
    var hashes = new TreeMap<String, String>();
    if (value != null) {
      var names = names();
      for (var i = 0; i + ENTRY <= value.length(); i += ENTRY) {
        var name = names.get(value.substring(i, i + CODE_LENGTH));
        if (name != null) {
          hashes.put(name, value.substring(i + CODE_LENGTH, i + ENTRY));
        }
      }
    }
    return new SettingsRecord(hashes);
  }

  /** Returns whether the record has any entry. */
  public boolean isKnown() {
    return !hashes.isEmpty();
  }

  /** Returns the names of the requested settings. */
  public Set<String> settings() {
    var names = new TreeSet<>(hashes.keySet());
    names.remove(ATTRIBUTES);
    return names;
  }

  /** Returns whether extra connection attributes were requested. */
  boolean hasAttributes() {
    return hashes.containsKey(ATTRIBUTES);
  }

  /** Returns whether a setting was requested with this value. */
  public boolean has(String setting, @Nullable JsonNode value) {
    return value != null && hash(value).equals(hashes.get(setting));
  }

  /** Returns whether exactly these extra connection attributes were requested. */
  public boolean has(ConnectionAttributes attributes) {
    return attributes.asMap().isEmpty()
        ? !hashes.containsKey(ATTRIBUTES)
        : has(ATTRIBUTES, text(attributes));
  }

  private static JsonNode text(ConnectionAttributes attributes) {
    return TextNode.valueOf(attributes.asText());
  }

  /** Returns the names of all possible entries, by code. */
  static Map<String, String> names() {
    var names = new TreeMap<String, String>();
    HandlerSchema.s3Settings().fieldNames().forEachRemaining(n -> names.put(code(n), n));
    names.put(code(ATTRIBUTES), ATTRIBUTES);
    return names;
  }

  /** Returns the code of a name, which is unique among the names of the schema. */
  static String code(String name) {
    var number = new BigInteger(DefaultNames.hash(DIGITS, name), 16).toString(DIGITS);
    return number.substring(number.length() - CODE_LENGTH);
  }

  private static String hash(JsonNode value) {
    return DefaultNames.tagHash(HASH_LENGTH, value.toString());
  }
}
