package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Few and many endpoints at once, with AWS's throttling, beside a few without it. */
final class Crowds {
  private static final int UNTHROTTLED = 4;

  /** As many points of a curve as can be seen. */
  private static final int POINTS = 200;

  /** Numbers of containers that the crowd in the middle is measured with besides. */
  private static final List<Integer> FEWER_AND_MORE = List.of(1, 200);

  private final Crowd unthrottled = Crowd.unthrottled(UNTHROTTLED);
  private final List<Crowd> crowds;

  private Crowds(List<Crowd> crowds) {
    this.crowds = crowds;
  }

  static Crowds measure(List<Integer> sizes) {
    var crowds = new ArrayList<Crowd>();
    var middle = sizes.get(sizes.size() / 2);
    FEWER_AND_MORE.forEach(containers -> crowds.add(Crowd.at(middle, containers)));
    sizes.forEach(size -> crowds.add(Crowd.at(size)));
    return new Crowds(crowds);
  }

  Results.Section table() {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of(
            "endpoints",
            "containers",
            "operation",
            "calls each",
            "of the unthrottled",
            "throttled each",
            "half ready, s",
            "all ready, s",
            "of the throttle's own limit",
            "largest context, bytes"));
    for (var crowd : crowds) {
      rows.add(row(crowd, "create", crowd.created(), unthrottled.created()));
      rows.add(row(crowd, "delete", crowd.deleted(), unthrottled.deleted()));
    }
    var largest = largest();
    return new Results.Section(
        "Many at once",
        """
        As many operations of CloudFormation side by side, in virtual time. DMS and the writes of IAM are let
        through 20 at once and 5 a second after that, in each account. A list of %d takes %.0f s and %d calls.

        ![Endpoints that are ready, by time](many-at-once.svg)\
        """
            .formatted(largest.endpoints(), largest.listedIn(), largest.callsOfAList()),
        rows);
  }

  private Crowd largest() {
    return crowds.get(crowds.size() - 1);
  }

  private static List<String> row(
      Crowd crowd, String operation, Crowd.Pass pass, Crowd.Pass unthrottled) {
    return List.of(
        "" + crowd.endpoints(),
        "" + crowd.containers(),
        operation,
        "%.1f".formatted(pass.calls()),
        "%.2f".formatted(pass.calls() / unthrottled.calls()),
        "%.1f".formatted(pass.refused()),
        "%.0f".formatted(pass.ready().get(crowd.endpoints() / 2)),
        "%.0f".formatted(pass.seconds()),
        "%.2f".formatted(pass.seconds() / unthrottled.limit(crowd.endpoints())),
        "" + pass.largestContext());
  }

  /** Draws how many of the largest crowd are ready after which time. */
  void plot(Path folder) throws IOException {
    var largest = largest();
    var endpoints = largest.endpoints();
    var chart =
        new XYChartBuilder()
            .width(720)
            .height(400)
            .title(endpoints + " endpoints created at once")
            .xAxisTitle("s")
            .yAxisTitle("ready")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE).setChartTitleBoxVisible(false);
    chart.getStyler().setPlotGridLinesVisible(false);
    var drawn = IntStream.rangeClosed(1, POINTS).map(i -> i * endpoints / POINTS).distinct();
    var count = drawn.filter(i -> i > 0).mapToDouble(i -> i).toArray();
    var times = largest.created().ready();
    var ready = DoubleStream.of(count).map(i -> times.get((int) i - 1)).toArray();
    chart.addSeries("ready", ready, count).setMarker(SeriesMarkers.NONE);
    var limit = unthrottled.created().limit(endpoints);
    chart
        .addSeries("the throttle's own limit", new double[] {0, limit}, new double[] {0, endpoints})
        .setMarker(SeriesMarkers.NONE);
    ChartEncoder.saveChart(chart, folder.resolve("many-at-once.svg").toString(), "svg");
  }
}
