package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A resource type's schema as its reference and its CDK construct tell it. */
public final class TypeSchema {

  private static final String REFERENCE = "#/definitions/";
  private static final String PROPERTIES = "/properties/";

  /**
   * The properties of which a change recreates the endpoint. The schema has no word for this: to
   * CloudFormation it is an update in place, since the ARN stays.
   */
  private static final Set<String> RECREATING =
      Set.of("/properties/S3Settings", "/properties/ExtraConnectionAttributes");

  private final JsonNode schema;

  /** A schema that has been read. */
  public TypeSchema(JsonNode schema) {
    this.schema = schema;
  }

  /** The name that the type is registered under. */
  public String typeName() {
    return schema.path("typeName").asText();
  }

  /** What the type is, for users. */
  public String description() {
    return schema.path("description").asText();
  }

  /** Whether a replacement deletes the old resource before it creates the new one. */
  boolean deletesBeforeItReplaces() {
    return schema.path("replacementStrategy").asText().equals("delete_then_create");
  }

  /** All properties of the type, in the schema's order. */
  List<Property> properties() {
    return properties(schema, PROPERTIES);
  }

  /** The properties of the type that a template can give. */
  public List<Property> writable() {
    return properties().stream().filter(p -> !p.readOnly()).toList();
  }

  /** The properties of the type that only the provider sets. */
  public List<Property> attributes() {
    return properties().stream().filter(Property::readOnly).toList();
  }

  /** What {@code Ref} returns: the names of the properties of the primary identifier. */
  public List<String> primaryIdentifier() {
    return StreamSupport.stream(schema.path("primaryIdentifier").spliterator(), false)
        .map(pointer -> pointer.asText().substring(PROPERTIES.length()))
        .toList();
  }

  /** The property that holds the tags; empty where the type has none. */
  public Optional<String> tagProperty() {
    return Optional.of(schema.at("/tagging/tagProperty").asText())
        .filter(pointer -> pointer.startsWith(PROPERTIES))
        .map(pointer -> pointer.substring(PROPERTIES.length()));
  }

  /** The type configuration; empty where the type has none. */
  Optional<JsonNode> typeConfiguration() {
    return Optional.ofNullable(schema.get("typeConfiguration"));
  }

  /** The properties of the type configuration. */
  List<Property> configurationProperties() {
    return properties(schema.path("typeConfiguration"), "/typeConfiguration/properties/");
  }

  /** A definition of the schema. */
  public JsonNode definition(String name) {
    return schema.path("definitions").path(name);
  }

  /**
   * The definitions that the properties of the type are made of, each with the pointer of the
   * property that holds it. A definition that only the type configuration uses is not among them.
   */
  public Map<String, String> definitionsOfProperties() {
    return definitionsBelow(properties(), PROPERTIES);
  }

  /** The definitions that the type configuration is made of. */
  Map<String, String> definitionsOfTypeConfiguration() {
    return definitionsBelow(configurationProperties(), "/typeConfiguration/properties/");
  }

  private Map<String, String> definitionsBelow(List<Property> properties, String parent) {
    var found = new LinkedHashMap<String, String>();
    properties.forEach(p -> collect(p.schema(), parent + p.name(), found));
    return found;
  }

  private void collect(JsonNode property, String pointer, Map<String, String> found) {
    definitionOf(property)
        .ifPresent(
            name -> {
              if (found.putIfAbsent(name, pointer) == null) {
                definition(name)
                    .path("properties")
                    .properties()
                    .forEach(p -> collect(p.getValue(), pointer + "/" + p.getKey(), found));
              }
            });
  }

  /** The name of the definition that a property, or each item of it, is made of. */
  public static Optional<String> definitionOf(JsonNode property) {
    var holder = property.has("items") ? property.get("items") : property;
    return Optional.ofNullable(holder.get("$ref"))
        .map(JsonNode::asText)
        .filter(reference -> reference.startsWith(REFERENCE))
        .map(reference -> reference.substring(REFERENCE.length()));
  }

  /**
   * The properties of an object, in the schema's order.
   *
   * @param prefix the pointer below which the object's properties are, with a slash at its end
   */
  public List<Property> properties(JsonNode parent, String prefix) {
    var required = new LinkedHashSet<String>();
    parent.path("required").forEach(name -> required.add(name.asText()));
    var properties = new ArrayList<Property>();
    for (var entry : parent.path("properties").properties()) {
      var pointer = prefix + entry.getKey();
      properties.add(
          new Property(
              entry.getKey(),
              entry.getValue(),
              describe(entry.getValue()),
              required.contains(entry.getKey()),
              isListed("readOnlyProperties", pointer),
              isListed("writeOnlyProperties", pointer),
              update(pointer)));
    }
    return properties;
  }

  /** A property without a description of its own has that of its definition. */
  private String describe(JsonNode property) {
    var own = property.path("description").asText();
    return own.isEmpty()
        ? definitionOf(property).map(d -> definition(d).path("description").asText()).orElse("")
        : own;
  }

  private UpdateBehavior update(String pointer) {
    if (isListed("createOnlyProperties", pointer)) {
      return UpdateBehavior.REPLACEMENT;
    }
    if (isListed("conditionalCreateOnlyProperties", pointer)) {
      return UpdateBehavior.NO_INTERRUPTION_OR_REPLACEMENT;
    }
    return RECREATING.stream().anyMatch(listed -> isWithin(pointer, listed))
        ? UpdateBehavior.SOME_INTERRUPTIONS
        : UpdateBehavior.NO_INTERRUPTION;
  }

  private boolean isListed(String list, String pointer) {
    return StreamSupport.stream(schema.path(list).spliterator(), false)
        .anyMatch(listed -> isWithin(pointer, listed.asText()));
  }

  /** What is listed holds for everything below it as well. */
  private static boolean isWithin(String pointer, String listed) {
    return pointer.equals(listed) || pointer.startsWith(listed + "/");
  }
}
