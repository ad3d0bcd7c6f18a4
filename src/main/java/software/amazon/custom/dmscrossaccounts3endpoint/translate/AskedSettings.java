package software.amazon.custom.dmscrossaccounts3endpoint.translate;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * What a template asked for when an endpoint was made, as the value of a tag: the names of the S3
 * settings and of the extra connection attributes as a whole, each with a hash of its value. DMS
 * describes an endpoint with defaults for everything and may spell values otherwise, so that the
 * endpoint alone does not tell what a template has changed.
 *
 * <p>All names would not fit into a tag, so that each is written as a code of fixed length which is
 * made of the name alone. The hash, of 18 bits, tells a change with near certainty; it tells
 * nothing of the value.
 */
public final class AskedSettings {

  /** What stands for the extra connection attributes among the settings. */
  public static final String ATTRIBUTES = "ExtraConnectionAttributes";

  static final int CODE_LENGTH = 3;
  static final int HASH_LENGTH = 3;
  private static final int ENTRY = CODE_LENGTH + HASH_LENGTH;
  private static final int DIGITS = 36;

  private final Map<String, String> hashes;

  private AskedSettings(Map<String, String> hashes) {
    this.hashes = hashes;
  }

  /** What is asked for, as a tag value. */
  public static String encode(S3Settings settings, ConnectionAttributes attributes) {
    var asked = new TreeMap<String, JsonNode>(S3SettingsTranslator.values(settings));
    if (!attributes.asMap().isEmpty()) {
      asked.put(ATTRIBUTES, text(attributes));
    }
    return asked.entrySet().stream()
        .map(a -> code(a.getKey()) + hash(a.getValue()))
        .sorted()
        .collect(joining());
  }

  /** What {@link #encode} made a tag value of; nothing is known for null. */
  public static AskedSettings decode(@Nullable String value) {
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
    return new AskedSettings(hashes);
  }

  /** Whether it is on record what was asked for. */
  public boolean isKnown() {
    return !hashes.isEmpty();
  }

  /** The names of the settings that were asked for. */
  public Set<String> settings() {
    var names = new TreeSet<>(hashes.keySet());
    names.remove(ATTRIBUTES);
    return names;
  }

  /** Whether a setting was asked for with this value. */
  public boolean has(String setting, JsonNode value) {
    return hash(value).equals(hashes.get(setting));
  }

  /** Whether these very extra connection attributes were asked for. */
  public boolean has(ConnectionAttributes attributes) {
    return attributes.asMap().isEmpty()
        ? !hashes.containsKey(ATTRIBUTES)
        : has(ATTRIBUTES, text(attributes));
  }

  private static JsonNode text(ConnectionAttributes attributes) {
    return TextNode.valueOf(attributes.asText());
  }

  /** The names of everything that can be asked for, by code. */
  static Map<String, String> names() {
    var names = new TreeMap<String, String>();
    HandlerSchema.s3Settings().fieldNames().forEachRemaining(n -> names.put(code(n), n));
    names.put(code(ATTRIBUTES), ATTRIBUTES);
    return names;
  }

  /** The code of a name; different for all names of the schema. */
  static String code(String name) {
    var number = new BigInteger(DefaultNames.hash(DIGITS, name), 16).toString(DIGITS);
    return number.substring(number.length() - CODE_LENGTH);
  }

  /** A hash in characters that DMS takes in a tag. */
  static String hash(JsonNode value) {
    var digest = HexFormat.of().parseHex(DefaultNames.hash(DIGITS, value.toString()));
    return Base64.getEncoder().encodeToString(digest).substring(0, HASH_LENGTH);
  }
}
