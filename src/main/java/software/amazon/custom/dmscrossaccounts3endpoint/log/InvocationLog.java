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
 * The log of one invocation: one line of JSON for each call to AWS and one for the invocation, with
 * what decides, so that who meets AWS first can tell from it what AWS did. No credentials are in
 * it, and no values of extra connection attributes: they are redacted within texts, so that every
 * line stays JSON.
 *
 * <p>Without somewhere to write to, nothing is made: the log costs nothing.
 */
public final class InvocationLog {

  /** Shorter values could be part of anything. */
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
   * @param lines takes each line; null for no log
   * @param now tells the time
   * @param action of the request
   * @param secrets texts that never show
   */
  public InvocationLog(
      @Nullable Consumer<String> lines,
      Supplier<Instant> now,
      String action,
      Collection<String> secrets) {
    this.lines = lines;
    this.now = now;
    this.action = action;
    // The longest first: one that is part of another must not leave the rest of it.
    this.secrets =
        secrets.stream()
            .filter(s -> s.length() >= SHORTEST_SECRET)
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
  }

  /** Whether anything is written. */
  public boolean isOn() {
    return lines != null;
  }

  /** The calls from now on are made in this phase of the operation. */
  public void enter(String name) {
    phase = name;
  }

  /** Writes what somebody should know. */
  public void say(String message) {
    if (isOn()) {
      write("message", JsonNodeFactory.instance.objectNode().put("message", message));
    }
  }

  /** Writes a call. */
  void call(ObjectNode call) {
    calls++;
    write("call", call);
  }

  /** Writes the invocation, at its end. */
  public void invocation(ObjectNode invocation) {
    write(
        "invocation", JsonNodeFactory.instance.objectNode().put("calls", calls).setAll(invocation));
  }

  /** The first fields of a line are this type's own words, which are not redacted. */
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

  /** Returns the fields without secrets in their texts. */
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
