package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.Locale;

/** How a drawing calls things. */
final class Words {
  private Words() {}

  static String phase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** A class of the style sheet for each phase. */
  static String phaseStyle(String name) {
    return "phase phase-" + phase(name).replaceAll("[^a-z]", "");
  }

  /** A class for each service; those that the type hardly calls share one. */
  static String serviceStyle(ReportedCall call) {
    var known =
        switch (call.service()) {
          case "dms", "iam", "sts" -> call.service();
          default -> "other";
        };
    return "call " + known + (call.refused() ? " refused" : "");
  }

  static String eventStyle(ReportedEvent event) {
    return "event "
        + switch (event.status()) {
          case "SUCCESS" -> "success";
          case "IN_PROGRESS" -> "progress";
          default -> "failed";
        };
  }

  static String operation(OperationRun operation) {
    return operation.name() + " " + Seconds.of(operation.lasted()) + " s";
  }

  static String event(TimeScale scale, OperationRun operation, ReportedEvent event) {
    return "%s  %s  %s  %s"
        .formatted(scale.inWords(event.at()), operation.name(), event.status(), event.text())
        .strip();
  }

  /** Without the message: a page with very many events says each message once. */
  static String eventInShort(TimeScale scale, OperationRun operation, ReportedEvent event) {
    return "%s  %s  %s  %s"
        .formatted(scale.inWords(event.at()), operation.name(), event.status(), event.errorCode())
        .strip();
  }

  static String phase(TimeScale scale, OperationRun operation, OperationRun.Phase phase) {
    return "%s: %s, %s to %s"
        .formatted(
            operation.name(),
            phase(phase.name()),
            scale.inWords(phase.from()),
            scale.inWords(phase.to()));
  }

  static String many(int number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }
}
