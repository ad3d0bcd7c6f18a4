package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * Settings that DMS shows of an endpoint, with the names, enumeration values and types of the
 * schema.
 *
 * @param settings settings in its {@code S3Settings}
 * @param asAttributes settings in its extra connection attributes
 * @param attributes all its extra connection attributes
 */
public record ActualSettings(
    Map<String, JsonNode> settings,
    Map<String, JsonNode> asAttributes,
    ConnectionAttributes attributes) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Settings for which the extra connection attribute is the value that the endpoint uses. Users
   * report that DMS resets them on create and honours them as extra connection attributes.
   */
  private static final Set<String> DECIDED_BY_ATTRIBUTES =
      Set.of("EncryptionMode", SettingMatch.KMS_KEY);

  /** Returns the value of a setting that the endpoint uses. */
  public Optional<JsonNode> get(String name) {
    var first = DECIDED_BY_ATTRIBUTES.contains(name) ? asAttributes : settings;
    var second = DECIDED_BY_ATTRIBUTES.contains(name) ? settings : asAttributes;
    return Optional.ofNullable(first.getOrDefault(name, second.get(name)));
  }

  /** Returns whether a value is the documented default of a setting. */
  public static boolean isDefault(String name, JsonNode value) {
    return SettingDefaults.isDefault(name, value);
  }

  /**
   * Returns whether the endpoint has the requested value of a setting. A setting that DMS does not
   * show has the requested value where that is the documented default, or where the setting has no
   * effect on files of this format.
   *
   * @param requested value as it is sent to DMS
   */
  public boolean has(String name, JsonNode requested) {
    return get(name)
        .map(actual -> SettingMatch.of(name, actual, requested).matches())
        .orElseGet(
            () ->
                SettingDefaults.isDefault(name, requested)
                    || !SettingDefaults.isUsedWith(name, format()));
  }

  private String format() {
    return get("DataFormat").map(JsonNode::asText).orElse(SettingDefaults.DEFAULT_FORMAT);
  }

  /**
   * Returns the names of the requested settings that the endpoint does not have.
   *
   * @param requested settings as they are sent to DMS
   */
  public Set<String> missing(S3Settings requested) {
    var missing = new TreeSet<String>();
    S3SettingsTranslator.values(requested)
        .forEach(
            (name, value) -> {
              if (!has(name, value)) {
                missing.add(name);
              }
            });
    return missing;
  }

  /** Returns the extra connection attributes that are not settings. */
  public ConnectionAttributes otherAttributes() {
    return attributes.without(S3SettingsTranslator.settingsAmong(attributes));
  }

  /**
   * Returns the settings for a model.
   *
   * @param record record of the requested settings. A value that DMS shows in another spelling is
   *     returned as requested, and a requested default is returned where DMS does not show it
   */
  public S3Settings toModel(SettingsRecord record) {
    var model = JSON.createObjectNode();
    HandlerSchema.s3Settings()
        .fieldNames()
        .forEachRemaining(
            name ->
                get(name)
                    .map(value -> inRequestedSpelling(name, value, record))
                    .or(() -> S3SettingsTranslator.defaultOf(name).filter(d -> record.has(name, d)))
                    .ifPresent(value -> model.set(name, value)));
    return JSON.convertValue(model, S3Settings.class);
  }

  private static JsonNode inRequestedSpelling(String name, JsonNode actual, SettingsRecord record) {
    if (!actual.isTextual()) {
      return actual;
    }
    return SettingMatch.spellings(name, actual.asText()).stream()
        .<JsonNode>map(TextNode::valueOf)
        .filter(spelling -> record.has(name, spelling))
        .findFirst()
        .orElse(actual);
  }

  /**
   * Returns whether DMS shows extra connection attributes with these values, ignoring case. It is
   * the only evidence for an endpoint without a record.
   */
  public boolean hasAttributes(ConnectionAttributes requested) {
    return requested.asMap().entrySet().stream().allMatch(this::hasAttribute);
  }

  /** Returns whether DMS shows an extra connection attribute with this value, ignoring case. */
  public boolean hasAttribute(Map.Entry<String, String> attribute) {
    return attributes.get(attribute.getKey()).orElse("").equalsIgnoreCase(attribute.getValue());
  }
}
