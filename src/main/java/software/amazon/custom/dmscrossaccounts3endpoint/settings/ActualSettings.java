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
 * Settings that DMS shows of an endpoint, in the schema's spelling of names, enumerations and
 * types.
 *
 * @param settings those among its {@code S3Settings}
 * @param asAttributes those among its extra connection attributes
 * @param attributes all its extra connection attributes
 */
public record ActualSettings(
    Map<String, JsonNode> settings,
    Map<String, JsonNode> asAttributes,
    ConnectionAttributes attributes) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The settings that users report DMS to reset on create and to honour as extra connection
   * attributes; for them the attribute is the value that the endpoint uses.
   */
  private static final Set<String> DECIDED_BY_ATTRIBUTES =
      Set.of("EncryptionMode", SettingMatch.KMS_KEY);

  /** Returns the value of a setting that the endpoint uses. */
  public Optional<JsonNode> get(String name) {
    var first = DECIDED_BY_ATTRIBUTES.contains(name) ? asAttributes : settings;
    var second = DECIDED_BY_ATTRIBUTES.contains(name) ? settings : asAttributes;
    return Optional.ofNullable(first.getOrDefault(name, second.get(name)));
  }

  /** Returns whether DMS uses this value where a setting is not given. */
  public static boolean isDefault(String name, JsonNode value) {
    return SettingDefaults.isDefault(name, value);
  }

  /**
   * Returns whether the endpoint has a setting as requested. A setting that DMS does not show is as
   * requested where the value is the documented default, or has no effect on files of this format.
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

  /** Returns the extra connection attributes that stand for no setting, by name. */
  public ConnectionAttributes otherAttributes() {
    return attributes.without(S3SettingsTranslator.settingsAmong(attributes));
  }

  /**
   * Returns the settings as a model has them.
   *
   * @param record the requested settings: their spelling comes back where DMS shows the same value
   *     in another one, and a requested default where DMS does not show it
   */
  public S3Settings toModel(SettingsRecord record) {
    var model = JSON.createObjectNode();
    HandlerSchema.s3Settings()
        .fieldNames()
        .forEachRemaining(
            name ->
                get(name)
                    .map(value -> asRequested(name, value, record))
                    .or(() -> S3SettingsTranslator.defaultOf(name).filter(d -> record.has(name, d)))
                    .ifPresent(value -> model.set(name, value)));
    return JSON.convertValue(model, S3Settings.class);
  }

  private static JsonNode asRequested(String name, JsonNode actual, SettingsRecord record) {
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
   * Returns whether the endpoint shows extra connection attributes with these values; for an
   * endpoint without a record, the only evidence. The case of values is not compared.
   */
  public boolean hasAttributes(ConnectionAttributes requested) {
    return requested.asMap().entrySet().stream().allMatch(this::hasAttribute);
  }

  /** Returns whether the endpoint shows an extra connection attribute with this value. */
  public boolean hasAttribute(Map.Entry<String, String> attribute) {
    return attributes.get(attribute.getKey()).orElse("").equalsIgnoreCase(attribute.getValue());
  }
}
