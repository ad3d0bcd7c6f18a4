package software.amazon.custom.dmscrossaccounts3endpoint.policies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses, decodes and compares policy documents. */
public final class PolicyDocuments {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PolicyDocuments() {}

  /**
   * Returns whether two documents are equivalent. The order of statements, actions, resources,
   * principals and keys is ignored, and a list of one value equals that value. A text that is not
   * JSON is equivalent to no document.
   */
  static boolean sayTheSame(String one, String other) {
    var first = tree(one).map(PolicyDocuments::canonical);
    return first.isPresent() && first.equals(tree(other).map(PolicyDocuments::canonical));
  }

  /** Returns a document as JSON; empty where it is not JSON. */
  static Optional<JsonNode> tree(String document) {
    try {
      return Optional.of(JSON.readTree(document));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the JSON text of a document in an answer of IAM. IAM encodes documents according to RFC
   * 3986 (API reference), in which a plus sign stands for itself. Some emulators use form encoding,
   * in which it stands for a space, or do not encode.
   *
   * @return the JSON text; empty for null
   */
  public static String decoded(@Nullable String document) {
    if (document == null || document.stripLeading().startsWith("{")) {
      return document == null ? "" : document;
    }
    var decoded = URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    return tree(decoded).isPresent()
        ? decoded
        : URLDecoder.decode(document, StandardCharsets.UTF_8);
  }

  private static JsonNode canonical(JsonNode node) {
    if (node.isObject()) {
      var object = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(p -> object.set(p.getKey(), canonical(p.getValue())));
      object.remove("Sid");
      return object;
    }
    if (node.isArray()) {
      var values = new ArrayList<JsonNode>();
      node.forEach(v -> values.add(canonical(v)));
      values.sort(Comparator.comparing(JsonNode::toString));
      return values.size() == 1
          ? values.get(0)
          : JsonNodeFactory.instance.arrayNode().addAll(values);
    }
    return node;
  }
}
