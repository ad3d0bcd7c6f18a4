package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ConnectionAttributes;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingsRecord;

/** What the schema must be in itself; the CloudFormation CLI checks none of this. */
class SchemaTest {

  private static final int LONGEST_TAG_VALUE = 256;

  private final JsonNode schema = SchemaFile.SCHEMA;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "readOnlyProperties",
        "createOnlyProperties",
        "conditionalCreateOnlyProperties",
        "writeOnlyProperties",
        "primaryIdentifier",
        "additionalIdentifiers"
      })
  void everyPointerNamesAProperty(String list) {
    assertThat(pointers(list)).isNotEmpty().allSatisfy(this::assertNamesAProperty);
  }

  @Test
  void theTagPropertyIsAListOfTags() {
    var pointer = schema.at("/tagging/tagProperty").asText();
    assertNamesAProperty(pointer);
    assertThat(SchemaFile.definitionName(schema.at(pointer).get("items"))).isEqualTo("Tag");
  }

  @Test
  void everyRequiredPropertyExists() {
    SchemaFile.objects()
        .forEach(
            (pointer, object) ->
                assertThat(SchemaFile.properties(object).keySet())
                    .as("%s/required", pointer)
                    .containsAll(SchemaFile.texts(object.path("required"))));
  }

  @Test
  void noObjectTakesPropertiesThatItDoesNotName() {
    SchemaFile.objects()
        .forEach(
            (pointer, object) ->
                assertThat(object.path("additionalProperties"))
                    .as("%s/additionalProperties", pointer)
                    .isEqualTo(Json.tree(false)));
  }

  @Test
  void whatOnlyTheProviderSetsIsNeitherAskedForNorHidden() {
    var required = SchemaFile.texts(schema.get("required")).stream().map(p -> "/properties/" + p);
    assertThat(pointers("readOnlyProperties"))
        .doesNotContainAnyElementsOf(pointers("createOnlyProperties"))
        .doesNotContainAnyElementsOf(pointers("conditionalCreateOnlyProperties"))
        .doesNotContainAnyElementsOf(pointers("writeOnlyProperties"))
        .doesNotContainAnyElementsOf(required.toList());
  }

  /** The CloudFormation CLI refuses such a schema. */
  @Test
  void noPropertyIsBothFixedAndFixedUnderConditions() {
    assertThat(pointers("createOnlyProperties"))
        .doesNotContainAnyElementsOf(pointers("conditionalCreateOnlyProperties"));
  }

  @Test
  void everyTransformIsOfAProperty() {
    assertThat(schema.path("propertyTransform").fieldNames())
        .toIterable()
        .isNotEmpty()
        .allSatisfy(this::assertNamesAProperty);
  }

  /**
   * DMS may show the ARN of a key that the template gives by its id. In drift detection
   * CloudFormation takes what the transform makes of the template's value as a regular expression.
   */
  @ParameterizedTest
  @CsvSource({
    "arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab, true",
    "arn:aws-us-gov:kms:us-gov-west-1:444455556666:key/1234abcd-12ab, true",
    "arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ac, false",
    "arn:aws:kms:eu-central-1:444455556666:alias/1234abcd-12ab, false"
  })
  void theTransformOfAKeyIdIsThePatternOfItsArn(String shown, boolean isInSync) {
    var transform =
        schema
            .path("propertyTransform")
            .path("/properties/S3Settings/ServerSideEncryptionKmsKeyId")
            .asText();
    var join =
        Pattern.compile("\\$join\\(\\[\"(.+)\", S3Settings\\.ServerSideEncryptionKmsKeyId]\\)")
            .matcher(transform);
    assertThat(join.matches()).as(transform).isTrue();

    assertThat(shown.matches(join.group(1) + "1234abcd-12ab")).isEqualTo(isInSync);
  }

  @Test
  void everyPropertyIsDescribed() {
    SchemaFile.objects()
        .forEach(
            (pointer, object) ->
                SchemaFile.properties(object)
                    .forEach(
                        (name, property) ->
                            assertThat(SchemaFile.resolved(property).path("description").asText())
                                .as("description of %s/properties/%s", pointer, name)
                                .endsWith(".")));
  }

  @Test
  void theFileThatTheCloudFormationCliLooksForIsTheSchema() throws IOException {
    var link =
        Path.of(
            schema.get("typeName").asText().toLowerCase(Locale.ROOT).replace("::", "-") + ".json");
    assertThat(link).isEqualTo(Path.of("aws-custom-dmscrossaccounts3endpoint.json"));
    assertThat(Files.isSameFile(link, SchemaFile.PATH)).isTrue();
  }

  @Test
  void theSchemaInTheJarIsTheSchemaFile() {
    var packaged = Json.object(HandlerSchema.asJsonObject().toString());
    assertThat(packaged.equals(schema)).as("the packaged schema is resource-schema.json").isTrue();
  }

  /** The codes are made of hashes, so that a new setting could have that of another one. */
  @Test
  void noTwoSettingsShareACodeInTheTagThatRecordsThem() {
    var settings = SchemaFile.sample(schema.at("/definitions/S3Settings"));
    settings
        .properties()
        .forEach(
            setting ->
                assertThat(recorded(Json.object().set(setting.getKey(), setting.getValue())))
                    .as("the settings that are read where only %s was asked for", setting.getKey())
                    .containsExactly(setting.getKey()));
  }

  @Test
  void allSettingsTogetherFitIntoTheTagThatRecordsThem() {
    var settings = SchemaFile.sample(schema.at("/definitions/S3Settings"));
    assertThat(encoded(settings)).hasSizeLessThanOrEqualTo(LONGEST_TAG_VALUE);
    assertThat(recorded(settings))
        .containsExactlyElementsOf(
            SchemaFile.properties(schema.at("/definitions/S3Settings")).keySet());
  }

  private static String encoded(JsonNode settings) {
    return SettingsRecord.of(
            model(settings), ConnectionAttributes.parse("maxErrors=3;writeBufferSize=1024"))
        .encoded();
  }

  private static Iterable<String> recorded(JsonNode settings) {
    return SettingsRecord.decode(encoded(settings)).settings();
  }

  private static S3Settings model(JsonNode settings) {
    return new ObjectMapper().convertValue(settings, S3Settings.class);
  }

  private List<String> pointers(String list) {
    var pointers = new ArrayList<String>();
    for (var entry : schema.path(list)) {
      pointers.addAll(entry.isArray() ? SchemaFile.texts(entry) : List.of(entry.asText()));
    }
    return pointers;
  }

  private void assertNamesAProperty(String pointer) {
    assertThat(pointer).startsWith("/properties/");
    var holder = schema;
    for (var name : pointer.substring("/properties/".length()).split("/")) {
      assertThat(holder.path("properties").has(name)).as("%s: %s", pointer, name).isTrue();
      holder = SchemaFile.resolved(holder.get("properties").get(name));
    }
  }
}
