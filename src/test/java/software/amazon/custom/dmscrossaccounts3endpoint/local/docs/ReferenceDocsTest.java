package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

class ReferenceDocsTest {

  private static final Path SCHEMA_FILE = Path.of("resource-schema.json");
  private static final Path DOCS = Path.of("docs");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
  private static final String STALE =
      "docs/ is stale; this writes it: mvn -q process-test-classes exec:exec@docs"
          + " (cfn generate overwrites it with pages of its own)";
  private static final String CODE_SPAN = "`[^`]*`";
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

  private final ObjectNode schema = read();
  private final Map<String, String> pages = ReferenceDocs.paragraphs(schema);

  private static ObjectNode read() {
    try {
      return Json.object(Files.readString(SCHEMA_FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theFolderHoldsWhatTheSchemaSays() throws IOException {
    var files = filesIn(DOCS);
    assertThat(files.keySet()).as(STALE).containsExactlyInAnyOrderElementsOf(pages.keySet());
    assertThat(files).as(STALE).isEqualTo(ReferenceDocs.pages(schema));
  }

  @Test
  void eachDefinitionOfAPropertyHasThePageThatTheCloudFormationCliWouldWrite() {
    assertThat(pages)
        .containsOnlyKeys(
            "README.md", "s3settings.md", "connectiontest.md", "tag.md", "typeconfiguration.md");
  }

  @Test
  void everyPropertyHasItsDescriptionTypeAndLimits() {
    forEachProperty(
        (page, property) -> {
          var section = section(page, property.getKey());
          var definition = property.getValue();
          assertThat(section).contains(shown(description(definition)));
          if (isReadOnly(page, property.getKey())) {
            return;
          }
          assertThat(section).contains("- *Type*: " + type(definition)).contains("- *Required*: ");
          limits().forEach((keyword, name) -> assertLimit(section, definition, keyword, name));
          var values = new ArrayList<String>();
          definition.path("enum").forEach(v -> values.add("`" + v.asText() + "`"));
          assertThat(section.contains("- *Allowed values*: " + String.join(", ", values) + "\n"))
              .isEqualTo(definition.has("enum"));
        });
  }

  private static Map<String, String> limits() {
    return Map.of(
        "minLength", "Minimum length",
        "maxLength", "Maximum length",
        "minimum", "Minimum",
        "maximum", "Maximum",
        "maxItems", "Maximum items",
        "pattern", "Pattern");
  }

  private static void assertLimit(
      String section, JsonNode definition, String keyword, String name) {
    if (definition.has(keyword)) {
      assertThat(section)
          .contains("- *%s*: `%s`\n".formatted(name, definition.get(keyword).asText()));
    } else {
      assertThat(section).doesNotContain("*" + name + "*");
    }
  }

  @Test
  void whatIsRequiredIsSaidSo() {
    assertThat(namesOfSectionsWith("README.md", "- *Required*: Yes")).containsExactly("S3Settings");
    assertThat(namesOfSectionsWith("s3settings.md", "- *Required*: Yes"))
        .containsExactly("BucketName");
    assertThat(namesOfSectionsWith("typeconfiguration.md", "- *Required*: Yes"))
        .containsExactly("Name", "DataLakeRoleArn", "Key", "Value", "BucketName");
  }

  @Test
  void whatIsNeverReadBackIsMarked() {
    assertThat(namesOfSectionsWith("README.md", "- *Write-only*"))
        .containsExactlyElementsOf(names("writeOnlyProperties"));
    assertThat(namesOfSectionsWith("connectiontest.md", "- *Write-only*"))
        .containsExactly("ReplicationInstanceArn");
  }

  @Test
  void aPropertyThatIsFixedAtCreationNeedsAReplacement() {
    assertThat(namesOfSectionsWith("README.md", "- *Update requires*: [Replacement]"))
        .containsExactlyElementsOf(names("createOnlyProperties"));
  }

  @Test
  void aPropertyThatIsFixedUnderConditionsMayNeedAReplacement() {
    var conditional = "- *Update requires*: [No interruption or replacement]";
    assertThat(namesOfSectionsWith("README.md", conditional))
        .isNotEmpty()
        .containsExactlyElementsOf(names("conditionalCreateOnlyProperties"));
    assertThat(section("README.md", "DmsRoleArn")).contains("where its account changes");
  }

  @Test
  void aSettingOfTheEndpointRecreatesItUnderItsArn() {
    var interruption = "- *Update requires*: [Some interruptions]";
    assertThat(namesOfSectionsWith("README.md", interruption))
        .containsExactly("S3Settings", "ExtraConnectionAttributes");
    assertThat(section("README.md", "S3Settings"))
        .contains("the endpoint is deleted and created again under the same ARN");
    var settings = new ArrayList<String>();
    schema.at("/definitions/S3Settings/properties").fieldNames().forEachRemaining(settings::add);
    assertThat(namesOfSectionsWith("s3settings.md", interruption))
        .containsExactlyElementsOf(settings);
  }

  @Test
  void theOtherPropertiesAreUpdatedInPlace() {
    var inPlace = "- *Update requires*: [No interruption]";
    assertThat(namesOfSectionsWith("README.md", inPlace))
        .containsExactly("PermissionsBoundaryArn", "ConnectionTest", "Tags");
    assertThat(namesOfSectionsWith("tag.md", inPlace)).containsExactly("Key", "Value");
  }

  @Test
  void refAndGetAttReturnTheReadOnlyProperties() {
    var returned = pages.get("README.md").split("## Return values\n")[1];
    assertThat(returned).contains("`Ref` returns the resource's [EndpointArn](#endpointarn).");
    assertThat(headings(returned))
        .containsAll(names("readOnlyProperties"))
        .hasSize(names("readOnlyProperties").size() + List.of("Ref", "Fn::GetAtt").size());
  }

  @Test
  void everyLinkBetweenPagesLeadsToAHeading() {
    pages.forEach(
        (page, text) ->
            LINK.matcher(text.replaceAll(CODE_SPAN, ""))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.startsWith("https://docs.aws.amazon.com/"))
                .forEach(target -> assertLeadsSomewhere(page, target)));
  }

  private void assertLeadsSomewhere(String page, String target) {
    var parts = target.split("#", 2);
    var file = parts[0].isEmpty() ? page : parts[0];
    assertThat(pages.keySet()).as("%s links to %s", page, target).contains(file);
    if (parts.length == 2) {
      // Only the first of two equal headings has the plain anchor.
      assertThat(headings(pages.get(file)).stream().map(h -> h.toLowerCase(Locale.ROOT)))
          .as("%s links to %s", page, target)
          .containsOnlyOnce(parts[1]);
    }
  }

  @Test
  void theSyntaxIsJsonAndYamlOfTheSameDeclaration() {
    var declaration = syntax("README.md", "json").get(0);
    assertThat(declaration.get("Type")).isEqualTo(schema.get("typeName"));
    var properties = names(schema);
    properties.removeAll(names("readOnlyProperties"));
    assertThat(declaration.get("Properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(properties);
    assertThat(syntax("s3settings.md", "json").get(0).fieldNames())
        .toIterable()
        .containsExactlyElementsOf(names(schema.at("/definitions/S3Settings")));

    for (var page : List.of("README.md", "s3settings.md", "connectiontest.md", "tag.md")) {
      assertThat(syntax(page, "yaml")).hasSize(1).isEqualTo(syntax(page, "json"));
    }
  }

  @Test
  void theTypeConfigurationIsShownInTheJsonThatItIsSetIn() {
    var syntax = syntax("typeconfiguration.md", "json");
    assertThat(syntax.get(0).fieldNames())
        .toIterable()
        .containsExactlyElementsOf(names(schema.get("typeConfiguration")));
    assertThat(syntax.get(1).fieldNames())
        .toIterable()
        .containsExactlyElementsOf(names(schema.at("/definitions/Environment")));
  }

  @Test
  void theReferenceOfATypeUnderAnotherNameHasThatName() {
    var before = schema.get("typeName").asText();

    var renamed =
        ReferenceDocs.paragraphs(schema.deepCopy().put("typeName", "Acme::Lake::Endpoint"));

    assertThat(renamed.get("README.md")).startsWith("# Acme::Lake::Endpoint\n");
    assertThat(renamed.values()).noneMatch(page -> page.contains(before));
  }

  @Test
  void aTypeWithoutTypeConfigurationHasNoPageForIt() {
    var without = schema.deepCopy();
    without.remove("typeConfiguration");

    var itsPages = ReferenceDocs.paragraphs(without);

    assertThat(itsPages).doesNotContainKey("typeconfiguration.md");
    assertThat(itsPages.values()).noneMatch(page -> page.contains("typeconfiguration.md"));
  }

  @Test
  void aDescriptionShowsAsItIsWritten() {
    var changed = schema.deepCopy();
    ((ObjectNode) changed.at("/properties/RoleName"))
        .put("description", "Like <name>_*_[x] or `y`.")
        .put("pattern", "^`+$");

    assertThat(ReferenceDocs.paragraphs(changed).get("README.md"))
        .contains("Like \\<name>\\_\\*\\_\\[x] or \\`y\\`.")
        .contains("- *Pattern*: ``^`+$``\n");
  }

  @Test
  void writingTheFolderReplacesPagesAndDeletesThoseWithoutADefinition(@TempDir Path folder)
      throws IOException {
    var docs = Files.createDirectory(folder.resolve("docs"));
    Files.writeString(docs.resolve("tag.md"), "old");
    Files.writeString(docs.resolve("gone.md"), "old");

    ReferenceDocs.main(new String[] {SCHEMA_FILE.toString(), docs.toString()});

    assertThat(filesIn(docs)).isEqualTo(new TreeMap<>(ReferenceDocs.pages(schema)));
  }

  @Test
  void withoutSchemaAndFolderNothingIsWritten() {
    assertThatThrownBy(() -> ReferenceDocs.main(new String[] {SCHEMA_FILE.toString()}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Arguments: SCHEMA-FILE OUTPUT-FOLDER");
  }

  private static Map<String, String> filesIn(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var file : entries) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  private void forEachProperty(BiConsumer<String, Map.Entry<String, JsonNode>> check) {
    Map.of(
            "README.md", "",
            "s3settings.md", "/definitions/S3Settings",
            "connectiontest.md", "/definitions/ConnectionTest",
            "tag.md", "/definitions/Tag")
        .forEach((page, at) -> properties(at).forEach(p -> check.accept(page, p)));
    for (var at : List.of("/typeConfiguration", "/definitions/Environment")) {
      properties(at).forEach(p -> check.accept("typeconfiguration.md", p));
    }
  }

  private Iterable<Map.Entry<String, JsonNode>> properties(String pointer) {
    var properties = schema.at(pointer + "/properties").properties();
    assertThat(properties).as(pointer).isNotEmpty();
    return properties;
  }

  private boolean isReadOnly(String page, String property) {
    return page.equals("README.md") && names("readOnlyProperties").contains(property);
  }

  private String description(JsonNode property) {
    return property.has("$ref")
        ? schema.at(property.get("$ref").asText().substring(1)).get("description").asText()
        : property.get("description").asText();
  }

  /** As it stands in a page; an underscore between spaces is the one escape that we need. */
  private static String shown(String description) {
    return description.replace("_", "\\_");
  }

  private static String type(JsonNode property) {
    var reference = property.has("$ref") ? property : property.path("items");
    if (reference.has("$ref")) {
      var name = reference.get("$ref").asText().substring("#/definitions/".length());
      return (property.has("$ref") ? "[" : "List of [") + name + "](";
    }
    return switch (property.get("type").asText()) {
      case "string" -> "String\n";
      case "integer" -> "Integer\n";
      case "boolean" -> "Boolean\n";
      default -> throw new AssertionError("no type is expected for " + property);
    };
  }

  private String section(String page, String property) {
    var matcher =
        Pattern.compile("(?ms)^###+ " + property + "\n(.*?)(?=^#|\\z)").matcher(pages.get(page));
    assertThat(matcher.find()).as("%s has a section for %s", page, property).isTrue();
    var section = matcher.group(1);
    assertThat(matcher.find()).as("%s has one section for %s", page, property).isFalse();
    return section;
  }

  private List<String> namesOfSectionsWith(String page, String text) {
    return headings(pages.get(page)).stream()
        .filter(h -> h.matches("\\w+") && pages.get(page).contains("### " + h + "\n"))
        .filter(h -> !List.of("JSON", "YAML", "Ref").contains(h))
        .filter(h -> section(page, h).contains(text))
        .toList();
  }

  private static List<String> headings(String text) {
    return HEADING.matcher(text).results().map(h -> h.group(1)).toList();
  }

  private List<JsonNode> syntax(String page, String language) {
    return CODE_BLOCK
        .matcher(pages.get(page))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> language.equals("json") ? Json.object(block.group(2)) : yaml(block.group(2)))
        .toList();
  }

  private static JsonNode yaml(String text) {
    return Json.tree(new Yaml().load(text));
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.get("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private List<String> names(String list) {
    var names = new ArrayList<String>();
    schema.get(list).forEach(p -> names.add(p.asText().substring("/properties/".length())));
    return names;
  }
}
