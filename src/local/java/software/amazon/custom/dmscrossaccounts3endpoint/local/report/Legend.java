package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.List;

/** What the colours and marks of a timeline mean. */
final class Legend {
  private static final double LETTER = 6.4;
  private static final double WIDTH = 960;
  private static final double ROW = 20;

  private final Drawing.Canvas canvas = new Drawing.Canvas();
  private double x;
  private double y;

  private Legend() {}

  static Drawing of(String id, RunReport report) {
    return new Legend().draw(id, report);
  }

  private Drawing draw(String id, RunReport report) {
    for (var phase : report.phases()) {
      entry(
          Words.phase(phase), 18, () -> canvas.box(x, y + 4, 16, 12, Words.phaseStyle(phase), ""));
    }
    wrap();
    for (var status : List.of("progress", "success", "failed")) {
      entry(status, 12, () -> canvas.dot(x + 5, y + 10, 3.6, "event " + status, ""));
    }
    for (var service : report.services()) {
      var call = new ReportedCall(report.began(), service.service(), "", "");
      entry(
          service.service() + " call",
          9,
          () -> canvas.box(x, y + 5, 4.4, 10, Words.serviceStyle(call), ""));
    }
    var refused = new ReportedCall(report.began(), "dms", "", "refused");
    entry(
        "hollow: AWS answered with an error",
        9,
        () -> canvas.box(x, y + 5, 4.4, 10, Words.serviceStyle(refused), ""));
    return canvas.drawing(id, "Legend", "What colours and marks mean.", WIDTH, y + ROW);
  }

  private void entry(String name, double width, Runnable mark) {
    var wide = width + 4 + name.length() * LETTER + 14;
    if (x + wide > WIDTH) {
      wrap();
    }
    mark.run();
    canvas.label(x + width + 4, y + 14, "legend", name);
    x += wide;
  }

  private void wrap() {
    if (x > 0) {
      x = 0;
      y += ROW;
    }
  }
}
