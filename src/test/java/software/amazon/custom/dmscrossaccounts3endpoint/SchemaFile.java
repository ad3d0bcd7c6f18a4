package software.amazon.custom.dmscrossaccounts3endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** The schema file of the project, for the tests that compare it with what follows from it. */
final class SchemaFile {

  static final Path PATH = Path.of("resource-schema.json");
  static final JsonNode SCHEMA = read(PATH);

  private static final String DEFINITIONS = "#/definitions/";

  private SchemaFile() {}

  static ObjectNode read(Path file) {
    try {
      return Json.object(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The objects of the schema by their pointer: the type, its definitions, its configuration. */
  static Map<String, JsonNode> objects() {
    var objects = new TreeMap<String, JsonNode>();
    objects.put("", SCHEMA);
    objects.put("/typeConfiguration", SCHEMA.get("typeConfiguration"));
    SCHEMA
        .get("definitions")
        .properties()
        .forEach(d -> objects.put("/definitions/" + d.getKey(), d.getValue()));
    return objects;
  }

  /** The properties of an object of the schema. */
  static Map<String, JsonNode> properties(JsonNode object) {
    var properties = new TreeMap<String, JsonNode>();
    object.get("properties").properties().forEach(p -> properties.put(p.getKey(), p.getValue()));
    return properties;
  }

  /** The name of the definition that a reference is to. */
  static String definitionName(JsonNode reference) {
    return reference.get("$ref").asText().substring(DEFINITIONS.length());
  }

  /** What stands at the end of a reference; a schema without reference is its own. */
  static JsonNode resolved(JsonNode schema) {
    return schema.has("$ref") ? SCHEMA.get("definitions").get(definitionName(schema)) : schema;
  }

  /** The texts of an array. */
  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** The values of an enumeration, sorted; empty where the property is none. */
  static SortedSet<String> values(JsonNode property) {
    return new TreeSet<>(texts(property.path("enum")));
  }

  /** A value of the right type, with every property there is; limits are not looked at. */
  static JsonNode sample(JsonNode schema) {
    var resolved = resolved(schema);
    if (resolved.has("properties")) {
      var object = Json.object();
      properties(resolved).forEach((name, property) -> object.set(name, sample(property)));
      return object;
    }
    if (resolved.has("enum")) {
      return resolved.get("enum").get(0);
    }
    return switch (resolved.get("type").asText()) {
      case "array" -> Json.tree(List.of(sample(resolved.get("items"))));
      case "boolean" -> Json.tree(true);
      case "integer" -> Json.tree(7);
      case "string" -> Json.tree("text");
      default -> throw new AssertionError("no sample for " + schema);
    };
  }
}
