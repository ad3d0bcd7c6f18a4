package software.amazon.custom.dmscrossaccounts3endpoint.local.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * The lines of the type's log in a file: as they are, after a time stamp of some tool's, or in the
 * answer of {@code aws logs filter-log-events}.
 *
 * @param lines lines of the type, in their order
 * @param others number of the other lines
 */
public record LogFile(List<JsonNode> lines, int others) {

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException where it is empty, no text, or JSON that is no log; the
   *     message is the predicate of a sentence about the file
   */
  public static LogFile read(byte[] file) {
    var text = text(file);
    var log = of(text.lines().toList());
    // An answer of filter-log-events has its lines in quotation marks: none of them reads as one.
    return log.lines.isEmpty() && text.matches("(?s)\\s*[\\[{].*") ? of(messages(text)) : log;
  }

  private static String text(byte[] file) {
    if (file.length > 1 && file[0] == 0x1f && file[1] == (byte) 0x8b) {
      throw new IllegalArgumentException("is a gzip file: unpack it first");
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      if (text.isBlank()) {
        throw new IllegalArgumentException("is empty");
      }
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // As below.
    }
    throw new IllegalArgumentException("is not a text file in UTF-8");
  }

  private static LogFile of(List<String> texts) {
    var lines = new ArrayList<JsonNode>();
    var others = 0;
    for (var text : texts) {
      var start = text.indexOf('{');
      if (start >= 0 && isOfTheType(text.substring(start))) {
        lines.add(Json.object(text.substring(start)));
      } else if (!text.isBlank()) {
        others++;
      }
    }
    return new LogFile(lines, others);
  }

  private static boolean isOfTheType(String text) {
    try {
      var node = Json.parse(text.getBytes(StandardCharsets.UTF_8));
      return node.hasNonNull("kind")
          && node.hasNonNull("time")
          && Instant.parse(node.get("time").asText()).isBefore(Instant.MAX);
    } catch (JsonProcessingException | DateTimeException e) {
      return false;
    }
  }

  private static List<String> messages(String text) {
    try {
      var whole = Json.parse(text.getBytes(StandardCharsets.UTF_8));
      if (whole.path("events").isArray()) {
        return StreamSupport.stream(whole.get("events").spliterator(), false)
            .flatMap(event -> event.path("message").asText().lines())
            .toList();
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException(
        "is JSON, but neither lines of the type's log nor the answer of aws logs"
            + " filter-log-events");
  }
}
