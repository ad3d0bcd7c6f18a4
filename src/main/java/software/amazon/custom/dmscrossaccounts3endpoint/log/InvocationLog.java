package software.amazon.custom.dmscrossaccounts3endpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of one invocation: one line of JSON for each call to AWS and one for the invocation, with
 * what decides, so that who meets AWS first can tell from it what AWS did. No credentials are in
 * it, and no values of extra connection attributes.
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
    this.secrets = secrets.stream().filter(s -> s.length() >= SHORTEST_SECRET).toList();
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
      write(line("message").put("message", message));
    }
  }

  /** Writes a call. */
  void call(ObjectNode call) {
    calls++;
    write(line("call").setAll(call));
  }

  /** Writes the invocation, at its end. */
  public void invocation(ObjectNode invocation) {
    if (isOn()) {
      write(line("invocation").put("calls", calls).setAll(invocation));
    }
  }

  private ObjectNode line(String kind) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("time", now.get().toString())
        .put("kind", kind)
        .put("action", action)
        .put("phase", phase);
  }

  private void write(JsonNode line) {
    var text = line.toString();
    for (var secret : secrets) {
      text = text.replace(quoted(secret), REDACTED);
    }
    if (lines != null) {
      lines.accept(text);
    }
  }

  /** A text as it stands within a line of JSON. */
  private static String quoted(String text) {
    var json = JsonNodeFactory.instance.textNode(text).toString();
    return json.substring(1, json.length() - 1);
  }
}
