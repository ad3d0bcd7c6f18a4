package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reports of runs that never were: of any size, and with any text in them. */
final class MadeUpRuns {
  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> CALLS =
      List.of("sts:AssumeRole", "dms:DescribeEndpoints", "iam:CreateRole", "dms:CreateEndpoint");

  private MadeUpRuns() {}

  /** A run in which everything that comes from outside is this text. */
  static RunReport saying(String text) {
    return new RunReport(
        new RunFacts("A run", text, Map.of(text, text), Map.of("111122223333", text)),
        Ending.failed(text, List.of("arn:aws:iam::111122223333:role/" + text)),
        text,
        BEGAN,
        BEGAN.plusSeconds(20),
        List.of(endpoint(text, text, 0, text)),
        List.of(call(0, text), call(1, text)),
        0);
  }

  /** A run of many endpoints in three groups. */
  static RunReport ofEndpoints(int inEachGroup) {
    var endpoints = new ArrayList<EndpointRun>();
    for (var group : List.of("dev", "test", "prod")) {
      for (var number = 1; number <= inEachGroup; number++) {
        endpoints.add(
            endpoint(
                group + "-lake-%02d".formatted(number),
                group,
                number,
                "Waiting for DMS to see the role (it is not configured properly.)"));
      }
    }
    var calls =
        endpoints.stream()
            .flatMap(run -> run.operations().stream())
            .flatMap(operation -> operation.events().stream())
            .flatMap(event -> event.calls().stream())
            .toList();
    return new RunReport(
        new RunFacts("A fleet", "A::B::C", Map.of("Region", "eu-central-1"), Map.of()),
        Ending.held(List.of()),
        "",
        BEGAN,
        BEGAN.plusSeconds(60L + inEachGroup),
        List.copyOf(endpoints),
        calls,
        0);
  }

  private static EndpointRun endpoint(String name, String group, int second, String message) {
    var began = BEGAN.plusSeconds(second);
    var operations = new ArrayList<OperationRun>();
    for (var action : List.of("CREATE", "READ", "DELETE")) {
      var events = new ArrayList<ReportedEvent>();
      for (var i = 1; i <= 6; i++) {
        var calls = new ArrayList<ReportedCall>();
        for (var call : CALLS) {
          calls.add(
              new ReportedCall(
                  began.plusSeconds(2L * i), call.split(":")[0], call.split(":")[1], ""));
        }
        events.add(
            new ReportedEvent(
                began.plusSeconds(2L * i),
                i < 6 ? "IN_PROGRESS" : "SUCCESS",
                i < 3 ? "GRANT" : "HANDSHAKE",
                "",
                message,
                calls));
      }
      operations.add(new OperationRun(action, action, began, List.copyOf(events)));
    }
    var lines = List.of("{", "  \"Version\" : \"2012-10-17\"", "}");
    var trust =
        new TrustHistory(
            name,
            List.of(
                new TrustVersion(began, "CreateRole", lines),
                new TrustVersion(
                    began.plus(Duration.ofSeconds(3)),
                    "UpdateAssumeRolePolicy",
                    List.of(message))));
    return new EndpointRun(
        new EndpointOfRun(name, group, Set.of()), "arn:" + name, List.copyOf(operations), trust);
  }

  private static ReportedCall call(int second, String text) {
    return new ReportedCall(BEGAN.plusSeconds(second), text, text, text);
  }
}
