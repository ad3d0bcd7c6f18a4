package software.amazon.custom.dmscrossaccounts3endpoint.local.cdk;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.Property;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.TypeSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.UpdateBehavior;

/** An immutable class of properties with a builder: those of the type, or of a definition. */
final class PropertiesClass {

  private static final String TAGS =
      """

        /** The tags, which the CDK adds its own to. */
        List<CfnTag> tags() {
          return tags;
        }
      """;

  private final String name;
  private final String what;
  private final String description;
  private final List<Property> properties;
  private final Optional<String> tagProperty;

  /**
   * A class.
   *
   * @param what whose properties they are, for messages
   * @param tagProperty the property among them that the CDK's own tags are for
   */
  PropertiesClass(
      String name,
      String what,
      String description,
      List<Property> properties,
      Optional<String> tagProperty) {
    this.name = name;
    this.what = what;
    this.description = description;
    this.properties = properties;
    this.tagProperty = tagProperty;
  }

  /** The name of the class of a definition. */
  static String ofDefinition(String definition) {
    return definition + "Property";
  }

  String write() {
    return imports()
        + JavaText.javadoc("", List.of(JavaText.shown(description)))
        + """
        public final class %s implements Values {

          private final Map<String, Object> values;
        %s
          private %s(Builder builder) {
            values = builder.values.complete();%s
          }

          /** A builder without any property. */
          public static Builder builder() {
            return new Builder();
          }

          @Override
          public Map<String, Object> values() {
            return values;
          }
        %s
          /** Takes the properties one by one; what is null is left out. */
          public static final class Builder {

            private final PropertyValues values = new PropertyValues(%s);
        %s
            private Builder() {}

        %s
            /**
             * The properties.
             *
             * @throws IllegalArgumentException where one that is required is missing
             */
            public %s build() {
        %s      return new %s(this);
            }
          }
        }
        """
            .formatted(
                name,
                whereTagged("  private final List<CfnTag> tags;\n"),
                name,
                whereTagged("\n    tags = builder.tags;"),
                whereTagged(TAGS),
                JavaText.literal(what),
                whereTagged("    private List<CfnTag> tags = List.of();\n"),
                properties.stream().map(this::setters).collect(joining("\n")),
                name,
                properties.stream()
                    .filter(Property::required)
                    .map(p -> required(p.name()))
                    .collect(joining()),
                name);
  }

  private String whereTagged(String text) {
    return tagProperty.isPresent() ? text : "";
  }

  private String imports() {
    var imports = new TreeSet<String>();
    imports.add("java.util.Map");
    if (tagProperty.isPresent()) {
      imports.add("java.util.List");
      imports.add("software.amazon.awscdk.CfnTag");
    }
    // Texts and numbers can be tokens by themselves.
    if (properties.stream().anyMatch(p -> type(p).equals("boolean"))) {
      imports.add("software.amazon.awscdk.IResolvable");
    }
    return imports.stream().map("import %s;\n"::formatted).collect(joining("", "", "\n"));
  }

  private static String required(String property) {
    return JavaText.call(
        "      ",
        "values.require",
        List.of(JavaText.literal(property), JavaText.literal(JavaText.lowerCamel(property))));
  }

  private static String type(Property property) {
    return property.schema().path("type").asText();
  }

  private String setters(Property property) {
    var holder = property.schema();
    if (tagProperty.filter(property.name()::equals).isPresent()) {
      return setter(
          property,
          "List<CfnTag>",
          "      this.tags = tags == null ? List.of() : List.copyOf(tags);\n");
    }
    var definition = TypeSchema.definitionOf(holder);
    if (definition.isPresent() && holder.has("$ref")) {
      return setter(property, ofDefinition(definition.get()), put(property));
    }
    return switch (type(property)) {
      case "string" ->
          EnumerationClass.isFor(property)
              ? setter(property, property.name(), put(property))
                  + "\n"
                  + setter(
                      property,
                      "String",
                      put(property)
                          + call("checkSpelling", property, property.name() + ".values()"),
                      "As text, which may be a token.")
              : setter(property, "String", put(property) + limits(property));
      case "integer" -> setter(property, "Number", put(property) + limits(property));
      case "boolean" ->
          setter(property, "Boolean", put(property))
              + "\n"
              + setter(property, "IResolvable", put(property), "As a token.");
      default ->
          throw new IllegalArgumentException(
              "%s: there is no kind of builder method for %s, of the type \"%s\"."
                  .formatted(what, property.name(), type(property)));
    };
  }

  private static String put(Property property) {
    return call("put", property, JavaText.lowerCamel(property.name()));
  }

  private static String limits(Property property) {
    var schema = property.schema();
    var checks = new StringBuilder();
    if (schema.has("minLength") || schema.has("maxLength")) {
      checks.append(
          call(
              "checkLength",
              property,
              schema.path("minLength").asText("0"),
              schema.has("maxLength") ? schema.get("maxLength").asText() : "Integer.MAX_VALUE"));
    }
    if (schema.has("pattern")) {
      checks.append(
          call("checkPattern", property, JavaText.literal(schema.get("pattern").asText())));
    }
    if (type(property).equals("integer")) {
      checks.append(
          call(
              "checkInteger",
              property,
              schema.has("minimum") ? schema.get("minimum").asText() : "Integer.MIN_VALUE",
              schema.has("maximum") ? schema.get("maximum").asText() : "Integer.MAX_VALUE"));
    }
    return checks.toString();
  }

  private static String call(String method, Property property, String... arguments) {
    var all = new ArrayList<String>();
    all.add(JavaText.literal(property.name()));
    all.addAll(List.of(arguments));
    return JavaText.call("      ", "values." + method, all);
  }

  private static String setter(Property property, String type, String body) {
    return setter(property, type, body, "");
  }

  private static String setter(Property property, String type, String body, String remark) {
    var parameter = JavaText.lowerCamel(property.name());
    return JavaText.javadoc("    ", explained(property, remark))
        + JavaText.opening("    ", "public Builder " + parameter, type + " " + parameter)
        + body
        + "      return this;\n    }\n";
  }

  private static List<String> explained(Property property, String remark) {
    var paragraphs = new ArrayList<String>();
    paragraphs.add(JavaText.shown(property.description()));
    var facts = new ArrayList<String>();
    if (!remark.isEmpty()) {
      facts.add(remark);
    }
    if (property.required()) {
      facts.add("Required.");
    }
    if (property.writeOnly()) {
      facts.add("Write-only: not returned when the resource is read.");
    }
    facts.add(update(property.update()));
    paragraphs.add(String.join(" ", facts));
    return paragraphs;
  }

  private static String update(UpdateBehavior behavior) {
    return "Update requires: " + behavior.title().toLowerCase(Locale.ROOT) + ".";
  }
}
