package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reports of runs that never were: of any size, and with any text in them. */
final class MadeUpRuns {
  private static final String BEGAN = "2026-01-01T00:00:00Z";
  private static final List<String> CALLS =
      List.of("sts:AssumeRole", "dms:DescribeEndpoints", "iam:CreateRole", "dms:CreateEndpoint");

  private MadeUpRuns() {}

  /** A failed run in which everything that comes from outside is this text. */
  static RunReport saying(String text) {
    return new RunReport(
        new RunFacts(text, text, Map.of(text, text), Map.of("111122223333", text)),
        false,
        text,
        text,
        BEGAN,
        20,
        List.of(endpoint(text, text, 0, text)),
        List.of(new RunReport.Call(1, text, text, text)),
        List.of(new RunReport.AccountLeft("111122223333", text, List.of(text))));
  }

  /** A run of many endpoints in three groups. */
  static RunReport ofEndpoints(int inEachGroup) {
    var endpoints = new ArrayList<RunReport.Endpoint>();
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
    return new RunReport(
        new RunFacts("A fleet", "A::B::C", Map.of("Region", "eu-central-1"), Map.of()),
        true,
        "every step held",
        "",
        BEGAN,
        60 + inEachGroup,
        List.copyOf(endpoints),
        List.of(),
        List.of());
  }

  private static RunReport.Endpoint endpoint(String name, String group, int at, String message) {
    var operations = new ArrayList<RunReport.Operation>();
    for (var action : List.of("CREATE", "READ", "DELETE")) {
      var events = new ArrayList<RunReport.Event>();
      for (var i = 1; i <= 6; i++) {
        var time = at + 2.0 * i;
        events.add(
            new RunReport.Event(
                time,
                i < 6 ? "IN_PROGRESS" : action.equals("READ") ? "FAILED" : "SUCCESS",
                i < 3 ? "GRANT" : "HANDSHAKE",
                "",
                message,
                CALLS.stream()
                    .map(c -> new RunReport.Call(time, c.split(":")[0], c.split(":")[1], ""))
                    .toList()));
      }
      operations.add(
          new RunReport.Operation(
              action,
              action,
              at,
              events.get(5).status(),
              List.of(
                  new RunReport.Phase("GRANT", at, at + 4),
                  new RunReport.Phase("HANDSHAKE", at + 4, at + 12)),
              events));
    }
    return new RunReport.Endpoint(
        name,
        group,
        "arn:" + name,
        name,
        12.0,
        operations,
        List.of(
            new RunReport.TrustVersion(at, "CreateRole", List.of("{", "}")),
            new RunReport.TrustVersion(at + 3, "UpdateAssumeRolePolicy", List.of(message))));
  }
}
