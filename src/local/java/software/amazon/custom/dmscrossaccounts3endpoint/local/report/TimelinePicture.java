package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Draws the timeline of a run as an SVG picture: for each endpoint a row for phases and events, and
 * one for the calls of each service. OwnershipTags of one moment are stacked.
 */
final class TimelinePicture {
  private static final double LEFT = 84;
  private static final double RIGHT = 946;
  private static final double LETTER = 6.2;
  private static final double ROW = 16;
  private static final double MARK = 7;
  private static final double TALLEST_STACK = 72;
  private static final int MOST_TICKS = 12;
  private static final int[] TICKS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600};

  private static final String STYLE =
      """
      text { font: 11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--ink); }
      .row, .legend, .tick { fill: var(--soft); }
      .tick { font-size: 10px; text-anchor: middle; }
      .operation { font-weight: 600; }
      .heading { font-size: 15px; font-weight: 600; }
      .paper { fill: var(--paper); }
      .grid { stroke: var(--grid); }
      .leader { stroke: var(--soft); stroke-width: .8; }
      .call { fill: var(--other); stroke: var(--other); }
      .dms { fill: var(--dms); stroke: var(--dms); }
      .iam { fill: var(--iam); stroke: var(--iam); }
      .sts { fill: var(--sts); stroke: var(--sts); }
      .refused { fill: var(--paper); }
      .event { stroke-width: 1.4; stroke: var(--soft); fill: var(--paper); }
      .SUCCESS { stroke: var(--good); fill: var(--good); }
      .FAILED, .NO_ANSWER { stroke: var(--bad); fill: var(--bad); }
      """;

  /** An event or a call: its time and its style. */
  private record Mark(double at, String style) {}

  private final RunReport report;
  private final StringBuilder body = new StringBuilder();
  private final List<String> phases;
  private final double width;
  private double y = 40;

  private TimelinePicture(RunReport report) {
    this.report = report;
    var operations = report.endpoints().stream().flatMap(e -> e.operations().stream()).toList();
    this.phases =
        operations.stream()
            .flatMap(o -> o.phases().stream())
            .map(p -> p.name())
            .distinct()
            .toList();
    // As wide as it can be with the label of every operation beside its beginning.
    this.width =
        operations.stream()
            .filter(o -> o.at() > 0)
            .mapToDouble(
                o -> (RIGHT - LEFT - label(o).length() * LETTER) * report.seconds() / o.at())
            .reduce(RIGHT - LEFT, Math::min);
  }

  static String svg(RunReport report) {
    return ReportPage.text(new TimelinePicture(report).draw());
  }

  private String draw() {
    var ready = report.endpoints().stream().map(e -> e.ready()).filter(r -> r != null).findFirst();
    var heading =
        "%s, %s, %d events, %d calls, %s"
            .formatted(
                report.facts().title(),
                ready.map(r -> "ready after " + Seconds.of(r) + " s").orElse("not ready"),
                report.events().count(),
                report.calls().count(),
                report.held() ? "every step held" : "a step did not hold");
    text(0, 22, "heading", heading);
    legend();
    report.endpoints().forEach(this::endpoint);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 0 980 %1$s" role="img" aria-label="%2$s">
    <style>
    %3$s%4$s</style>
    <rect class="paper" x="-10" y="0" width="980" height="%1$s" rx="8"/>
    %5$s</svg>
    """
        .formatted(number(y), escaped(heading), ReportPage.resource("palette.css"), STYLE, body);
  }

  private void legend() {
    var x = 0.0;
    for (var phase : phases) {
      rect(x, y, 16, 12, style(phase));
      x = legend(x + 20, phase.toLowerCase(Locale.ROOT));
    }
    y += ROW + 6;
    x = 0;
    for (var status : List.of("IN_PROGRESS", "SUCCESS", "FAILED")) {
      circle(x + 5, y + 6, "event " + status);
      x = legend(x + 14, status.toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    for (var service : services(report.calls().toList()).keySet()) {
      rect(x, y, 5, 12, "call " + service);
      x = legend(x + 10, service + " call");
    }
    rect(x, y, 5, 12, "call refused");
    legend(x + 10, "hollow: AWS answered with an error");
    y += ROW + 10;
  }

  private double legend(double x, String text) {
    text(x, y + 10, "legend", text);
    return x + text.length() * LETTER + 16;
  }

  private void endpoint(RunReport.Endpoint endpoint) {
    if (report.endpoints().size() > 1) {
      text(0, y + 12, "operation", endpoint.name());
      y += ROW;
    }
    var top = y;
    operations(endpoint.operations());
    var events = endpoint.operations().stream().flatMap(o -> o.events().stream()).toList();
    row("events", events.stream().map(e -> new Mark(e.at(), "event " + e.status())).toList());
    services(events.stream().flatMap(e -> e.calls().stream()).toList()).forEach(this::row);
    for (var tick = 0; tick <= report.seconds(); tick += step()) {
      line(x(tick), top, y, "grid");
      text(x(tick), y + 12, "tick", tick + " s");
    }
    y += 24;
  }

  /** A label above the next one: no line from a label to its operation crosses another label. */
  private void operations(List<RunReport.Operation> operations) {
    var bottom = y + operations.size() * ROW;
    text(0, bottom + 12, "row", "phases");
    for (var operation : operations) {
      line(x(operation.at()), y + 2, bottom, "leader");
      text(x(operation.at()) + 4, y + 12, "operation", label(operation));
      y += ROW;
      for (var phase : operation.phases()) {
        var wide = Math.max(1.5, x(phase.to()) - x(phase.from()));
        rect(x(phase.from()), bottom, wide, ROW, style(phase.name()));
      }
    }
    y += ROW + 8;
  }

  private void row(String name, List<Mark> marks) {
    var stacks =
        marks.stream()
            .collect(
                Collectors.groupingBy(
                    mark -> Math.round(x(mark.at()) / MARK), TreeMap::new, Collectors.toList()));
    var tallest = stacks.values().stream().mapToInt(List::size).max().orElse(1);
    var step = Math.min(MARK + 1, TALLEST_STACK / tallest);
    y += Math.max(ROW, tallest * step);
    text(0, y - 2, "row", name);
    stacks.forEach(
        (column, stack) -> {
          var top = y;
          for (var mark : stack) {
            top -= step;
            if (mark.style().startsWith("event")) {
              circle(column * MARK, top + step / 2, mark.style());
            } else {
              rect(column * MARK - 2, top, 4, step - 2, mark.style());
            }
          }
        });
    y += 8;
  }

  private static Map<String, List<Mark>> services(List<RunReport.Call> calls) {
    var services = new TreeMap<String, List<Mark>>();
    for (var call : calls) {
      var style = "call " + call.service() + (call.error().isEmpty() ? "" : " refused");
      services
          .computeIfAbsent(call.service(), key -> new ArrayList<>())
          .add(new Mark(call.at(), style));
    }
    return services;
  }

  private static String label(RunReport.Operation operation) {
    return operation.name() + " " + Seconds.of(operation.lasted()) + " s";
  }

  /** Colors go by the order in which phases come first: a phase may have any name. */
  private String style(String phase) {
    return "phase p" + phases.indexOf(phase) % 8;
  }

  private double x(double seconds) {
    return LEFT + width * seconds / Math.max(report.seconds(), 0.001);
  }

  private int step() {
    var step = TICKS[0];
    for (var i = 1; report.seconds() / step > MOST_TICKS; i++) {
      step = i < TICKS.length ? TICKS[i] : step * 2;
    }
    return step;
  }

  private void line(double x, double top, double bottom, String style) {
    add("<line class='%s' x1='%s' y1='%s' x2='%s' y2='%s'/>", style, x, top, x, bottom);
  }

  private void rect(double x, double top, double wide, double high, String style) {
    add("<rect class='%s' x='%s' y='%s' width='%s' height='%s'/>", style, x, top, wide, high);
  }

  private void circle(double x, double middle, String style) {
    add("<circle class='%s' cx='%s' cy='%s' r='3.6'/>", style, x, middle);
  }

  private void text(double x, double base, String style, String text) {
    add("<text class='%s' x='%s' y='%s'>%s</text>", style, x, base, text);
  }

  /** Adds an element; every number is rounded, and every text escaped. */
  private void add(String format, Object... parts) {
    for (var i = 0; i < parts.length; i++) {
      parts[i] = parts[i] instanceof Double d ? number(d) : escaped((String) parts[i]);
    }
    body.append(format.replace('\'', '"').formatted(parts)).append('\n');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
