package software.amazon.custom.dmscrossaccounts3endpoint.settings;

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
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.core.SdkField;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * Translates S3 settings between the model and DMS. Names are the same on both sides, so that the
 * schema alone says which settings there are.
 *
 * <p>DMS spells enumerations in more than one way ({@code GZIP}, {@code SSE_S3}, {@code
 * yyyymmddhh}); its answers are translated back to the schema's spelling. It also writes settings
 * into the extra connection attributes, and shows some only there; {@link ActualSettings} has both.
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

  /**
   * Returns the settings as they are sent to DMS: with the data-lake account as owner of the bucket
   * where they name none, and with the key as a whole ARN. DMS completes a bare key id itself, most
   * likely with its own account (recorded), in which the key is not.
   *
   * <p>The key's Region is the endpoint's where the template gives no ARN: the bucket is in the
   * Region of the replication instance (DMS User Guide, "Prerequisites for using Amazon S3 as a
   * target"), and the key in that of the bucket (S3 User Guide, "Using server-side encryption with
   * AWS KMS keys").
   */
  public static S3Settings asSent(S3Settings settings, EndpointNames names) {
    var copy = JSON.convertValue(settings, S3Settings.class);
    if (copy.getExpectedBucketOwner() == null) {
      copy.setExpectedBucketOwner(names.dataLakeAccount());
    }
    var key = copy.getServerSideEncryptionKmsKeyId();
    if (key != null && !key.startsWith("arn:")) {
      copy.setServerSideEncryptionKmsKeyId(
          Arn.builder()
              .partition(names.partition())
              .service("kms")
              .region(names.region())
              .accountId(names.dataLakeAccount())
              .resource(key.contains("/") ? key : "key/" + key)
              .build()
              .toString());
    }
    return copy;
  }

  /** Returns the settings that DMS shows of an endpoint. */
  public static ActualSettings actual(
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
    return new ActualSettings(asSettings, asAttributes, attributes);
  }

  /**
   * Returns the names of the settings that attributes stand for; {@code ServiceAccessRoleArn} too.
   */
  public static Set<String> settingsAmong(ConnectionAttributes attributes) {
    var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    FIELDS.keySet().forEach(names::add);
    names.retainAll(attributes.asMap().keySet());
    return names;
  }

  /**
   * Returns settings as extra connection attributes. A value with a semicolon is left out: it would
   * end there and begin another attribute.
   *
   * @param names of the settings that are meant
   */
  public static Map<String, String> asAttributes(S3Settings settings, Set<String> names) {
    var attributes = new TreeMap<String, String>();
    values(settings)
        .forEach(
            (name, value) -> {
              if (names.contains(name) && !value.asText().contains(";")) {
                attributes.put(attributeName(name), value.asText());
              }
            });
    return attributes;
  }

  /**
   * Returns the name of a setting as an extra connection attribute: it begins with a lower-case
   * letter, except for CdcPath (DMS User Guide).
   */
  public static String attributeName(String setting) {
    return setting.equals("CdcPath")
        ? setting
        : setting.substring(0, 1).toLowerCase(Locale.ROOT) + setting.substring(1);
  }

  /** Returns the documented default of a setting. */
  static Optional<JsonNode> defaultOf(String setting) {
    return SettingDefaults.of(setting)
        .flatMap(text -> read(HandlerSchema.s3Settings().get(setting), text));
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
