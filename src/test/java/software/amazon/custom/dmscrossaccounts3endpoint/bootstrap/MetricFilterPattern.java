package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A metric filter's pattern for events of JSON (CloudWatch Logs user guide, filter pattern syntax):
 * members that are equal to a text, in which {@code *} stands for any text, joined by {@code &&},
 * {@code ||} and parentheses. Whatever else there is of the syntax is refused.
 */
final class MetricFilterPattern {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern COMPARISON =
      Pattern.compile("\\$\\.([A-Za-z]+) *= *\"([^\"*]*)(\\*?)\"");

  private final String text;
  private int at;

  private MetricFilterPattern(String text) {
    this.text = text;
  }

  /**
   * Reads a pattern.
   *
   * @return whether an event matches it; one that is no JSON object does not
   */
  static Predicate<String> of(String pattern) {
    var stripped = pattern.strip();
    if (!stripped.startsWith("{") || !stripped.endsWith("}")) {
      throw new IllegalArgumentException("Not a pattern for JSON: " + pattern);
    }
    var parser = new MetricFilterPattern(stripped.substring(1, stripped.length() - 1).strip());
    var expression = parser.any();
    if (parser.at < parser.text.length()) {
      throw parser.wrong();
    }
    return event -> {
      try {
        var node = JSON.readTree(event);
        return node != null && node.isObject() && expression.test(node);
      } catch (JsonProcessingException e) {
        return false;
      }
    };
  }

  private Predicate<JsonNode> any() {
    var expression = all();
    while (takes("||")) {
      expression = expression.or(all());
    }
    return expression;
  }

  private Predicate<JsonNode> all() {
    var expression = one();
    while (takes("&&")) {
      expression = expression.and(one());
    }
    return expression;
  }

  private Predicate<JsonNode> one() {
    if (takes("(")) {
      var expression = any();
      if (!takes(")")) {
        throw wrong();
      }
      return expression;
    }
    var found = COMPARISON.matcher(text).region(at, text.length());
    if (!found.lookingAt()) {
      throw wrong();
    }
    at = found.end();
    var member = found.group(1);
    var wanted = found.group(2);
    return found.group(3).isEmpty()
        ? event -> event.path(member).asText().equals(wanted)
        : event -> event.path(member).isTextual() && event.get(member).asText().startsWith(wanted);
  }

  private boolean takes(String token) {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return true;
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("This test does not know: " + text.substring(at));
  }
}
