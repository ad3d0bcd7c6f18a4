package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** A table of properties, and a section for each of them. */
final class PropertySections {

  /** What the schema may limit, and what the reference calls it. */
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

  private final Function<String, String> targetOfDefinition;
  private final boolean updates;

  private PropertySections(Function<String, String> targetOfDefinition, boolean updates) {
    this.targetOfDefinition = targetOfDefinition;
    this.updates = updates;
  }

  /** Properties of a resource: each definition has a page, and an update has an effect. */
  static PropertySections ofResource() {
    return new PropertySections(TypeNames::page, true);
  }

  /** Properties of the type configuration: all on one page, and no update of any resource. */
  static PropertySections ofTypeConfiguration() {
    return new PropertySections(Markdown::anchor, false);
  }

  /** Table and sections. */
  String write(List<Property> properties) {
    return table(properties) + "\n" + properties.stream().map(this::section).collect(joining("\n"));
  }

  private String table(List<Property> properties) {
    var header = "| Property | Type | Required |" + (updates ? " Update |" : "");
    return properties.stream()
        .map(this::row)
        .collect(joining("\n", header + "\n" + header.replaceAll("[^|]+", "---") + "\n", "\n"));
  }

  private String row(Property property) {
    var row =
        "| %s | %s | %s |"
            .formatted(
                Markdown.link(property.name(), Markdown.anchor(property.name())),
                type(property.schema()),
                yesOrNo(property.required()));
    return updates ? row + " " + property.update().title() + " |" : row;
  }

  private String section(Property property) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("Required", yesOrNo(property.required()));
    facts.put("Type", type(property.schema()));
    var schema = property.schema();
    if (schema.has("enum")) {
      facts.put("Allowed values", allowed(schema.get("enum")));
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
    if (updates) {
      facts.put("Update requires", property.update().explained());
    }
    return "### %s\n\n%s\n\n%s"
        .formatted(property.name(), Markdown.text(property.description()), list(facts));
  }

  private static String list(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(f -> "- *%s*: %s\n".formatted(f.getKey(), f.getValue()))
        .collect(joining());
  }

  private String type(JsonNode property) {
    var name = TypeNames.ofValue(property);
    var shown =
        TypeSchema.definitionOf(property)
            .map(d -> Markdown.link(name, targetOfDefinition.apply(d)))
            .orElse(name);
    return TypeNames.isList(property) ? "List of " + shown : shown;
  }

  private static String allowed(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(value -> Markdown.code(value.asText()))
        .collect(joining(", "));
  }

  private static String yesOrNo(boolean value) {
    return value ? "Yes" : "No";
  }
}
