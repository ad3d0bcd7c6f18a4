package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Event;

/**
 * What was recorded, put together endpoint by endpoint.
 *
 * @param unattributed how many calls are those of no endpoint
 */
record EndpointRuns(List<EndpointRun> all, int unattributed) {

  static EndpointRuns of(List<EndpointRecorder> endpoints, List<Recorded.Called> calls) {
    var owners = new CallOwners(endpoints);
    Map<EndpointRecorder, List<Recorded.Called>> owned = new HashMap<>();
    var unattributed = 0;
    for (var called : calls) {
      var owner = owners.of(called.call());
      owner.ifPresent(of -> owned.computeIfAbsent(of, key -> new ArrayList<>()).add(called));
      unattributed += owner.isPresent() ? 0 : 1;
    }
    var all =
        endpoints.stream()
            .map(endpoint -> run(endpoint, owned.getOrDefault(endpoint, List.of())))
            .toList();
    return new EndpointRuns(all, unattributed);
  }

  private static EndpointRun run(EndpointRecorder endpoint, List<Recorded.Called> calls) {
    var assembly = new Assembly();
    Stream.concat(endpoint.log().stream(), calls.stream())
        .sorted(Comparator.comparingInt(Recorded::number))
        .forEach(assembly::add);
    return new EndpointRun(
        endpoint.subject(),
        assembly.arn,
        assembly.operations(),
        TrustHistory.of(calls.stream().map(Recorded.Called::call).toList()));
  }

  /** When the last thing happened, or now where that is later. */
  Instant lastOf(Instant now) {
    return all.stream()
        .flatMap(run -> run.operations().stream())
        .map(OperationRun::ended)
        .reduce(now, (a, b) -> a.isAfter(b) ? a : b);
  }

  /** Operations, as they come together from what was recorded in its order. */
  private static final class Assembly {
    private final List<OperationRun> operations = new ArrayList<>();
    private final List<ReportedCall> calls = new ArrayList<>();
    private List<ReportedEvent> events = new ArrayList<>();
    private Recorded.Asked asked;
    private boolean answered = true;
    private String phase;
    private String arn = "";

    private void add(Recorded recorded) {
      if (recorded instanceof Recorded.Asked next) {
        ask(next);
      } else if (recorded instanceof Recorded.Called called) {
        calls.add(ReportedCall.of(called.call()));
      } else if (recorded instanceof Recorded.Answered answer) {
        answer(answer.event());
      } else if (recorded instanceof Recorded.Unanswered unanswered) {
        event(unanswered.at(), ReportedEvent.NO_ANSWER, "", unanswered.reason());
      }
    }

    private void ask(Recorded.Asked next) {
      if (asked == null || !asked.token().equals(next.token())) {
        close();
        asked = next;
        phase = "BEGIN";
      }
      answered = false;
    }

    private void answer(Event event) {
      event(
          event.at(),
          event.status().name(),
          event.errorCode().map(Enum::name).orElse(""),
          event.message());
      // A failure that is repeated goes on from the context before it.
      event.callbackContext().ifPresent(context -> phase = context.path("phase").asText());
      event.model().map(model -> model.path("EndpointArn").asText()).ifPresent(this::arn);
    }

    private void arn(String text) {
      if (!text.isEmpty()) {
        arn = text;
      }
    }

    private void event(Instant at, String status, String errorCode, String message) {
      events.add(new ReportedEvent(at, status, phase, errorCode, message, List.copyOf(calls)));
      calls.clear();
      answered = true;
    }

    private void close() {
      if (asked == null) {
        return;
      }
      if (!answered) {
        var at = calls.isEmpty() ? asked.at() : calls.get(calls.size() - 1).at();
        event(at, ReportedEvent.NO_ANSWER, "", "The run ended here.");
      }
      operations.add(
          new OperationRun(asked.name(), asked.action(), asked.at(), List.copyOf(events)));
      events = new ArrayList<>();
      asked = null;
    }

    private List<OperationRun> operations() {
      close();
      return List.copyOf(operations);
    }
  }
}
