package software.amazon.custom.dmscrossaccounts3endpoint.local.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Explains what AWS did, operation by operation. The lines of an invocation belong to the endpoint
 * that its last line names; several invocations of one action on one endpoint are one operation
 * until one of them ends it.
 */
public final class Explanation {
  private final LogFile log;

  /** Creates the explanation of a log. */
  public Explanation(LogFile log) {
    this.log = log;
  }

  /** Returns the explanation line by line; times are since the log's first line. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    Set<String> answered = new LinkedHashSet<>();
    for (var story : stories()) {
      lines.add(timed(story.begin(), story.title()));
      story.sentences().forEach(each -> lines.add(timed(each.at(), "  " + each.text())));
      answered.addAll(story.answered());
    }
    if (lines.isEmpty()) {
      lines.add("No operation of the type is in this log.");
    }
    if (!answered.isEmpty()) {
      lines.add("Open questions (guide/open-questions.md) that this answers:");
      answered.forEach(heading -> lines.add("  " + heading));
    }
    lines.add("Read: %d lines of the type, %d others.".formatted(log.lines().size(), log.others()));
    return lines;
  }

  private String timed(Instant at, String text) {
    var since = Duration.between(Story.time(log.lines().get(0)), at).toMillis() / 1000.0;
    return String.format(
        Locale.ROOT, "%9s  %s", String.format(Locale.ROOT, "%+.1f s", since), text);
  }

  private List<Story> stories() {
    var stories = new ArrayList<Story>();
    var open = new LinkedHashMap<String, List<JsonNode>>();
    var invocation = new ArrayList<JsonNode>();
    for (var line : log.lines()) {
      var kind = line.get("kind").asText();
      if (kind.equals("call")) {
        invocation.add(line);
      } else if (kind.equals("invocation")) {
        var title = title(line, line.path("endpointArn").asText(""));
        open.computeIfAbsent(title, t -> new ArrayList<>()).addAll(invocation);
        invocation.clear();
        if (line.path("status").asText().equals("IN_PROGRESS")) {
          open.get(title).add(line);
        } else {
          stories.add(new Story(title, open.remove(title), Optional.of(line)));
        }
      }
    }
    if (!invocation.isEmpty()) {
      var title = title(invocation.get(0), arn(invocation));
      open.computeIfAbsent(title, t -> new ArrayList<>()).addAll(invocation);
    }
    open.forEach((title, lines) -> stories.add(new Story(title, lines, Optional.empty())));
    return stories;
  }

  private static String title(JsonNode line, String arn) {
    return (line.path("action").asText() + " " + arn).strip();
  }

  /** Returns the endpoint that calls without an end show; empty where they show none. */
  private static String arn(List<JsonNode> calls) {
    return calls.stream()
        .map(call -> call.at("/endpoints/0/arn").asText())
        .filter(arn -> !arn.isEmpty())
        .findFirst()
        .orElse("");
  }
}
