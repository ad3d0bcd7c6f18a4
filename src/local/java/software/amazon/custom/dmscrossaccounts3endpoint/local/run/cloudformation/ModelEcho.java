package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what was asked for with what came back. Properties that only came back are defaults and
 * no difference; an empty value and an absent one are the same, since the runtime drops empty ones.
 */
final class ModelEcho {
  private final ResourceSchema schema;
  private final boolean stackHasTags;

  /**
   * Compares models of one type.
   *
   * @param schema says where the order of items matters
   * @param stackHasTags whether the tags that come back may hold those of the stack as well
   */
  ModelEcho(ResourceSchema schema, boolean stackHasTags) {
    this.schema = schema;
    this.stackHasTags = stackHasTags;
  }

  /**
   * Finds what did not come back as it was.
   *
   * @return JSON pointers of the properties that differ
   */
  List<String> differences(ObjectNode asked, ObjectNode returned) {
    var result = new ArrayList<String>();
    compareObjects(
        "", schema.readableAndWritable(asked), schema.readableAndWritable(returned), result);
    return result;
  }

  private void compareObjects(String path, JsonNode in, JsonNode out, List<String> differences) {
    in.properties()
        .forEach(
            field ->
                compare(
                    path + "/" + field.getKey(),
                    field.getValue(),
                    out.path(field.getKey()),
                    differences));
  }

  private void compare(String path, JsonNode in, JsonNode out, List<String> differences) {
    if (isEmpty(in) && isEmpty(out)) {
      return;
    }
    if (in.isObject() && out.isObject()) {
      compareObjects(path, in, out, differences);
    } else if (!same(path, in, out)) {
      differences.add(path);
    }
  }

  private boolean same(String path, JsonNode in, JsonNode out) {
    return (in.isArray() && out.isArray()) ? sameItems(path, in, out) : sameScalar(in, out);
  }

  private static boolean sameScalar(JsonNode in, JsonNode out) {
    return (in.isNumber() && out.isNumber())
        ? in.decimalValue().compareTo(out.decimalValue()) == 0
        : in.equals(out);
  }

  private boolean sameItems(String path, JsonNode in, JsonNode out) {
    if (schema.keepsOrder(path)) {
      return in.equals(out);
    }
    var rest = new ArrayList<JsonNode>();
    out.forEach(rest::add);
    for (var item : in) {
      if (!rest.remove(item)) {
        return false;
      }
    }
    return rest.isEmpty() || (stackHasTags && path.equals(schema.tagProperty()));
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isMissingNode()
        || (node.isContainerNode() && node.isEmpty())
        || (node.isTextual() && node.asText().isEmpty());
  }
}
