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

/** Policy documents by what they say, not by how they are written. */
public final class PolicyDocuments {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PolicyDocuments() {}

  /**
   * Whether two documents say the same: the order of statements, actions, resources, principals and
   * keys does not matter, nor whether a single value stands in a list. What is not JSON says the
   * same as nothing else.
   */
  static boolean sayTheSame(String one, String other) {
    var first = tree(one).map(PolicyDocuments::canonical);
    return first.isPresent() && first.equals(tree(other).map(PolicyDocuments::canonical));
  }

  /** A document as JSON; empty where it is none. */
  static Optional<JsonNode> tree(String document) {
    try {
      return Optional.of(JSON.readTree(document));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * A document as IAM returns it, as JSON. IAM encodes as RFC 3986 says (API reference), where a
   * plus sign is a plus sign; some emulators encode as forms do, where it is a space, or not at
   * all.
   *
   * @return the JSON; empty for null
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
