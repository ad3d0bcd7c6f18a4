package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.TypeSchema.Property;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.TypeSchema.Update;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * Writes the reference of a resource type from its schema. Pages have the file names that {@code
 * cfn generate} gives to its own, which overwrites the same folder.
 */
public final class ReferenceDocs {

  private static final String EXTENSION = ".md";
  private static final String OVERVIEW = "README.md";
  private static final String TYPE_CONFIGURATION = "typeconfiguration.md";
  private static final int LINE = 118;

  /** Keywords of the schema that limit a value, and their names in the reference. */
  private static final Map<String, String> LIMITS = new LinkedHashMap<>();

  static {
    LIMITS.put("minLength", "Minimum length");
    LIMITS.put("maxLength", "Maximum length");
    LIMITS.put("minimum", "Minimum");
    LIMITS.put("maximum", "Maximum");
    LIMITS.put("minItems", "Minimum items");
    LIMITS.put("maxItems", "Maximum items");
    LIMITS.put("pattern", "Pattern");
  }

  private final TypeSchema type;

  private ReferenceDocs(TypeSchema type) {
    this.type = type;
  }

  /**
   * Returns the pages of the reference by their file names; the same for the same schema.
   *
   * @param schema of the resource type
   */
  public static Map<String, String> pages(JsonNode schema) {
    var pages = paragraphs(schema);
    pages.replaceAll((file, page) -> Markdown.wrapped(page, LINE));
    return pages;
  }

  /** Returns the pages with each paragraph in a line. */
  static Map<String, String> paragraphs(JsonNode schema) {
    return new ReferenceDocs(new TypeSchema(schema)).write();
  }

  private Map<String, String> write() {
    var pages = new LinkedHashMap<String, String>();
    pages.put(OVERVIEW, overview());
    type.definitionsOfProperties()
        .forEach((name, pointer) -> pages.put(page(name), definition(name, pointer)));
    type.typeConfiguration()
        .ifPresent(
            configuration -> pages.put(TYPE_CONFIGURATION, typeConfiguration(configuration)));
    return pages;
  }

  private String overview() {
    var configuration =
        type.typeConfiguration().isEmpty()
            ? ""
            : "\n\nWhat holds for all resources of the type in an account and Region is set once, in its [type configuration](%s)."
                .formatted(TYPE_CONFIGURATION);
    var resource = Json.object().put("Type", type.typeName());
    resource.set("Properties", syntax(type.writable()));
    return """
    # %s

    %s

    ## Syntax

    %s
    ## Properties

    %s
    ## Updates

    %s
    ## Return values

    ### Ref

    `Ref` returns %s.

    ### Fn::GetAtt

    `Fn::GetAtt` returns these attributes.

    %s\
    """
        .formatted(
            type.typeName(),
            Markdown.text(type.description()) + configuration,
            jsonAndYaml(resource),
            sections(type.writable(), true),
            updates(),
            type.primaryIdentifier().stream()
                .map(Markdown::toHeading)
                .collect(joining(" and ", "the resource's ", "")),
            type.attributes().stream()
                .map(p -> "#### %s\n\n%s\n".formatted(p.name(), Markdown.text(p.description())))
                .collect(joining("\n")));
  }

  private String updates() {
    var text = new StringBuilder();
    for (var update : Update.values()) {
      var names =
          type.writable().stream()
              .filter(p -> p.update() == update)
              .map(p -> Markdown.toHeading(p.name()))
              .collect(joining(", "));
      if (!names.isEmpty()) {
        text.append("- %s. %s\n".formatted(update.explained(), names));
      }
    }
    if (type.writable().stream().anyMatch(p -> p.update() == Update.SOME_INTERRUPTIONS)) {
      text.append(
          """

          DMS does not delete an endpoint that a replication task uses. An update that has to create the endpoint again then
          fails, names the tasks and changes nothing.
          """);
    }
    if (type.deletesBeforeItReplaces()) {
      text.append(
          """

          A replacement deletes the resource before it creates the new one, so that names can stay the same.
          """);
    }
    return text.toString();
  }

  /** The page of an object that is the value of a property, or an item of it. */
  private String definition(String name, String pointer) {
    var properties = type.properties(type.definition(name), pointer + "/");
    // Of a definition within a definition, too, it is the property of the type that is named.
    var holder = pointer.split("/")[2];
    return """
    # %s %s

    %s

    Belongs to [%s](%s%s) of [%s](%s).

    ## Syntax

    %s
    ## Properties

    %s\
    """
        .formatted(
            type.typeName(),
            name,
            description(name),
            holder,
            OVERVIEW,
            Markdown.anchor(holder),
            type.typeName(),
            OVERVIEW,
            jsonAndYaml(syntax(properties)),
            sections(properties, true));
  }

  private String description(String definition) {
    return Markdown.text(type.definition(definition).path("description").asText());
  }

  /** The page of the type configuration, with the definitions that only it uses. */
  private String typeConfiguration(JsonNode configuration) {
    var properties = type.configurationProperties();
    return """
    # Type configuration of %1$s

    %2$s

    It is set once for each account and Region in which the type is registered, and holds for all its resources there;
    `type-configuration.json` is a file of the syntax below.

    ```shell
    aws cloudformation set-type-configuration --type RESOURCE --type-name %1$s \\
      --configuration-alias default --configuration file://type-configuration.json
    ```

    See [%1$s](%3$s) for the properties of a resource.

    ## Syntax

    %4$s
    ## Properties

    %5$s%6$s\
    """
        .formatted(
            type.typeName(),
            Markdown.text(configuration.path("description").asText()),
            OVERVIEW,
            json(syntax(properties)),
            sections(properties, false),
            type.definitionsOfTypeConfiguration().entrySet().stream()
                .map(entry -> configurationDefinition(entry.getKey(), entry.getValue()))
                .collect(joining()));
  }

  private String configurationDefinition(String name, String pointer) {
    var properties = type.properties(type.definition(name), pointer + "/");
    return "\n## %s\n\n%s\n\n%s\n%s"
        .formatted(name, description(name), json(syntax(properties)), sections(properties, false));
  }

  /** Returns every property with the name of its type for a value. */
  private static ObjectNode syntax(List<Property> properties) {
    var tree = Json.object();
    for (var property : properties) {
      if (property.isList()) {
        tree.putArray(property.name()).add(property.typeName());
      } else {
        tree.put(property.name(), property.typeName());
      }
    }
    return tree;
  }

  private static String jsonAndYaml(ObjectNode tree) {
    var yaml = new StringBuilder();
    writeYaml(tree, "", yaml);
    return "### JSON\n\n%s\n### YAML\n\n```yaml\n%s```\n".formatted(json(tree), yaml);
  }

  /** The pretty printer ends lines as the machine does; pages are the same everywhere. */
  private static String json(ObjectNode tree) {
    return "```json\n" + Json.pretty(tree).lines().collect(joining("\n")) + "\n```\n";
  }

  /** Names of types and properties need no quotation marks in YAML. */
  private static void writeYaml(ObjectNode tree, String indent, StringBuilder yaml) {
    for (var entry : tree.properties()) {
      yaml.append(indent).append(entry.getKey()).append(':');
      var value = entry.getValue();
      if (value instanceof ObjectNode object) {
        yaml.append('\n');
        writeYaml(object, indent + "  ", yaml);
      } else if (value.isArray()) {
        yaml.append('\n');
        value.forEach(i -> yaml.append(indent).append("  - ").append(i.asText()).append('\n'));
      } else {
        yaml.append(' ').append(value.asText()).append('\n');
      }
    }
  }

  /**
   * Returns a table of properties and a section for each.
   *
   * @param ofResource whether an update has an effect and each definition has a page; the type
   *     configuration is on one page
   */
  private static String sections(List<Property> properties, boolean ofResource) {
    var header = "| Property | Type | Required |" + (ofResource ? " Update |" : "");
    var table = new StringBuilder(header + "\n" + header.replaceAll("[^|]+", "---") + "\n");
    for (var property : properties) {
      table.append(
          "| %s | %s | %s |%s\n"
              .formatted(
                  Markdown.toHeading(property.name()),
                  type(property, ofResource),
                  yesOrNo(property.required()),
                  ofResource ? " " + property.update().title() + " |" : ""));
    }
    return table
        + "\n"
        + properties.stream().map(each -> section(each, ofResource)).collect(joining("\n"));
  }

  private static String section(Property property, boolean ofResource) {
    var facts = new LinkedHashMap<String, String>();
    var schema = property.schema();
    facts.put("Required", yesOrNo(property.required()));
    facts.put("Type", type(property, ofResource));
    if (schema.has("enum")) {
      facts.put(
          "Allowed values",
          StreamSupport.stream(schema.get("enum").spliterator(), false)
              .map(value -> Markdown.code(value.asText()))
              .collect(joining(", ")));
    }
    LIMITS.forEach(
        (keyword, name) -> {
          if (schema.has(keyword)) {
            facts.put(name, Markdown.code(schema.get(keyword).asText()));
          }
        });
    if (schema.path("uniqueItems").asBoolean()) {
      facts.put("Items", "each only once");
    }
    if (property.writeOnly()) {
      facts.put("Write-only", "it is not returned when the resource is read");
    }
    if (ofResource) {
      facts.put("Update requires", property.update().explained());
    }
    var text = new StringBuilder("### %s\n\n".formatted(property.name()));
    text.append(Markdown.text(property.description())).append("\n\n");
    facts.forEach((name, fact) -> text.append("- *%s*: %s\n".formatted(name, fact)));
    return text.toString();
  }

  private static String type(Property property, boolean ofResource) {
    var name = property.typeName();
    var shown =
        property
            .definition()
            .map(d -> "[%s](%s)".formatted(name, ofResource ? page(d) : Markdown.anchor(d)))
            .orElse(name);
    return property.isList() ? "List of " + shown : shown;
  }

  private static String yesOrNo(boolean value) {
    return value ? "Yes" : "No";
  }

  /**
   * Returns the file of a definition's page, with the name that the CloudFormation CLI gives it.
   */
  private static String page(String definition) {
    return definition.toLowerCase(Locale.ROOT) + EXTENSION;
  }

  /**
   * Writes the pages into a folder and deletes other pages from it.
   *
   * @param args the schema's file and the folder, which is made where it is missing
   * @throws IOException where the schema can't be read or the folder not be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("Arguments: SCHEMA-FILE OUTPUT-FOLDER");
    }
    var pages = pages(Json.parse(Files.readAllBytes(Path.of(args[0]))));
    var folder = Files.createDirectories(Path.of(args[1]));
    // A page stays behind when its definition leaves the schema.
    try (var files = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
      for (var file : files) {
        if (!pages.containsKey(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
    for (var page : pages.entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }
  }
}
