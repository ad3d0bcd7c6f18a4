package software.amazon.custom.dmscrossaccounts3endpoint.local.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What AWS did, in plain words, operation by operation. The lines of an invocation belong to the
 * endpoint that its last line names; several invocations of one action on one endpoint are one
 * operation until one of them ends it.
 */
public final class Explanation {
  private final LogFile log;

  /** Creates the explanation of a log. */
  public Explanation(LogFile log) {
    this.log = log;
  }

  /** The explanation, line by line. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    Set<String> answered = new LinkedHashSet<>();
    for (var story : stories()) {
      lines.add(story.title());
      story.sentences().forEach(sentence -> lines.add("  " + sentence));
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

  private List<Story> stories() {
    var stories = new ArrayList<Story>();
    var open = new LinkedHashMap<String, List<JsonNode>>();
    var invocation = new ArrayList<JsonNode>();
    for (var line : log.lines()) {
      var kind = line.get("kind").asText();
      if (kind.equals("call")) {
        invocation.add(line);
      } else if (kind.equals("invocation")) {
        var title = line.path("action").asText() + " " + line.path("endpointArn").asText("");
        open.computeIfAbsent(title, t -> new ArrayList<>()).addAll(invocation);
        invocation.clear();
        if (!line.path("status").asText().equals("IN_PROGRESS")) {
          stories.add(new Story(title, open.remove(title), Optional.of(line)));
        }
      }
    }
    open.forEach((title, calls) -> stories.add(new Story(title, calls, Optional.empty())));
    return stories;
  }
}
