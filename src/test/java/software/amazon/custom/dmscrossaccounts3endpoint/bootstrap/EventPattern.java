package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An event pattern (EventBridge user guide, comparison operators): texts, {@code wildcard}, {@code
 * anything-but} with texts or wildcards, {@code exists}, and {@code $or}.
 */
record EventPattern(JsonNode pattern) {

  /** Whether an event matches. */
  boolean matches(JsonNode event) {
    return object(pattern, event);
  }

  private static boolean object(JsonNode pattern, JsonNode event) {
    return pattern.properties().stream()
        .allMatch(
            member -> {
              var wanted = member.getValue();
              if (member.getKey().equals("$or")) {
                return elements(wanted).anyMatch(one -> object(one, event));
              }
              var held = event.path(member.getKey());
              return wanted.isObject()
                  ? object(wanted, held)
                  : elements(wanted).anyMatch(one -> operator(one, held));
            });
  }

  private static boolean operator(JsonNode wanted, JsonNode held) {
    if (wanted.isTextual()) {
      return held.equals(wanted);
    }
    var operator = wanted.properties().iterator().next();
    var argument = operator.getValue();
    return switch (operator.getKey()) {
      case "exists" -> argument.asBoolean() != held.isMissingNode();
      case "wildcard" -> held.isTextual() && like(argument.asText(), held.asText());
      // A member that is missing does not match it.
      case "anything-but" ->
          held.isTextual()
              && elements(argument.has("wildcard") ? argument.get("wildcard") : argument)
                  .noneMatch(one -> like(one.asText(), held.asText()));
      default -> throw new IllegalArgumentException("This test does not know " + wanted);
    };
  }

  private static boolean like(String wildcard, String text) {
    return text.matches(
        Stream.of(wildcard.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
