package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The timeline of many endpoints: a lane for each, with its phases and events above and its calls
 * below. Calls of one service that would cover each other are one mark.
 */
final class FleetTimeline {
  private static final double WIDTH = 960;
  private static final double GUTTER = 150;
  private static final double MARGIN = 64;
  private static final double COLUMN = 3;
  private static final int LONGEST_NAME = 22;

  /** With more lanes than this they are lower. */
  private static final int MANY = 40;

  private static final List<String> SERVICES = List.of("dms", "iam", "sts");

  private final RunReport.Group group;
  private final TimeScale scale;
  private final double lane;
  private final Drawing.Canvas canvas = new Drawing.Canvas();

  private FleetTimeline(RunReport.Group group, Instant began, Duration lasted) {
    this.group = group;
    this.scale = new TimeScale(began, lasted, GUTTER, WIDTH - GUTTER - MARGIN);
    this.lane = group.endpoints().size() > MANY ? 13 : 20;
  }

  static Drawing of(String id, RunReport.Group group, Instant began, Duration lasted) {
    return new FleetTimeline(group, began, lasted).draw(id);
  }

  private Drawing draw(String id) {
    var top = 14.0;
    canvas.label(WIDTH, top - 4, "tick end", "ready after");
    var y = top;
    for (var run : group.endpoints()) {
      lane(run, y);
      y += lane;
    }
    canvas.axis(scale, top, y);
    var endpoints = Words.many(group.endpoints().size(), "endpoint");
    return canvas.drawing(
        id,
        "Timeline of " + endpoints + (group.name().isEmpty() ? "" : " in " + group.name()),
        ReadyTimes.of(group.endpoints())
            .map(
                times ->
                    "Ready after %s to %s s."
                        .formatted(Seconds.of(times.least()), Seconds.of(times.most())))
            .orElse("None was ready."),
        WIDTH,
        y + 22);
  }

  private void lane(EndpointRun run, double y) {
    var middle = y + lane * 0.28;
    canvas.label(0, y + lane - 4, "row", shortened(run.name()));
    canvas.label(
        WIDTH,
        y + lane - 4,
        "ready",
        run.timeToReady().map(time -> Seconds.of(time) + " s").orElse("not"));
    canvas.line(GUTTER, y + lane - 0.5, WIDTH - MARGIN, y + lane - 0.5, "base");
    for (var operation : run.operations()) {
      for (var phase : operation.phases()) {
        var x = scale.x(phase.from());
        canvas.box(
            x,
            y + 1,
            Math.max(1, scale.x(phase.to()) - x),
            lane * 0.44,
            Words.phaseStyle(phase.name()),
            Words.phase(scale, operation, phase));
      }
    }
    for (var operation : run.operations()) {
      for (var event : operation.events()) {
        canvas.dot(
            scale.x(event.at()),
            middle,
            lane * 0.13,
            Words.eventStyle(event),
            Words.eventInShort(scale, operation, event));
      }
    }
    calls(run).forEach((mark, calls) -> call(y, mark, calls));
  }

  /** Calls that make one mark: of one service, with one result, in one column. */
  private record Mark(int row, long column) {}

  private Map<Mark, List<ReportedCall>> calls(EndpointRun run) {
    Map<Mark, List<ReportedCall>> marks = new LinkedHashMap<>();
    run.operations().stream()
        .flatMap(operation -> operation.events().stream())
        .flatMap(event -> event.calls().stream())
        .forEach(
            call -> {
              var known = SERVICES.indexOf(call.service());
              var row = known < 0 ? SERVICES.size() - 1 : known;
              var column = Math.round(scale.x(call.at()) / COLUMN);
              marks.computeIfAbsent(new Mark(row, column), key -> new ArrayList<>()).add(call);
            });
    return marks;
  }

  private void call(double y, Mark mark, List<ReportedCall> calls) {
    var height = lane * 0.5 / SERVICES.size();
    var refused = calls.stream().allMatch(ReportedCall::refused);
    canvas.box(
        mark.column * COLUMN - 1,
        y + lane * 0.5 + mark.row * height,
        2,
        height - 0.5,
        Words.serviceStyle(calls.get(0)).replace(" refused", "") + (refused ? " refused" : ""),
        scale.inWords(calls.get(0).at()) + "  " + ReportedCall.inWords(calls));
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }
}
