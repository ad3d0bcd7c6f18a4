package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.TypeConfiguration;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.model.TypeConfigurationModel;

/**
 * Every text of the type configuration may be a dynamic reference. The registry validates the
 * configuration as it is set, with the references; handlers get it with their values.
 */
class TypeConfigurationTest {

  /** A valid text for every property of the type configuration that takes one, by its name. */
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("Name", "dev"),
          Map.entry("DefaultEnvironment", "dev"),
          Map.entry("DataLakeRoleArn", "arn:aws:iam::444455556666:role/platform/lake"),
          Map.entry("DmsRoleArn", "arn:aws:iam::111122223333:role/dms"),
          Map.entry("AssumeRoleExternalId", "external-id"),
          Map.entry("PermissionsBoundaryArn", "arn:aws:iam::444455556666:policy/boundary"),
          Map.entry("ServicePrincipals", "dms.{region}.amazonaws.com"),
          Map.entry("Path", "/platform/"),
          Map.entry("Description", "Lets DMS write to S3"),
          Map.entry("BucketName", "data-lake"),
          Map.entry("Prefix", "teams/sales"),
          Map.entry("KmsKeys", "arn:aws:kms:eu-central-1:444455556666:key/1234"),
          Map.entry("CannedAcls", "bucket-owner-full-control"),
          Map.entry("Key", "cost-center"),
          Map.entry("Value", "42"));

  private static final Schema CONFIGURATION_SCHEMA = schema();
  private static final String ENVIRONMENT = "/Environments/0";

  private static Schema schema() {
    var schema = (ObjectNode) SchemaFile.SCHEMA.get("typeConfiguration").deepCopy();
    schema.set("definitions", SchemaFile.SCHEMA.get("definitions"));
    return SchemaLoader.load(new JSONObject(schema.toString()));
  }

  /** A type configuration with every property that the schema has. */
  private static ObjectNode everything() {
    return (ObjectNode) sample("", SchemaFile.SCHEMA.get("typeConfiguration"));
  }

  private static JsonNode sample(String name, JsonNode schema) {
    var resolved = SchemaFile.resolved(schema);
    if (resolved.has("properties")) {
      var object = Json.object();
      SchemaFile.properties(resolved).forEach((n, property) -> object.set(n, sample(n, property)));
      return object;
    }
    return switch (resolved.get("type").asText()) {
      case "array" -> Json.tree(List.of(sample(name, resolved.get("items"))));
      case "string" -> {
        assertThat(TEXTS).as("texts to test with").containsKey(name);
        yield TextNode.valueOf(TEXTS.get(name));
      }
      default -> SchemaFile.sample(resolved);
    };
  }

  /** Pointers to all texts in a type configuration with everything. */
  static Stream<String> texts() {
    var texts = new ArrayList<String>();
    collect("", everything(), texts);
    return texts.stream();
  }

  private static void collect(String pointer, JsonNode node, List<String> texts) {
    if (node.isTextual()) {
      texts.add(pointer);
    } else if (node.isArray()) {
      for (var i = 0; i < node.size(); i++) {
        collect(pointer + "/" + i, node.get(i), texts);
      }
    } else {
      node.properties().forEach(p -> collect(pointer + "/" + p.getKey(), p.getValue(), texts));
    }
  }

  private static ObjectNode with(String pointer, String text) {
    var configuration = everything();
    var place = JsonPointer.compile(pointer);
    var holder = configuration.at(place.head());
    if (holder instanceof ArrayNode array) {
      array.set(place.last().getMatchingIndex(), text);
    } else {
      ((ObjectNode) holder).put(place.last().getMatchingProperty(), text);
    }
    return configuration;
  }

  private static void validate(ObjectNode configuration) {
    CONFIGURATION_SCHEMA.validate(new JSONObject(configuration.toString()));
  }

  private static TypeConfiguration read(ObjectNode configuration) {
    return TypeConfiguration.of(
        new ObjectMapper().convertValue(configuration, TypeConfigurationModel.class), "aws");
  }

  @Test
  void everyPropertyWithItsValue_isTakenByTheSchemaAndByTheHandlers() {
    assertThat(texts()).hasSizeGreaterThanOrEqualTo(TEXTS.size());
    assertThatCode(() -> validate(everything())).doesNotThrowAnyException();
    assertThat(read(everything()).find("dev")).isPresent();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aDynamicReferenceInPlaceOfAText_isTakenByTheSchema(String pointer) {
    assertThat(
            Stream.of(
                "{{resolve:ssm:a}}",
                "{{resolve:ssm:/platform/dev/value:3}}",
                "{{resolve:ssm-secure:/platform/dev/value}}",
                "{{resolve:secretsmanager:dev:SecretString:key}}",
                "{{resolve:secretsmanager:arn:aws:secretsmanager:eu-central-1:444455556666:secret:"
                    + "a/name/of/a/secret/".repeat(20)
                    + "-Ab1Cd2:SecretString:key:AWSCURRENT}}"))
        .allSatisfy(
            reference ->
                assertThatCode(() -> validate(with(pointer, reference)))
                    .as("%s at %s", reference, pointer)
                    .doesNotThrowAnyException());
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whatIsNeitherAValueNorAReference_isRefusedByTheSchema(String pointer) {
    assertThat(
            Stream.of(
                "{{resolve:s3:bucket}}",
                "{{resolve:ssm:}}",
                "{{resolve:ssm:a}",
                "{{resolve:ssm:a}}{{resolve:ssm:b}}",
                "x".repeat(4000)))
        .allSatisfy(
            text ->
                assertThatThrownBy(() -> validate(with(pointer, text)))
                    .as("%s at %s", text, pointer)
                    .isInstanceOf(ValidationException.class));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aReferenceThatWasNotResolved_isInvalidAndTheEntryIsNamed(String pointer) {
    var failure =
        catchThrowableOfType(
            HandlerException.class, () -> read(with(pointer, "{{resolve:ssm:/platform/value}}")));

    assertThat(failure).as(pointer).isNotNull();
    assertThat(failure.code()).isEqualTo(HandlerErrorCode.InvalidTypeConfiguration);
    assertThat(failure.getMessage()).contains(entry(pointer));
  }

  @Test
  void theLongestHandshakeIsThatOfTheSchema() {
    var longest =
        SchemaFile.SCHEMA
            .at("/definitions/RoleOptions/properties/HandshakeTimeoutMinutes/maximum")
            .asInt();
    var configuration = everything();
    var options = (ObjectNode) configuration.get("DefaultOptions");

    options.put("HandshakeTimeoutMinutes", longest);
    assertThatCode(() -> read(configuration)).doesNotThrowAnyException();
    options.put("HandshakeTimeoutMinutes", longest + 1);
    assertThatThrownBy(() -> read(configuration)).hasMessageContaining("HandshakeTimeoutMinutes");
  }

  /** The words by which a message names the entry. */
  private static List<String> entry(String pointer) {
    var words = new ArrayList<String>();
    var rest = pointer;
    if (pointer.startsWith(ENVIRONMENT)) {
      words.add(
          pointer.equals(ENVIRONMENT + "/Name")
              ? "environment \"{{resolve:"
              : "environment \"dev\"");
      rest = pointer.substring(ENVIRONMENT.length());
    } else {
      words.add(rest.substring(1).split("/")[0]);
    }
    words.add(rest.replaceFirst("^/(Options|DefaultOptions)", "").substring(1).split("/")[0]);
    return words;
  }
}
