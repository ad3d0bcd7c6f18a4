package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/** Looks into policy documents and takes actions out of them. */
public final class Policies {

  private Policies() {}

  /** The actions that a document allows. */
  public static Set<String> allowedActions(JsonNode document) {
    var actions = new TreeSet<String>();
    allows(document).forEach(s -> actions.addAll(texts(s.get("Action"))));
    return actions;
  }

  /** The statements that allow something. */
  static List<JsonNode> allows(JsonNode document) {
    return StreamSupport.stream(document.get("Statement").spliterator(), false)
        .filter(s -> s.get("Effect").asText().equals("Allow"))
        .toList();
  }

  /** A text, or the texts of a list. */
  static List<String> texts(JsonNode value) {
    var texts = new ArrayList<String>();
    if (value.isArray()) {
      value.forEach(v -> texts.add(v.asText()));
    } else {
      texts.add(value.asText());
    }
    return texts;
  }

  /** Takes an action out of every statement that allows it. */
  public static UnaryOperator<ObjectNode> without(String action) {
    return without(action, statement -> true);
  }

  /** Takes an action out of one statement. */
  static UnaryOperator<ObjectNode> without(String action, String sid) {
    return without(action, statement -> statement.path("Sid").asText().equals(sid));
  }

  private static UnaryOperator<ObjectNode> without(String action, Predicate<JsonNode> where) {
    return document -> {
      var changed = document.deepCopy();
      var left = changed.arrayNode();
      for (var statement : changed.get("Statement")) {
        if (where.test(statement)) {
          withoutAction((ObjectNode) statement, action, left);
        } else {
          left.add(statement);
        }
      }
      changed.set("Statement", left);
      return changed;
    };
  }

  private static void withoutAction(ObjectNode statement, String action, ArrayNode left) {
    var actions = texts(statement.get("Action"));
    if (statement.get("Effect").asText().equals("Allow")) {
      actions.remove(action);
    }
    if (!actions.isEmpty()) {
      var list = statement.arrayNode();
      actions.forEach(list::add);
      statement.set("Action", list);
      left.add(statement);
    }
  }
}
