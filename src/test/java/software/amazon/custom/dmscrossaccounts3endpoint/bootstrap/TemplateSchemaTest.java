package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.TemplateSchema;

/** What an editor says of templates, with the schema that the build writes for it. */
class TemplateSchemaTest {

  private static final Schema SCHEMA = schema();
  private static final Pattern SHORT_FORM = Pattern.compile("[\\s\\[{](![A-Z][A-Za-z0-9]*) ");

  @TempDir private Path folder;

  private static Schema schema() {
    try {
      var type = new ObjectMapper().readTree(Path.of("resource-schema.json").toFile());
      return SchemaLoader.builder()
          .draftV7Support()
          .schemaJson(new JSONObject(TemplateSchema.of(type).toString()))
          .build()
          .load()
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> problems(Path template) {
    try {
      SCHEMA.validate(new JSONObject(TemplateFile.read(template).content()));
      return List.of();
    } catch (ValidationException e) {
      return e.getAllMessages();
    }
  }

  private String problems(String template) throws IOException {
    var file = Files.writeString(folder.resolve("template.yaml"), template);
    return String.join("\n", problems(file));
  }

  /** The problems of an endpoint with these properties. */
  private String of(String properties) throws IOException {
    return problems(
        """
        Resources:
          Endpoint:
            Type: AWS::Custom::DmsCrossAccountS3Endpoint
            Properties:
        """
            + properties.indent(6));
  }

  static Stream<Path> templates() throws IOException {
    try (var examples = Files.walk(Path.of("examples"));
        var bootstrap = Files.list(Path.of("bootstrap"))) {
      return Stream.concat(examples, bootstrap)
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.startsWith(Path.of("examples", "lint")))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void nothingIsSaidOfATemplateThatIsRight(Path template) {
    assertThat(problems(template)).isEmpty();
  }

  @Test
  void aPropertyThatIsNotThereIsSeen() throws IOException {
    assertThat(of("Bucket: example"))
        .contains("#/Resources/Endpoint/Properties: extraneous key [Bucket] is not permitted")
        .contains("required key [S3Settings] not found");
    assertThat(of("S3Settings: {BucketName: example, BucketFolders: a}"))
        .contains("S3Settings: extraneous key [BucketFolders] is not permitted");
    assertThat(of("S3Settings: {BucketName: example}\nTags: [{Key: a, Val: b}]"))
        .contains("Tags/0: extraneous key [Val] is not permitted");
  }

  @Test
  void aBucketIsNeeded() throws IOException {
    assertThat(of("S3Settings: {BucketFolder: a}")).contains("required key [BucketName] not found");
    assertThat(problems("Resources: {E: {Type: AWS::Custom::DmsCrossAccountS3Endpoint}}"))
        .contains("required key [Properties] not found");
  }

  @Test
  void aValueThatIsNotAllowedIsSeen() throws IOException {
    for (var wrong :
        List.of(
            "DataFormat: orc",
            "BucketName: Example",
            "MaxFileSize: 0",
            "MaxFileSize: [1]",
            "AddColumnName: maybe",
            "BucketFolder: {Sub: a}")) {
      var settings = wrong.startsWith("BucketName") ? wrong : "BucketName: example, " + wrong;
      assertThat(of("S3Settings: {" + settings + "}")).as(wrong).isNotEmpty();
    }
  }

  @Test
  void whatOnlyTheProviderSetsCannotBeGiven() throws IOException {
    assertThat(of("S3Settings: {BucketName: example}\nExternalId: mine"))
        .contains("extraneous key [ExternalId]");
  }

  @Test
  void aFunctionMayStandForAnyValue() throws IOException {
    assertThat(
            of(
                """
                EndpointIdentifier: !Sub '${Name}-lake'
                S3Settings:
                  BucketName: !ImportValue lake
                  DataFormat: !Ref Format
                  MaxFileSize: !FindInMap [Sizes, !Ref Environment, Kilobytes]
                  AddColumnName: !If [Names, true, !Ref AWS::NoValue]
                Tags: !If [Tagged, [{Key: a, Value: b}], []]
                ConnectionTest: !If [Tested, {ReplicationInstanceArn: !Ref Instance}, !Ref AWS::NoValue]
                """))
        .isEmpty();
    assertThat(of("Fn::Transform: {Name: AWS::Include}")).isEmpty();
  }

  /** CloudFormation turns one into the other before the type sees it. */
  @Test
  void textMayStandForANumberOrABooleanAndANumberForAText() throws IOException {
    assertThat(
            of(
                """
                S3Settings: {BucketName: example, BucketFolder: 2026, MaxFileSize: '9', AddColumnName: 'true'}
                """))
        .isEmpty();
  }

  @Test
  void whatIsWrongWithinALoopIsSeen() throws IOException {
    var loop =
        """
        Resources:
          Fn::ForEach::Outer:
            - Name
            - [a, b]
            - Fn::ForEach::Inner:
                - Part
                - !Ref Parts
                - ${Name}${Part}:
                    Type: AWS::Custom::DmsCrossAccountS3Endpoint
                    Properties: {S3Settings: {BucketName: !Ref Name, %s: !Ref Part}}
        """;
    assertThat(problems(loop.formatted("BucketFolder"))).isEmpty();
    assertThat(problems(loop.formatted("BucketFolders"))).contains("[BucketFolders]");
    assertThat(of("S3Settings: {BucketName: example, Fn::ForEach::X: [N, [a], {'${N}': !Ref N}]}"))
        .isEmpty();
  }

  @Test
  void othersResourcesMayBeAnything() throws IOException {
    assertThat(problems("Resources: {B: {Type: AWS::S3::Bucket, Properties: {Any: thing}}}"))
        .isEmpty();
  }

  @Test
  void everyPropertyIsDescribedWithWhatAnUpdateDoes() throws IOException {
    var type = new ObjectMapper().readTree(Path.of("resource-schema.json").toFile());
    var properties = TemplateSchema.of(type).at("/definitions/properties/properties");
    assertThat(properties.at("/S3Settings/description").asText())
        .startsWith("Settings of an S3 target")
        .endsWith("Update: Some interruptions.");
    assertThat(properties.at("/EndpointIdentifier/description").asText())
        .endsWith("Update: Replacement.");
    assertThat(properties)
        .allMatch(property -> property.path("description").asText().length() > 20);
  }

  /** The settings of guide/editors.md. */
  @Test
  void theSettingsKnowEveryShortFormOfTheTemplates() throws IOException {
    var page = Files.readString(Path.of("guide", "editors.md"));
    var settings = new JSONObject(page.split("```json\n")[1].split("```")[0]);
    var tags = settings.getJSONArray("yaml.customTags").toList().stream().map(Object::toString);
    var known = tags.map(tag -> tag.split(" ")[0]).collect(Collectors.toSet());
    var used = new TreeSet<String>();
    for (var template : templates().toList()) {
      SHORT_FORM.matcher(Files.readString(template)).results().forEach(m -> used.add(m.group(1)));
    }
    assertThat(known).containsAll(used);
    assertThat(settings.getJSONObject("yaml.schemas").keySet())
        .containsExactly("./.cloudformation/template-schema.json");
  }
}
