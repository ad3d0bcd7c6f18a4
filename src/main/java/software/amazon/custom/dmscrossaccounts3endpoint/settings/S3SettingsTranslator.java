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
 * Translates S3 settings between the model and DMS. Both use the same names, so that the schema
 * alone defines the settings.
 *
 * <p>DMS spells enumerations in several ways ({@code GZIP}, {@code SSE_S3}, {@code yyyymmddhh});
 * its answers are translated to the schema's spelling. DMS also adds settings to the extra
 * connection attributes, and shows some only there; {@link ActualSettings} has both.
 */
public final class S3SettingsTranslator {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, SdkField<?>> SDK_FIELDS = sdkFields();

  private S3SettingsTranslator() {}

  private static Map<String, SdkField<?>> sdkFields() {
    var fields = new LinkedHashMap<String, SdkField<?>>();
    software.amazon.awssdk.services.databasemigration.model.S3Settings.builder()
        .build()
        .sdkFields()
        .forEach(f -> fields.put(f.memberName(), f));
    return fields;
  }

  /** Returns the field of a setting. A test verifies that the SDK has every setting. */
  private static SdkField<?> sdkField(String name) {
    return Objects.requireNonNull(SDK_FIELDS.get(name), name);
  }

  /** Returns the settings for a request to DMS, for an endpoint that uses this role. */
  public static software.amazon.awssdk.services.databasemigration.model.S3Settings toDms(
      S3Settings settings, String serviceAccessRoleArn) {
    var builder = software.amazon.awssdk.services.databasemigration.model.S3Settings.builder();
    values(settings)
        .forEach(
            (name, value) ->
                sdkField(name)
                    .set(
                        builder,
                        value.isBoolean()
                            ? (Object) value.booleanValue()
                            : value.isInt() ? (Object) value.intValue() : value.textValue()));
    return builder.serviceAccessRoleArn(serviceAccessRoleArn).build();
  }

  /** Returns the values of a model's settings by name. */
  public static Map<String, JsonNode> values(@Nullable S3Settings settings) {
    var values = new LinkedHashMap<String, JsonNode>();
    if (settings != null) {
      JSON.valueToTree(settings).properties().forEach(p -> values.put(p.getKey(), p.getValue()));
    }
    return values;
  }

  /**
   * Returns the settings as they are sent to DMS: with the data-lake account as the bucket's owner
   * where they name none, and with the KMS key as an ARN. DMS completes a bare key id to an ARN,
   * most likely of its own account (recorded), but the key is in the data-lake account.
   *
   * <p>Where the template gives no ARN, the key's Region is that of the endpoint: the bucket is in
   * the Region of the replication instance (DMS User Guide, "Prerequisites for using Amazon S3 as a
   * target"), and the key is in the Region of the bucket (S3 User Guide, "Using server-side
   * encryption with AWS KMS keys").
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
              var field = sdkField(name);
              if (settings != null && field.getValueOrDefault(settings) != null) {
                var value = JSON.<ValueNode>valueToTree(field.getValueOrDefault(settings));
                SettingValues.inSchemaSpelling(p.getValue(), name, value)
                    .ifPresent(v -> asSettings.put(name, v));
              }
              attributes
                  .get(name)
                  .flatMap(text -> SettingValues.parse(p.getValue(), text))
                  .flatMap(value -> SettingValues.inSchemaSpelling(p.getValue(), name, value))
                  .ifPresent(v -> asAttributes.put(name, v));
            });
    return new ActualSettings(asSettings, asAttributes, attributes);
  }

  /**
   * Returns the names of the attributes that are settings, including {@code ServiceAccessRoleArn}.
   */
  public static Set<String> settingsAmong(ConnectionAttributes attributes) {
    var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    SDK_FIELDS.keySet().forEach(names::add);
    names.retainAll(attributes.asMap().keySet());
    return names;
  }

  /**
   * Returns settings as extra connection attributes. A value with a semicolon is left out, because
   * the semicolon ends an attribute.
   *
   * @param names names of the settings to return
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
   * Returns the name of a setting as an extra connection attribute. All names but CdcPath begin
   * with a lower-case letter (DMS User Guide).
   */
  public static String attributeName(String setting) {
    return setting.equals("CdcPath")
        ? setting
        : setting.substring(0, 1).toLowerCase(Locale.ROOT) + setting.substring(1);
  }

  /** Returns the documented default of a setting. */
  static Optional<JsonNode> defaultOf(String setting) {
    return SettingDefaults.of(setting)
        .flatMap(text -> SettingValues.parse(HandlerSchema.s3Settings().get(setting), text));
  }
}
