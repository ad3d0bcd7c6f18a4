package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Templates as trees, with functions in their long form, so that JSON and YAML can be compared. */
final class JsonTemplates {
  private JsonTemplates() {}

  static JsonNode tree(String template) {
    return tree(NodeReader.read(template));
  }

  private static JsonNode tree(Node node) {
    var call = Nodes.call(node);
    return call.isPresent()
        ? Json.object().set(call.get().name(), argument(call.get()))
        : plain(node);
  }

  private static JsonNode plain(Node node) {
    if (node instanceof SequenceNode list) {
      var array = (ArrayNode) Json.tree(List.of());
      list.getValue().forEach(i -> array.add(tree(i)));
      return array;
    }
    if (Nodes.isScalar(node)) {
      return Json.tree(Nodes.text(node));
    }
    var object = Json.object();
    Nodes.entries(node).forEach((name, value) -> object.set(name, tree(value)));
    return object;
  }

  /** {@code !GetAtt A.B} is {@code [A, B]} in JSON. */
  private static JsonNode argument(Nodes.Call call) {
    return call.name().equals("Fn::GetAtt") && Nodes.isScalar(call.argument())
        ? Json.tree(List.of(Nodes.text(call.argument()).split("\\.", 2)))
        : plain(call.argument());
  }
}
