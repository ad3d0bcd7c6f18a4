package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.TemplateSchema;

/** What an editor says of templates, with the schema that the build writes for it. */
class TemplateSchemaTest {

  private static final Schema SCHEMA = schema();
  private static final Pattern SHORT_FORM = Pattern.compile("[\\s\\[{](![A-Z][A-Za-z0-9]*) ");

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

  /** The problems of a template, each in a line. */
  private static String problems(String template) {
    try {
      SCHEMA.validate(new JSONObject(TemplateFile.parse(template).content()));
      return "";
    } catch (ValidationException e) {
      return String.join("\n", e.getAllMessages());
    }
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
  void nothingIsSaidOfATemplateThatIsRight(Path template) throws IOException {
    assertThat(problems(Files.readString(template))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          Bucket: example                                                          | extraneous key [Bucket] is not permitted
          Bucket: example                                                          | required key [S3Settings] not found
          S3Settings: {BucketName: example, BucketFolders: a}                      | extraneous key [BucketFolders] is not permitted
          {S3Settings: {BucketName: example}, Tags: [{Key: a, Val: b}]}            | extraneous key [Val] is not permitted
          {S3Settings: {BucketName: example}, ExternalId: mine}                    | extraneous key [ExternalId]
          S3Settings: {BucketFolder: a}                                            | required key [BucketName] not found
          S3Settings: {BucketName: example, DataFormat: orc}                       | DataFormat
          S3Settings: {BucketName: Example}                                        | BucketName
          S3Settings: {BucketName: example, MaxFileSize: 0}                        | MaxFileSize
          S3Settings: {BucketName: example, MaxFileSize: [1]}                      | MaxFileSize
          S3Settings: {BucketName: example, AddColumnName: maybe}                  | AddColumnName
          S3Settings: {BucketName: example, BucketFolder: {Sub: a}}                | BucketFolder
          # CloudFormation turns texts, numbers and booleans into each other before the type sees them.
          S3Settings: {BucketName: example, BucketFolder: 2026, MaxFileSize: '9', AddColumnName: 'true'} | none
          # A function may stand for any value.
          S3Settings: {BucketName: !ImportValue lake, MaxFileSize: !FindInMap [Sizes, !Ref Of, Kilobytes]} | none
          S3Settings: {BucketName: !Sub '${A}', AddColumnName: !If [Names, true, !Ref AWS::NoValue]} | none
          {S3Settings: {BucketName: !Ref B}, Tags: !If [Tagged, [{Key: a, Value: b}], []]} | none
          {S3Settings: {BucketName: !Ref B}, ConnectionTest: !If [T, {ReplicationInstanceArn: !Ref I}, !Ref N]} | none
          Fn::Transform: {Name: AWS::Include}                                      | none
          S3Settings: {BucketName: example, Fn::ForEach::X: [N, [a], {'${N}': !Ref N}]} | none
          """)
  void endpoint_problem_isShown(String properties, String problem) {
    var template =
        "Resources: {Endpoint: {Type: AWS::Custom::DmsCrossAccountS3Endpoint, Properties: "
            + (properties.startsWith("{") ? properties : "{" + properties + "}")
            + "}}";
    if (problem == null) {
      assertThat(problems(template)).isEmpty();
    } else {
      assertThat(problems(template)).contains(problem);
    }
  }

  @Test
  void template_problemInALoopOrWithoutProperties_isShown() {
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
    assertThat(problems("Resources: {E: {Type: AWS::Custom::DmsCrossAccountS3Endpoint}}"))
        .contains("required key [Properties] not found");
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
