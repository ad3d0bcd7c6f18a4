package software.amazon.custom.dmscrossaccounts3endpoint.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * S3 settings between the model and DMS. Names are the same on both sides, so that the schema alone
 * says which settings there are.
 *
 * <p>DMS spells enumerations in more than one way ({@code GZIP}, {@code SSE_S3}, {@code
 * yyyymmddhh}); what it returns is translated back to the schema's spelling. It also writes
 * settings into the extra connection attributes, and holds some only there; {@link HeldSettings}
 * sees both.
 */
public final class S3SettingsTranslator {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, SdkField<?>> FIELDS = fields();

  private S3SettingsTranslator() {}

  private static Map<String, SdkField<?>> fields() {
    var fields = new LinkedHashMap<String, SdkField<?>>();
    software.amazon.awssdk.services.databasemigration.model.S3Settings.builder()
        .build()
        .sdkFields()
        .forEach(f -> fields.put(f.memberName(), f));
    return fields;
  }

  /** Every setting of the schema is one of the SDK's, which a test holds. */
  private static SdkField<?> field(String name) {
    return Objects.requireNonNull(FIELDS.get(name), name);
  }

  /** The settings as DMS takes them, for an endpoint that writes with this role. */
  public static software.amazon.awssdk.services.databasemigration.model.S3Settings toDms(
      S3Settings settings, String serviceAccessRoleArn) {
    var builder = software.amazon.awssdk.services.databasemigration.model.S3Settings.builder();
    values(settings)
        .forEach(
            (name, value) ->
                field(name)
                    .set(
                        builder,
                        value.isBoolean()
                            ? (Object) value.booleanValue()
                            : value.isInt() ? (Object) value.intValue() : value.textValue()));
    return builder.serviceAccessRoleArn(serviceAccessRoleArn).build();
  }

  /** The settings that are given, by name, in the schema's spelling. */
  public static Map<String, JsonNode> values(@Nullable S3Settings settings) {
    var values = new LinkedHashMap<String, JsonNode>();
    if (settings != null) {
      JSON.valueToTree(settings).properties().forEach(p -> values.put(p.getKey(), p.getValue()));
    }
    return values;
  }

  /** The settings, with an owner that the bucket must have where they say none. */
  public static S3Settings withOwner(S3Settings settings, String account) {
    var copy = JSON.convertValue(settings, S3Settings.class);
    return copy.getExpectedBucketOwner() == null ? copy.withExpectedBucketOwner(account) : copy;
  }

  /** The settings that an endpoint holds. */
  public static HeldSettings held(
      software.amazon.awssdk.services.databasemigration.model.@Nullable S3Settings settings,
      @Nullable String extraConnectionAttributes) {
    var asSettings = new LinkedHashMap<String, JsonNode>();
    var asAttributes = new LinkedHashMap<String, JsonNode>();
    var attributes = ConnectionAttributes.parse(extraConnectionAttributes);
    HandlerSchema.s3Settings()
        .properties()
        .forEach(
            p -> {
              var name = p.getKey();
              var field = field(name);
              if (settings != null && field.getValueOrDefault(settings) != null) {
                var value = JSON.<ValueNode>valueToTree(field.getValueOrDefault(settings));
                spell(p.getValue(), name, value).ifPresent(v -> asSettings.put(name, v));
              }
              attributes
                  .get(name)
                  .flatMap(text -> read(p.getValue(), text))
                  .flatMap(value -> spell(p.getValue(), name, value))
                  .ifPresent(v -> asAttributes.put(name, v));
            });
    return new HeldSettings(asSettings, asAttributes, attributes);
  }

  /**
   * The names of settings and of attributes that are the same thing, of those that are given as
   * attributes.
   */
  public static Set<String> settingsAmong(ConnectionAttributes attributes) {
    var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    FIELDS.keySet().forEach(names::add);
    names.retainAll(attributes.asMap().keySet());
    return names;
  }

  /**
   * Given settings as extra connection attributes. Their names begin with a lower-case letter,
   * except for CdcPath.
   */
  public static Map<String, String> asAttributes(S3Settings settings, Set<String> names) {
    var attributes = new TreeMap<String, String>();
    values(settings)
        .forEach(
            (name, value) -> {
              if (names.contains(name)) {
                attributes.put(
                    name.equals("CdcPath")
                        ? name
                        : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
                    value.asText());
              }
            });
    return attributes;
  }

  /** A text as a value of a setting; empty where it is none of its type. */
  static Optional<JsonNode> read(String setting, String text) {
    return read(HandlerSchema.s3Settings().get(setting), text);
  }

  private static Optional<JsonNode> read(JsonNode schema, String text) {
    return switch (schema.get("type").asText()) {
      case "boolean" ->
          switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "y", "yes", "1" -> Optional.of(JSON.valueToTree(true));
            case "false", "n", "no", "0" -> Optional.of(JSON.valueToTree(false));
            default -> Optional.empty();
          };
      case "integer" ->
          text.matches("[0-9]{1,9}")
              ? Optional.of(JSON.valueToTree(Integer.valueOf(text)))
              : Optional.empty();
      default -> Optional.of(JSON.valueToTree(text));
    };
  }

  /**
   * A value in the schema's spelling; empty where it is an empty text, or a value that the schema
   * does not have.
   */
  private static Optional<JsonNode> spell(JsonNode schema, String name, JsonNode value) {
    if (schema.has("enum")) {
      for (var known : schema.get("enum")) {
        if (plain(known.asText()).equals(plain(value.asText()))) {
          return Optional.of(known);
        }
      }
      return Optional.empty();
    }
    // Only for CsvNullValue does an empty text say something else than no text (API reference).
    return value.isTextual() && value.asText().isEmpty() && !name.equals("CsvNullValue")
        ? Optional.empty()
        : Optional.of(value);
  }

  private static String plain(String value) {
    return value.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
