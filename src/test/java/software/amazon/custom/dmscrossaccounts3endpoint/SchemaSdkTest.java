package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.databasemigration.model.S3Settings;

/** The schema's S3 settings are those of the DMS API, as this version of the SDK has them. */
class SchemaSdkTest {

  /** The provider makes the role itself. */
  private static final String OWNED_BY_THE_PROVIDER = "ServiceAccessRoleArn";

  /** The API says of these that they are for S3 as a source. */
  private static final Set<String> FOR_SOURCES_ONLY =
      Set.of("ExternalTableDefinition", "IgnoreHeaderRows");

  private static final Map<MarshallingType<?>, String> TYPES =
      Map.of(
          MarshallingType.STRING, "string",
          MarshallingType.INTEGER, "integer",
          MarshallingType.BOOLEAN, "boolean");

  private final Map<String, JsonNode> schema =
      SchemaFile.properties(SchemaFile.SCHEMA.at("/definitions/S3Settings"));
  private final Map<String, SdkField<?>> sdk = members();

  private static Map<String, SdkField<?>> members() {
    var members = new TreeMap<String, SdkField<?>>();
    S3Settings.builder().build().sdkFields().forEach(f -> members.put(f.memberName(), f));
    return members;
  }

  @Test
  void everySettingOfATargetIsInTheSchema() {
    var missing = new TreeSet<>(sdk.keySet());
    missing.removeAll(schema.keySet());
    missing.removeAll(FOR_SOURCES_ONLY);
    missing.remove(OWNED_BY_THE_PROVIDER);
    assertThat(missing)
        .as(
            "The SDK has settings that the schema lacks: add them to definitions/S3Settings of"
                + " resource-schema.json, or to FOR_SOURCES_ONLY of this test")
        .isEmpty();
  }

  @Test
  void everySettingOfTheSchemaIsOneOfTheApi() {
    assertThat(sdk.keySet())
        .as("The SDK lacks settings of the schema: DMS would not get them")
        .containsAll(schema.keySet());
  }

  @Test
  void whatTheSchemaLeavesOutIsInTheApiAndNotInTheSchema() {
    assertThat(sdk.keySet()).contains(OWNED_BY_THE_PROVIDER).containsAll(FOR_SOURCES_ONLY);
    assertThat(schema.keySet())
        .doesNotContain(OWNED_BY_THE_PROVIDER)
        .doesNotContainAnyElementsOf(FOR_SOURCES_ONLY);
  }

  @Test
  void everySettingHasTheTypeOfTheApi() {
    schema.forEach(
        (name, property) ->
            assertThat(property.get("type").asText())
                .as("type of S3Settings.%s", name)
                .isEqualTo(TYPES.get(sdk.get(name).marshallingType())));
  }

  @Test
  void everyEnumerationHasTheValuesOfTheApi() {
    schema.forEach(
        (name, property) ->
            assertThat(SchemaFile.values(property))
                .as(
                    "The SDK knows other values of S3Settings.%s: make the enum in"
                        + " definitions/S3Settings of resource-schema.json the same",
                    name)
                .isEqualTo(knownValues(name)));
  }

  /** The values of the member's enumeration as they are sent; empty where it has none. */
  private static Set<String> knownValues(String member) {
    var getter = member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
    var values = new TreeSet<String>();
    try {
      var type = S3Settings.class.getMethod(getter).getReturnType();
      if (type.isEnum()) {
        // The SDK puts one constant of its own there, for values that it does not know.
        Arrays.stream(type.getEnumConstants())
            .map(String::valueOf)
            .filter(value -> !value.equals("null"))
            .forEach(values::add);
      }
    } catch (NoSuchMethodException e) {
      throw new AssertionError("the SDK has no getter for " + member, e);
    }
    return values;
  }
}
