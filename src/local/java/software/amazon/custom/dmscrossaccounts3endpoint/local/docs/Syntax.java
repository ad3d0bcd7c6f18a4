package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * The syntax of a declaration: every property with the name of its type for a value. Both forms are
 * what they show, JSON and YAML, so that they can be pasted and filled in.
 */
final class Syntax {

  private Syntax() {}

  /** A whole resource. */
  static String ofResource(String typeName, List<Property> properties) {
    var resource = Json.object().put("Type", typeName);
    resource.set("Properties", tree(properties));
    return section(resource);
  }

  /** The type configuration, or a part of it, which is given in JSON only. */
  static String ofTypeConfiguration(List<Property> properties) {
    return json(tree(properties));
  }

  /** The value of a property. */
  static String ofObject(List<Property> properties) {
    return section(tree(properties));
  }

  private static ObjectNode tree(List<Property> properties) {
    var tree = Json.object();
    for (var property : properties) {
      var type = TypeNames.ofValue(property.schema());
      if (TypeNames.isList(property.schema())) {
        tree.putArray(property.name()).add(type);
      } else {
        tree.put(property.name(), type);
      }
    }
    return tree;
  }

  private static String section(ObjectNode tree) {
    return "### JSON\n\n" + json(tree) + "\n### YAML\n\n" + yaml(tree);
  }

  /** The pretty printer ends lines as the machine does; pages are the same everywhere. */
  private static String json(ObjectNode tree) {
    return Markdown.block("json", Json.pretty(tree).lines().collect(joining("\n")));
  }

  private static String yaml(ObjectNode tree) {
    var yaml = new StringBuilder();
    writeYaml(tree, "", yaml);
    return Markdown.block("yaml", yaml.toString().stripTrailing());
  }

  /** Names of types and properties need no quotation marks in YAML. */
  private static void writeYaml(ObjectNode tree, String indent, StringBuilder yaml) {
    for (var entry : tree.properties()) {
      yaml.append(indent).append(entry.getKey()).append(':');
      JsonNode value = entry.getValue();
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
}
