package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Duration;
import java.time.Instant;

/** How many endpoints were ready after how many seconds. */
final class ReadyHistogram {
  private static final int BARS = 24;
  private static final double WIDTH = 960;
  private static final double HEIGHT = 96;
  private static final double TOP = 16;
  private static final double LEFT = 12;

  private ReadyHistogram() {}

  static Drawing of(String id, ReadyTimes times) {
    var canvas = new Drawing.Canvas();
    var bar = times.most().dividedBy(BARS);
    var counts = new int[BARS];
    for (var time : times.sorted()) {
      counts[number(time, bar)]++;
    }
    var highest = 1;
    for (var count : counts) {
      highest = Math.max(highest, count);
    }
    var scale = new TimeScale(Instant.EPOCH, times.most(), LEFT, WIDTH - 2 * LEFT);
    canvas.axis(scale, TOP, TOP + HEIGHT);
    for (var i = 0; i < BARS; i++) {
      if (counts[i] > 0) {
        var x = scale.left() + scale.width() * i / BARS;
        var height = HEIGHT * counts[i] / highest;
        var title =
            "%s after %s to %s s"
                .formatted(
                    Words.many(counts[i], "endpoint"),
                    Seconds.of(bar.multipliedBy(i)),
                    Seconds.of(bar.multipliedBy(i + 1)));
        canvas.box(x + 1, TOP + HEIGHT - height, scale.width() / BARS - 2, height, "count", title);
        canvas.label(
            x + scale.width() / BARS / 2, TOP + HEIGHT - height - 4, "tick", "" + counts[i]);
      }
    }
    return canvas.drawing(
        id,
        "Time to ready of " + Words.many(times.sorted().size(), "endpoint"),
        "From %s to %s s, half of them within %s s."
            .formatted(
                Seconds.of(times.least()), Seconds.of(times.most()), Seconds.of(times.median())),
        WIDTH,
        TOP + HEIGHT + 22);
  }

  private static int number(Duration time, Duration bar) {
    return bar.isZero() ? 0 : (int) Math.min(BARS - 1, time.dividedBy(bar));
  }
}
