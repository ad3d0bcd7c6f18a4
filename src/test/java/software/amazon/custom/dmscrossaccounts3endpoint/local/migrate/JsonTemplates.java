package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Templates as trees, with functions in their long form, so that JSON and YAML can be compared. */
final class JsonTemplates {
  private JsonTemplates() {}

  /** A template in YAML, as one in JSON. */
  static String of(String yaml) {
    return Json.pretty(tree(yaml)) + "\n";
  }

  static ObjectNode tree(String template) {
    return (ObjectNode) tree(SourceText.read(template).root());
  }

  private static JsonNode tree(Part part) {
    var call = part.call();
    if (call.isPresent() && !part.tag().isEmpty()) {
      return Json.object().set(call.get().name(), argument(call.get()));
    }
    return switch (part.kind()) {
      case NOTHING -> Json.tree(null);
      case SCALAR -> Json.tree(part.text());
      case SEQUENCE -> {
        var list = (ArrayNode) Json.tree(List.of());
        part.items().forEach(i -> list.add(tree(i)));
        yield list;
      }
      case MAPPING -> {
        var object = Json.object();
        part.entries().forEach(e -> object.set(e.name(), tree(e.value())));
        yield object;
      }
    };
  }

  /** {@code !GetAtt A.B} is {@code [A, B]} in JSON. */
  private static JsonNode argument(Part.Call call) {
    return call.name().equals("Fn::GetAtt") && call.argument().isLiteral()
        ? Json.tree(List.of(call.argument().text().split("\\.", 2)))
        : tree(call.argument());
  }
}
