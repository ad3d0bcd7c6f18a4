package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.TypeSchema.Property;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * A JSON schema (draft 7) of CloudFormation templates, for editors: what the type's schema says of
 * the properties of its resources, with functions wherever a value may stand, and loops. Resources
 * of other types may be anything. Definitions of the type keep their names, which begin with a
 * capital letter; those that are added here do not.
 */
public final class TemplateSchema {

  private static final String DEFINITIONS = "#/definitions/";

  /** {@code Ref} or a function by its long name; an editor takes short forms for objects too. */
  private static final String FUNCTION = "function";

  private static final String FUNCTION_KEY = "^(Ref|Fn::(?!ForEach)[A-Za-z0-9]+)$";
  private static final String LOOP_KEY = "^Fn::ForEach::[A-Za-z0-9]+$";

  /** What the values of a loop's identifier are put into; that which comes out is not seen here. */
  private static final String LOOP = "loop";

  private static final String LOOP_OF_RESOURCES = "loopOfResources";
  private static final String ALL_RESOURCES = "resources";
  private static final String RESOURCE = "resource";
  private static final String PROPERTIES = "properties";

  /** Sections of a template that hold named things, in the order in which they are written. */
  private static final List<String> SECTIONS =
      List.of("Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Outputs");

  /** Keywords that limit a value, which are the same here. */
  private static final Set<String> LIMITS =
      Set.of(
          "enum",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "uniqueItems");

  private final TypeSchema type;

  private TemplateSchema(TypeSchema type) {
    this.type = type;
  }

  /**
   * The schema of templates.
   *
   * @param schema of the resource type
   */
  public static JsonNode of(JsonNode schema) {
    return new TemplateSchema(new TypeSchema(schema)).write();
  }

  private ObjectNode write() {
    var schema =
        Json.object()
            .put("$schema", "http://json-schema.org/draft-07/schema#")
            .put("title", type.typeName())
            .put("type", "object");
    var sections = schema.putObject("properties");
    sections.putObject("AWSTemplateFormatVersion").put("type", "string");
    sections.putObject("Description").put("type", "string");
    sections.putObject("Transform").putArray("type").add("string").add("array").add("object");
    SECTIONS.forEach(section -> sections.putObject(section).put("type", "object"));
    sections.set("Resources", reference(ALL_RESOURCES));
    schema.putArray("required").add("Resources");
    var definitions = schema.putObject("definitions");
    definitions.set(ALL_RESOURCES, resources());
    definitions.set(LOOP_OF_RESOURCES, loop(reference(ALL_RESOURCES)));
    definitions.set(RESOURCE, resource());
    definitions.set(
        PROPERTIES, object(type.writable(), Json.object().put("description", type.description())));
    type.definitionsOfProperties()
        .forEach(
            (name, pointer) ->
                definitions.set(
                    name,
                    object(type.properties(type.definition(name), pointer + "/"), Json.object())));
    definitions.set(FUNCTION, function());
    definitions.set(LOOP, loop(Json.object().put("type", "object")));
    return schema;
  }

  private static ObjectNode reference(String definition) {
    return Json.object().put("$ref", DEFINITIONS + definition);
  }

  private ObjectNode resources() {
    var resources = Json.object().put("type", "object");
    resources.putObject("patternProperties").set(LOOP_KEY, reference(LOOP_OF_RESOURCES));
    resources.set("additionalProperties", reference(RESOURCE));
    return resources;
  }

  /** A resource of this type, or of any other. */
  private ObjectNode resource() {
    var resource = Json.object().put("type", "object");
    var properties = resource.putObject("properties");
    var name =
        properties.putObject("Type").put("description", "Type of the resource.").putArray("anyOf");
    name.addObject().put("const", type.typeName()).put("description", type.description());
    name.addObject().put("type", "string");
    resource.putArray("required").add("Type");
    var ofThisType = resource.putObject("if");
    ofThisType.putObject("properties").putObject("Type").put("const", type.typeName());
    ofThisType.putArray("required").add("Type");
    var then = resource.putObject("then");
    var parts = then.putObject("properties");
    parts.set("Properties", orFunction(reference(PROPERTIES)));
    for (var policy : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
      var plain = Json.object().put("type", "string");
      plain.putArray("enum").add("Delete").add("Retain").add("RetainExceptOnCreate");
      parts.set(policy, orFunction(plain));
    }
    parts.putObject("DependsOn").putArray("type").add("string").add("array");
    parts.putObject("Condition").put("type", "string");
    parts.putObject("Metadata").put("type", "object");
    then.putArray("required").add("Properties");
    return resource;
  }

  private static ObjectNode function() {
    var function =
        Json.object().put("type", "object").put("minProperties", 1).put("maxProperties", 1);
    function.putObject("patternProperties").putObject(FUNCTION_KEY);
    return function.put("additionalProperties", false);
  }

  /** Identifier, collection, fragment. */
  private static ObjectNode loop(ObjectNode fragment) {
    var loop = Json.object().put("type", "array").put("minItems", 3).put("maxItems", 3);
    var items = loop.putArray("items");
    items.addObject().put("type", "string");
    items.addObject();
    items.add(fragment);
    return loop;
  }

  private ObjectNode object(List<Property> properties, ObjectNode object) {
    object.put("type", "object");
    var members = object.putObject("properties");
    var required = Json.object().arrayNode();
    for (var property : properties) {
      members.set(property.name(), value(property));
      if (property.required()) {
        required.add(property.name());
      }
    }
    if (!required.isEmpty()) {
      object.set("required", required);
    }
    object.putObject("patternProperties").set(LOOP_KEY, reference(LOOP));
    return object.put("additionalProperties", false);
  }

  private ObjectNode value(Property property) {
    return orFunction(plain(property.schema()))
        .put(
            "description",
            "%s Update: %s.".formatted(property.description(), property.update().title()));
  }

  /** With alternatives, unlike with conditions, an editor offers values and writes the colon. */
  private static ObjectNode orFunction(ObjectNode plain) {
    var value = Json.object();
    value.putArray("anyOf").add(plain).add(reference(FUNCTION));
    return value;
  }

  /** The value as it is without functions. */
  private static ObjectNode plain(JsonNode schema) {
    if (schema.has("$ref")) {
      return reference(TypeSchema.definitionOf(schema).orElseThrow());
    }
    var plain = Json.object();
    schema
        .properties()
        .forEach(
            keyword -> {
              if (LIMITS.contains(keyword.getKey())) {
                plain.set(keyword.getKey(), keyword.getValue());
              }
            });
    if (schema.path("type").asText().equals("array")) {
      return plain.put("type", "array").set("items", orFunction(plain(schema.get("items"))));
    }
    return typed(plain, schema.path("type").asText());
  }

  /** CloudFormation turns a text into a number or a boolean, and a number into a text. */
  private static ObjectNode typed(ObjectNode plain, String type) {
    switch (type) {
      case "integer", "number" -> plain.putArray("type").add(type).add("string");
      case "boolean" -> plain.putArray("enum").add(true).add(false).add("true").add("false");
      case "string" -> {
        if (plain.has("enum")) {
          plain.put("type", type);
        } else {
          plain.putArray("type").add(type).add("number").add("boolean");
        }
      }
      default -> {}
    }
    return plain;
  }
}
