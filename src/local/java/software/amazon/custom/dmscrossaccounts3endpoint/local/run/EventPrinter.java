package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Event;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Invocation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Listener;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.InvocationAborted;

/** Prints a line for each progress event, as the events of a stack are shown. */
final class EventPrinter implements Listener {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final PrintWriter out;
  private final boolean verbose;

  EventPrinter(PrintWriter out, boolean verbose) {
    this.out = out;
    this.verbose = verbose;
  }

  @Override
  public void answered(Invocation invocation, Event event) {
    var message =
        event.errorCode().map(code -> code + ": " + event.message()).orElseGet(event::message);
    out.println(
        "  %s  %-6s  %-11s  %s"
            .formatted(
                TIME.format(event.at().atZone(ZoneId.systemDefault())),
                invocation.operation().action(),
                event.status(),
                message)
            .stripTrailing());
    if (verbose) {
      out.println(Json.pretty(event.json()).indent(12).stripTrailing());
    }
    out.flush();
  }

  @Override
  public void aborted(Invocation invocation, InvocationAborted reason) {
    out.println(
        "  no answer to %s: %s".formatted(invocation.operation().action(), reason.getMessage()));
    out.flush();
  }
}
