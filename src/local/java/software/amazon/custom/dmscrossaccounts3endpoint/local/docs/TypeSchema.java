package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Reader of a resource type's schema: its properties, definitions and type configuration. */
public final class TypeSchema {

  private static final String REFERENCE = "#/definitions/";
  private static final String PROPERTIES = "/properties/";

  /**
   * The properties of which a change recreates the endpoint. The schema has no word for this: to
   * CloudFormation it is an update in place, since the ARN stays.
   */
  private static final Set<String> RECREATING =
      Set.of("/properties/S3Settings", "/properties/ExtraConnectionAttributes");

  /** The effect of an update that changes a property, in CloudFormation's terms. */
  public enum Update {
    NO_INTERRUPTION("No interruption", "update-no-interrupt", ""),
    SOME_INTERRUPTIONS(
        "Some interruptions",
        "update-some-interrupt",
        ": the endpoint is deleted and created again under the same ARN"),
    NO_INTERRUPTION_OR_REPLACEMENT(
        "No interruption or replacement",
        "update-replacement",
        ": the resource is replaced where its account changes"),
    REPLACEMENT("Replacement", "update-replacement", "");

    private final String title;
    private final String anchor;
    private final String remark;

    Update(String title, String anchor, String remark) {
      this.title = title;
      this.anchor = anchor;
      this.remark = remark;
    }

    /** Returns the term. */
    public String title() {
      return title;
    }

    /** Returns the term with a link to CloudFormation's explanation, and with what happens here. */
    String explained() {
      return "[%s](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html#%s)%s"
          .formatted(title, anchor, remark);
    }
  }

  /**
   * A property of the type, of one of its definitions or of its type configuration.
   *
   * @param schema its own schema; a reference is not followed
   * @param description its own description, or that of its definition
   * @param readOnly whether only the provider sets it
   * @param writeOnly whether it is never read back
   */
  public record Property(
      String name,
      JsonNode schema,
      String description,
      boolean required,
      boolean readOnly,
      boolean writeOnly,
      Update update) {

    /** Whether its value is a list. */
    boolean isList() {
      return schema.path("type").asText().equals("array");
    }

    /** Returns the definition that its value, or each item of it, is made of. */
    Optional<String> definition() {
      return definitionOf(schema);
    }

    /** Returns the name of the type of its value, or of an item. */
    String typeName() {
      var holder = isList() ? schema.get("items") : schema;
      return definition()
          .orElseGet(
              () ->
                  switch (holder.path("type").asText()) {
                    case "string" -> "String";
                    case "boolean" -> "Boolean";
                    case "integer" -> "Integer";
                    case "number" -> "Double";
                    default -> "Json";
                  });
    }
  }

  private final JsonNode schema;

  /** Creates a reader of a schema. */
  public TypeSchema(JsonNode schema) {
    this.schema = schema;
  }

  /** Returns the name that the type is registered under. */
  public String typeName() {
    return schema.path("typeName").asText();
  }

  String description() {
    return schema.path("description").asText();
  }

  /** Whether a replacement deletes the old resource before it creates the new one. */
  boolean deletesBeforeItReplaces() {
    return schema.path("replacementStrategy").asText().equals("delete_then_create");
  }

  /** Returns the properties that a template can give, in the schema's order. */
  public List<Property> writable() {
    return properties(schema, PROPERTIES).stream().filter(p -> !p.readOnly()).toList();
  }

  /** Returns the properties that only the provider sets. */
  public List<Property> attributes() {
    return properties(schema, PROPERTIES).stream().filter(Property::readOnly).toList();
  }

  /** Returns the names of the properties of the primary identifier, which {@code Ref} returns. */
  public List<String> primaryIdentifier() {
    return StreamSupport.stream(schema.path("primaryIdentifier").spliterator(), false)
        .map(pointer -> pointer.asText().substring(PROPERTIES.length()))
        .toList();
  }

  /** Returns the type configuration; empty where the type has none. */
  Optional<JsonNode> typeConfiguration() {
    return Optional.ofNullable(schema.get("typeConfiguration"));
  }

  /** Returns the properties of the type configuration. */
  List<Property> configurationProperties() {
    return properties(schema.path("typeConfiguration"), "/typeConfiguration/properties/");
  }

  /** Returns a definition of the schema. */
  public JsonNode definition(String name) {
    return schema.path("definitions").path(name);
  }

  /**
   * Returns the definitions that the properties of the type are made of, each with the pointer of
   * the property that holds it. One that only the type configuration uses is not among them.
   */
  public Map<String, String> definitionsOfProperties() {
    return definitionsBelow(schema, PROPERTIES);
  }

  /** Returns the definitions that the type configuration is made of. */
  Map<String, String> definitionsOfTypeConfiguration() {
    return definitionsBelow(schema.path("typeConfiguration"), "/typeConfiguration/properties/");
  }

  private Map<String, String> definitionsBelow(JsonNode parent, String prefix) {
    var found = new LinkedHashMap<String, String>();
    collect(parent, prefix, found);
    return found;
  }

  private void collect(JsonNode parent, String prefix, Map<String, String> found) {
    for (var property : parent.path("properties").properties()) {
      var pointer = prefix + property.getKey();
      definitionOf(property.getValue())
          .filter(name -> found.putIfAbsent(name, pointer) == null)
          .ifPresent(name -> collect(definition(name), pointer + "/", found));
    }
  }

  /** Returns the name of the definition that a property, or each item of it, is made of. */
  static Optional<String> definitionOf(JsonNode property) {
    var holder = property.has("items") ? property.get("items") : property;
    return Optional.ofNullable(holder.get("$ref"))
        .map(JsonNode::asText)
        .filter(reference -> reference.startsWith(REFERENCE))
        .map(reference -> reference.substring(REFERENCE.length()));
  }

  /**
   * Returns the properties of an object, in the schema's order.
   *
   * @param prefix the pointer below which the object's properties are, with a slash at its end
   */
  public List<Property> properties(JsonNode parent, String prefix) {
    var properties = new ArrayList<Property>();
    for (var entry : parent.path("properties").properties()) {
      var name = entry.getKey();
      var own = entry.getValue();
      var described = own.has("description") ? own : definition(definitionOf(own).orElse(""));
      properties.add(
          new Property(
              name,
              own,
              described.path("description").asText(),
              isListed(parent, "required", name),
              isListed(schema, "readOnlyProperties", prefix + name),
              isListed(schema, "writeOnlyProperties", prefix + name),
              update(prefix + name)));
    }
    return properties;
  }

  private Update update(String pointer) {
    if (isListed(schema, "createOnlyProperties", pointer)) {
      return Update.REPLACEMENT;
    }
    if (isListed(schema, "conditionalCreateOnlyProperties", pointer)) {
      return Update.NO_INTERRUPTION_OR_REPLACEMENT;
    }
    return RECREATING.stream().anyMatch(listed -> isWithin(pointer, listed))
        ? Update.SOME_INTERRUPTIONS
        : Update.NO_INTERRUPTION;
  }

  private static boolean isListed(JsonNode object, String list, String pointer) {
    return StreamSupport.stream(object.path(list).spliterator(), false)
        .anyMatch(listed -> isWithin(pointer, listed.asText()));
  }

  /** What is listed holds for everything below it as well. */
  private static boolean isWithin(String pointer, String listed) {
    return pointer.equals(listed) || pointer.startsWith(listed + "/");
  }
}
