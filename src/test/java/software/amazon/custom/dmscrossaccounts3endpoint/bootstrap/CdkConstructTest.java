package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.TypeSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.TypeSchema.Property;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.AccessPolicy;

/**
 * The CDK construct, which is written by hand, says what the schema says: names, types, limits,
 * values, descriptions, and what an update does. Read as text, since the library of the CDK is not
 * on the class path.
 */
class CdkConstructTest {

  private static final Path CDK = Path.of("examples", "cdk");
  private static final Path SOURCES =
      CDK.resolve("src/main/java/software/amazon/custom/dmscrossaccounts3endpoint/cdk");
  private static final Path SCHEMA = Path.of("resource-schema.json");

  /** Comment, name, type of the parameter and body of a method of a builder. */
  private static final Pattern SETTER =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*+)\\*/ public Builder (\\w+)\\((\\S+) \\w+\\) \\{(.*?)return"
              + " this;");

  private final TypeSchema schema;

  CdkConstructTest() throws IOException {
    schema = new TypeSchema(Json.parse(Files.readAllBytes(SCHEMA)));
  }

  private static String source(String name) throws IOException {
    return Files.readString(SOURCES.resolve(name + ".java"));
  }

  private record Setter(String comment, String type, String body) {}

  private static Map<String, List<Setter>> setters(String name) throws IOException {
    // In one line, without the stars of comments, and calls on several lines as on one.
    var text = source(name).replaceAll("\\n *\\*(?!/) ?", " ").replaceAll("\\s+", " ");
    var found = new TreeMap<String, List<Setter>>();
    SETTER
        .matcher(text.replace("( ", "("))
        .results()
        .forEach(
            setter ->
                found
                    .computeIfAbsent(setter.group(2), key -> new ArrayList<>())
                    .add(
                        new Setter(
                            setter.group(1).replaceAll("\\s+", " ").strip(),
                            setter.group(3),
                            setter.group(4).strip())));
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "DmsCrossAccountS3EndpointProps, ''",
    "S3SettingsProperty, S3Settings",
    "ConnectionTestProperty, ConnectionTest"
  })
  void builder_everyProperty_isThatOfTheSchema(String name, String definition) throws IOException {
    var properties =
        definition.isEmpty()
            ? schema.writable()
            : schema.properties(schema.definition(definition), "/properties/" + definition + "/");
    var setters = setters(name);

    for (var property : properties) {
      var method = lowerCamel(property.name());
      var its = setters.remove(method);
      assertThat(its).as("%s has a method %s", name, method).isNotNull();
      assertThat(its).extracting(Setter::type).as(method).isEqualTo(types(property));
      for (var setter : its) {
        assertThat(setter.comment()).as(method).isEqualTo(comment(property, setter.type()));
        assertThat(setter.body()).as(method).isEqualTo(body(property, setter.type()));
      }
      assertThat(source(name).contains("values.require(\"" + property.name() + "\", \"" + method))
          .as("%s is required", property.name())
          .isEqualTo(property.required());
    }
    assertThat(setters).as("methods of %s without a property", name).isEmpty();
  }

  private static String lowerCamel(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static List<String> types(Property property) {
    var its = property.schema();
    if (its.has("$ref")) {
      return List.of(property.name() + "Property");
    }
    return switch (its.path("type").asText()) {
      case "array" -> List.of("List<CfnTag>");
      case "integer" -> List.of("Number");
      case "boolean" -> List.of("Boolean", "IResolvable");
      default -> its.has("enum") ? List.of(property.name(), "String") : List.of("String");
    };
  }

  private static String comment(Property property, String type) {
    var facts = new ArrayList<String>();
    if (type.equals("String") && property.schema().has("enum")) {
      facts.add("As text, which may be a token.");
    }
    if (type.equals("IResolvable")) {
      facts.add("As a token.");
    }
    if (property.required()) {
      facts.add("Required.");
    }
    if (property.writeOnly()) {
      facts.add("Write-only: not returned when the resource is read.");
    }
    facts.add("Update requires: " + property.update().title().toLowerCase(Locale.ROOT) + ".");
    return shown(property.description()) + " <p>" + String.join(" ", facts);
  }

  /** A description, which is plain text, as Javadoc shows it. */
  private static String shown(String description) {
    return description.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String body(Property property, String type) {
    var name = property.name();
    var its = property.schema();
    if (type.startsWith("List")) {
      return "this.tags = tags == null ? List.of() : List.copyOf(tags);";
    }
    var body = new StringBuilder("values.put(\"%s\", %s);".formatted(name, lowerCamel(name)));
    if (its.has("enum")) {
      return type.equals("String")
          ? body + " values.checkSpelling(\"%s\", %1$s.values());".formatted(name)
          : body.toString();
    }
    if (its.has("minLength") || its.has("maxLength")) {
      body.append(
          " values.checkLength(\"%s\", %s, %s);"
              .formatted(
                  name,
                  its.path("minLength").asText("0"),
                  its.path("maxLength").asText("Integer.MAX_VALUE")));
    }
    if (its.has("pattern")) {
      body.append(
          " values.checkPattern(\"%s\", \"%s\");"
              .formatted(name, its.get("pattern").asText().replace("\\", "\\\\")));
    }
    if (type.equals("Number")) {
      body.append(
          " values.checkInteger(\"%s\", %s, %s);"
              .formatted(
                  name,
                  its.path("minimum").asText("Integer.MIN_VALUE"),
                  its.path("maximum").asText("Integer.MAX_VALUE")));
    }
    return body.toString();
  }

  @Test
  void enumeration_everyListOfValues_hasTheConstantsOfTheSchema() throws IOException {
    var enumerations = 0;
    var settings = schema.properties(schema.definition("S3Settings"), "/properties/S3Settings/");
    for (var property : settings) {
      if (property.schema().has("enum")) {
        enumerations++;
        var expected = new ArrayList<String>();
        for (JsonNode value : property.schema().get("enum")) {
          var constant = value.asText().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
          expected.add(
              "%s(\"%s\")"
                  .formatted(
                      constant.matches("\\d.*") ? "_" + constant : constant, value.asText()));
        }
        assertThat(
                Pattern.compile("(?m)^  (\\w+\\(\"[^\"]*\"\\))[,;]$")
                    .matcher(source(property.name()))
                    .results()
                    .map(constant -> constant.group(1)))
            .as(property.name())
            .containsExactlyElementsOf(expected);
        assertThat(source(property.name()).replaceAll("\\n \\* ", " "))
            .contains(shown(property.description()));
      }
    }
    assertThat(enumerations).isEqualTo(8);
  }

  @Test
  void construct_readOnlyProperties_areAttributes() throws IOException {
    var text = source("DmsCrossAccountS3Endpoint").replaceAll("\\n *\\*(?!/) ?", " ");
    for (var attribute : schema.attributes()) {
      // Ref is the ARN.
      var value =
          schema.primaryIdentifier().contains(attribute.name())
              ? "getRef()"
              : "getAtt(\"%s\", ResolutionTypeHint.STRING).toString()".formatted(attribute.name());
      assertThat(text.replaceAll("\\s+", " "))
          .contains(
              "/** %s */ public String getAttr%s() { return %s; }"
                  .formatted(shown(attribute.description()), attribute.name(), value));
    }
  }

  @Test
  void construct_anySchema_namesItsTypeAndItsHash() throws Exception {
    var hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(SCHEMA));

    assertThat(source("DmsCrossAccountS3Endpoint"))
        .as("the hash of resource-schema.json, which has changed: adapt the construct, then this")
        .contains("\"" + schema.typeName() + "\"", "\"" + HexFormat.of().formatHex(hash) + "\"");
  }

  /** Its policy lets a role in that the provider makes, with what DMS needs from a key. */
  @Test
  void keyUse_statement_hasPathAndActionsOfTheProvider() throws IOException {
    var policy =
        AccessPolicy.document(
            new EndpointNames(
                "aws", "eu-central-1", "111122223333", "444455556666", "id", "id", "r", "p", "/"),
            new S3Settings()
                .withBucketName("lake")
                .withServerSideEncryptionKmsKeyId("arn:aws:kms:r:1:key/k"),
            AccessPolicy.Options.NONE);

    assertThat(source("KeyUse")).contains("\"" + OwnershipTags.PATH + "\"");
    assertThat(actions(source("KeyUse"))).isEqualTo(actions(policy)).hasSize(4);
  }

  private static List<String> actions(String text) {
    return Pattern.compile("\"(kms:\\w+)\"")
        .matcher(text)
        .results()
        .map(action -> action.group(1))
        .sorted()
        .toList();
  }

  @Test
  void project_version_isThatOfTheType() throws IOException {
    assertThat(version(CDK.resolve("pom.xml"))).isEqualTo(version(Path.of("pom.xml")));
  }

  /** The first version in a pom without a parent is the project's. */
  private static String version(Path pom) throws IOException {
    var matcher = Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(pom));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
