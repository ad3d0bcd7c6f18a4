package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;

/** Time to ready for every dialect and for propagation of up to a minute. */
final class ReadyCurves {
  private static final int[] SECONDS =
      IntStream.concat(IntStream.range(0, 20), IntStream.iterate(20, s -> s <= 60, s -> s + 4))
          .toArray();

  /** How it was before a wait was told by the one before it. */
  private static final String BEFORE = "bench/time-to-ready-before.csv";

  private final List<TimeToReady> all;

  private ReadyCurves(List<TimeToReady> all) {
    this.all = all;
  }

  static ReadyCurves measure() {
    var all = new ArrayList<TimeToReady>();
    for (var dialect : HandshakeDialect.values()) {
      for (var seconds : SECONDS) {
        all.add(TimeToReady.of(dialect, Duration.ofSeconds(seconds)));
      }
    }
    return new ReadyCurves(all);
  }

  Results.Section table() {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("DMS", "propagation, s", "earliest, s", "ready, s", "looks"));
    for (var each : all) {
      if (List.of(0L, 2L, 5L, 10L, 20L, 40L, 60L).contains(each.propagation().toSeconds())) {
        rows.add(
            List.of(
                "`" + each.dialect() + "`",
                "" + each.propagation().toSeconds(),
                "" + each.earliest(),
                "" + each.ready(),
                "" + each.looks()));
      }
    }
    return new Results.Section(
        "Time to ready",
        """
        A create in virtual time, with a second until an endpoint is active. The earliest moment is that of a
        look every second.

        ![Time to ready where nothing is kept](time-to-ready-nothing-kept.svg)

        ![Time to ready where the first endpoint is kept](time-to-ready-kept-active.svg)\
        """,
        rows);
  }

  void plot(Path folder) throws IOException {
    plot(folder, HandshakeDialect.NOTHING_KEPT, "time-to-ready-nothing-kept.svg");
    plot(folder, HandshakeDialect.KEPT_ACTIVE, "time-to-ready-kept-active.svg");
  }

  private void plot(Path folder, HandshakeDialect dialect, String file) throws IOException {
    var chart =
        new XYChartBuilder()
            .width(720)
            .height(400)
            .title("Time to ready, " + dialect)
            .xAxisTitle("propagation, s")
            .yAxisTitle("s")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW).setChartTitleBoxVisible(false);
    chart.getStyler().setPlotGridLinesVisible(false);
    var of = all.stream().filter(each -> each.dialect() == dialect).toList();
    var x = of.stream().mapToDouble(each -> each.propagation().toSeconds()).toArray();
    add(chart, "earliest", x, of.stream().mapToDouble(TimeToReady::earliest).toArray());
    add(chart, "ready", x, of.stream().mapToDouble(TimeToReady::ready).toArray());
    var before =
        Files.readAllLines(Path.of(BEFORE)).stream()
            .map(line -> line.split(","))
            .filter(cells -> cells[0].equals(dialect.name()))
            .toList();
    add(chart, "ready, before", column(before, 1), column(before, 2));
    ChartEncoder.saveChart(chart, folder.resolve(file).toString(), "svg");
  }

  private static void add(XYChart chart, String name, double[] x, double[] y) {
    chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE);
  }

  private static double[] column(List<String[]> rows, int column) {
    return rows.stream().mapToDouble(cells -> Double.parseDouble(cells[column])).toArray();
  }
}
