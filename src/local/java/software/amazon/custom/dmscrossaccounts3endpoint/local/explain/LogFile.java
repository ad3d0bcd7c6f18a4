package software.amazon.custom.dmscrossaccounts3endpoint.local.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The lines of the type's log in a text: as they are, after a time stamp of some tool's, or in the
 * answer of {@code aws logs filter-log-events}.
 *
 * @param lines those of the type, in their order
 * @param others how many lines are not the type's
 */
public record LogFile(List<JsonNode> lines, int others) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads a text; whatever is not the type's is counted. */
  public static LogFile read(String text) {
    var lines = new ArrayList<JsonNode>();
    var others = 0;
    for (var line : messages(text)) {
      var start = line.indexOf('{');
      var node = start < 0 ? null : parsed(line.substring(start));
      if (node != null && node.hasNonNull("kind") && node.hasNonNull("time")) {
        lines.add(node);
      } else if (!line.isBlank()) {
        others++;
      }
    }
    return new LogFile(lines, others);
  }

  private static List<String> messages(String text) {
    var whole = parsed(text);
    if (whole == null || !whole.path("events").isArray()) {
      return text.lines().toList();
    }
    return StreamSupport.stream(whole.get("events").spliterator(), false)
        .flatMap(event -> event.path("message").asText().lines())
        .toList();
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
