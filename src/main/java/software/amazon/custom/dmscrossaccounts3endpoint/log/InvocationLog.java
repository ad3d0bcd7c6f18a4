package software.amazon.custom.dmscrossaccounts3endpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Log of one invocation: one JSON line for each call to AWS, and one for the invocation. The lines
 * contain the facts on which the handlers decide, so that they show how AWS behaved. They contain
 * no credentials and no values of extra connection attributes. These are redacted within the string
 * values, so that every line stays valid JSON.
 *
 * <p>A log without a consumer creates no lines.
 */
public final class InvocationLog {

  /** Shorter values are not redacted, because they occur in many other texts. */
  private static final int SHORTEST_SECRET = 3;

  private static final String REDACTED = "***";

  private final @Nullable Consumer<String> lines;
  private final Supplier<Instant> now;
  private final String action;
  private final List<String> secrets;
  private @Nullable String phase;
  private int calls;

  /**
   * Creates the log of an invocation.
   *
   * @param lines receives each line; null for no log
   * @param now supplies the present time
   * @param action action of the request
   * @param secrets texts to redact
   */
  public InvocationLog(
      @Nullable Consumer<String> lines,
      Supplier<Instant> now,
      String action,
      Collection<String> secrets) {
    this.lines = lines;
    this.now = now;
    this.action = action;
    // Longest first: a secret that is part of another one must not leave the rest of that one.
    this.secrets =
        secrets.stream()
            .filter(s -> s.length() >= SHORTEST_SECRET)
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
  }

  /** Returns whether the log has a consumer. */
  public boolean isOn() {
    return lines != null;
  }

  /** Sets the phase of the operation for the lines that follow. */
  public void enter(String name) {
    phase = name;
  }

  /** Writes a message. */
  public void say(String message) {
    if (isOn()) {
      write("message", JsonNodeFactory.instance.objectNode().put("message", message));
    }
  }

  /** Writes the line of a call to AWS. */
  void call(ObjectNode call) {
    calls++;
    write("call", call);
  }

  /** Writes the line of the invocation, at its end. */
  public void invocation(ObjectNode invocation) {
    write(
        "invocation", JsonNodeFactory.instance.objectNode().put("calls", calls).setAll(invocation));
  }

  /** Writes a line. Its first fields are constants of this type and are not redacted. */
  private void write(String kind, ObjectNode fields) {
    if (lines != null) {
      var line =
          JsonNodeFactory.instance
              .objectNode()
              .put("time", now.get().toString())
              .put("kind", kind)
              .put("action", action)
              .put("phase", phase);
      lines.accept(line.setAll(redacted(fields)).toString());
    }
  }

  /** Returns the fields with redacted string values. */
  private Map<String, JsonNode> redacted(ObjectNode fields) {
    var redacted = new LinkedHashMap<String, JsonNode>();
    fields.properties().forEach(field -> redacted.put(field.getKey(), redacted(field.getValue())));
    return redacted;
  }

  private JsonNode redacted(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return JsonNodeFactory.instance.objectNode().setAll(redacted(object));
    }
    if (value instanceof ArrayNode array) {
      var redacted = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> redacted.add(redacted(element)));
      return redacted;
    }
    return value instanceof TextNode text ? TextNode.valueOf(redacted(text.textValue())) : value;
  }

  private String redacted(String text) {
    var redacted = text;
    for (var secret : secrets) {
      redacted = redacted.replace(secret, REDACTED);
    }
    return redacted;
  }
}
