package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The timeline of one endpoint with room for everything: a row each for operations, phases and
 * events, and one for each service's calls. What has one moment is stacked.
 */
final class EndpointTimeline {
  private static final double WIDTH = 960;
  private static final double GUTTER = 84;
  private static final double MARGIN = 14;
  private static final double LETTER = 6.2;
  private static final double LABEL_ROW = 16;
  private static final double PHASE_ROW = 20;
  private static final double EVENT = 9;
  private static final double CALL = 7;
  private static final double TALLEST_STACK = 72;

  private final EndpointRun run;
  private final TimeScale scale;
  private final Drawing.Canvas canvas = new Drawing.Canvas();
  private double y = 4;

  private EndpointTimeline(EndpointRun run, Instant began, Duration lasted) {
    this.run = run;
    this.scale = new TimeScale(began, lasted, GUTTER, lineWidth(run, began, lasted));
  }

  static Drawing of(String id, EndpointRun run, Instant began, Duration lasted) {
    return new EndpointTimeline(run, began, lasted).draw(id);
  }

  /** As long as it can be with every operation's label beside its beginning. */
  private static double lineWidth(EndpointRun run, Instant began, Duration lasted) {
    var room = WIDTH - GUTTER - MARGIN;
    var whole = new TimeScale(began, lasted, 0, 1);
    return run.operations().stream()
        .mapToDouble(
            operation ->
                whole.x(operation.began()) == 0
                    ? room
                    : (room - labelWidth(operation)) / whole.x(operation.began()))
        .reduce(room, Math::min);
  }

  private static double labelWidth(OperationRun operation) {
    return Words.operation(operation).length() * LETTER + 8;
  }

  private Drawing draw(String id) {
    var top = y;
    operations();
    phases();
    events();
    for (var service : ServiceTally.of(calls().toList())) {
      calls(service);
    }
    canvas.axis(scale, top, y);
    return canvas.drawing(
        id,
        "Timeline of " + run.name(),
        run.operations().stream().map(Words::operation).reduce((a, b) -> a + ", " + b).orElse(""),
        WIDTH,
        y + 22);
  }

  /**
   * Labels that would run into each other go in rows, the earlier above the later: so no line from
   * a label to its operation crosses another label.
   */
  private void operations() {
    var operations = run.operations();
    var rows = new int[operations.size()];
    var taken = new ArrayList<Double>();
    for (var i = operations.size() - 1; i >= 0; i--) {
      var from = scale.x(operations.get(i).began());
      var to = from + labelWidth(operations.get(i));
      var row = 0;
      while (row < taken.size() && taken.get(row) < to) {
        row++;
      }
      if (row == taken.size()) {
        taken.add(from);
      }
      for (var below = 0; below <= row; below++) {
        taken.set(below, from);
      }
      rows[i] = row;
    }
    var bottom = y + taken.size() * LABEL_ROW;
    for (var i = 0; i < operations.size(); i++) {
      var operation = operations.get(i);
      var x = scale.x(operation.began());
      var rowTop = bottom - (rows[i] + 1) * LABEL_ROW;
      canvas.line(x, rowTop + 2, x, bottom + PHASE_ROW, "leader");
      canvas.label(x + 4, rowTop + 12, "operation", Words.operation(operation));
    }
    canvas.label(0, bottom - 4, "row", "operations");
    y = bottom + 2;
  }

  private void phases() {
    canvas.label(0, y + 14, "row", "phases");
    for (var operation : run.operations()) {
      for (var phase : operation.phases()) {
        var x = scale.x(phase.from());
        var width = Math.max(1.5, scale.x(phase.to()) - x);
        canvas.box(
            x,
            y,
            width,
            PHASE_ROW - 2,
            Words.phaseStyle(phase.name()),
            Words.phase(scale, operation, phase));
        var name = Words.phase(phase.name());
        if (name.length() * LETTER + 8 <= width) {
          canvas.label(x + 4, y + 13, "name", name);
        }
      }
    }
    y += PHASE_ROW + 6;
  }

  private void events() {
    var stacks = new Stacks(scale, EVENT);
    var all = new ArrayList<Placed>();
    for (var operation : run.operations()) {
      for (var event : operation.events()) {
        all.add(
            new Placed(
                stacks.place(event.at()),
                Words.eventStyle(event),
                Words.event(scale, operation, event)));
      }
    }
    var step = stacks.step(EVENT);
    var bottom = y + stacks.tallest() * step;
    for (var each : all) {
      canvas.dot(
          each.at.x(), bottom - (each.at.height() + 0.5) * step, 3.6, each.style, each.title);
    }
    row("events", run.events(), bottom);
  }

  private void calls(ServiceTally service) {
    var stacks = new Stacks(scale, CALL);
    var all = new ArrayList<Placed>();
    calls()
        .filter(call -> call.service().equals(service.service()))
        .forEach(
            call ->
                all.add(
                    new Placed(
                        stacks.place(call.at()),
                        Words.serviceStyle(call),
                        scale.inWords(call.at()) + "  " + call.inWords())));
    var step = stacks.step(CALL);
    var bottom = y + Math.max(12, stacks.tallest() * step);
    for (var each : all) {
      canvas.box(
          each.at.x() - 2.6,
          bottom - (each.at.height() + 1) * step + 1,
          5.2,
          step - 1.6,
          each.style,
          each.title);
    }
    row(service.service(), service.calls(), bottom);
  }

  private void row(String name, int number, double bottom) {
    canvas.label(0, bottom - 2, "row", name);
    canvas.label(GUTTER - 12, bottom - 2, "number", "" + number);
    canvas.line(GUTTER, bottom + 1, WIDTH - MARGIN, bottom + 1, "base");
    y = bottom + 9;
  }

  private Stream<ReportedCall> calls() {
    return run.operations().stream()
        .flatMap(operation -> operation.events().stream())
        .flatMap(event -> event.calls().stream());
  }

  private record Placed(Stacks.Place at, String style, String title) {}

  /** Piles up what would cover each other. */
  private static final class Stacks {
    private final TimeScale scale;
    private final double width;
    private final Map<Long, Integer> heights = new HashMap<>();

    /** Where something is. */
    private record Place(double x, int height) {}

    private Stacks(TimeScale scale, double width) {
      this.scale = scale;
      this.width = width;
    }

    private Place place(Instant moment) {
      var column = Math.round(scale.x(moment) / width);
      var height = heights.merge(column, 1, Integer::sum) - 1;
      return new Place(column * width, height);
    }

    private int tallest() {
      return heights.values().stream().mapToInt(height -> height).max().orElse(1);
    }

    /** How much one of them adds, so that no pile is too tall. */
    private double step(double most) {
      return Math.min(most, TALLEST_STACK / tallest());
    }
  }
}
