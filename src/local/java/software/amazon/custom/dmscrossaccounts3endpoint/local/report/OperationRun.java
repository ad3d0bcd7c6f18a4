package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One operation of CloudFormation on one endpoint, from the first invocation to the last event.
 *
 * @param name as people read it, such as {@code update without a change}
 * @param action {@code CREATE}, {@code READ}, {@code UPDATE}, {@code DELETE} or {@code LIST}
 * @param began when the provider was called first
 */
public record OperationRun(String name, String action, Instant began, List<ReportedEvent> events) {

  /**
   * A part of an operation in which it was doing one thing.
   *
   * @param name the phase, as the callback context has it
   */
  public record Phase(String name, Instant from, Instant to) {

    /** How long it took. */
    public Duration lasted() {
      return Duration.between(from, to);
    }
  }

  /** When it ended, or was last heard of. */
  public Instant ended() {
    return events.isEmpty() ? began : events.get(events.size() - 1).at();
  }

  /** How long it took. */
  public Duration lasted() {
    return Duration.between(began, ended());
  }

  /** How many calls it made. */
  public int calls() {
    return events.stream().mapToInt(event -> event.calls().size()).sum();
  }

  /** Whether its last event says so. */
  public boolean succeeded() {
    return status().equals("SUCCESS");
  }

  /** The status of its last event. */
  public String status() {
    return events.isEmpty() ? ReportedEvent.NO_ANSWER : events.get(events.size() - 1).status();
  }

  /** The error code of its last event, empty where it has none. */
  public String errorCode() {
    return events.isEmpty() ? "" : events.get(events.size() - 1).errorCode();
  }

  /** What it was doing when; events in a row with the same phase are one. */
  public List<Phase> phases() {
    var phases = new ArrayList<Phase>();
    var from = began;
    for (var event : events) {
      var last = phases.isEmpty() ? null : phases.get(phases.size() - 1);
      if (last != null && last.name().equals(event.phase())) {
        phases.set(phases.size() - 1, new Phase(last.name(), last.from(), event.at()));
      } else {
        phases.add(new Phase(event.phase(), from, event.at()));
      }
      from = event.at();
    }
    return phases;
  }
}
