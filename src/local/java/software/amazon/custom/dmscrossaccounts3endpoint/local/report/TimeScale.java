package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Moments as places on a line.
 *
 * @param from the moment at the left end
 * @param lasts how much time the line has
 * @param left where the line begins, in units of the drawing
 * @param width how long it is
 */
record TimeScale(Instant from, Duration lasts, double left, double width) {
  private static final int[] STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600};
  private static final int MOST_TICKS = 12;

  /** A run that took no time at all has a line, too. */
  TimeScale {
    lasts = lasts.isZero() || lasts.isNegative() ? Duration.ofSeconds(1) : lasts;
  }

  double x(Instant moment) {
    return left + width * Duration.between(from, moment).toMillis() / lasts.toMillis();
  }

  /** Seconds to write below the line, at equal distances. */
  List<Integer> ticks() {
    var seconds = lasts.toMillis() / 1000.0;
    var step = STEPS[0];
    for (var i = 1; seconds / step > MOST_TICKS; i++) {
      step = i < STEPS.length ? STEPS[i] : step * 2;
    }
    var ticks = new ArrayList<Integer>();
    for (var tick = 0; tick <= seconds; tick += step) {
      ticks.add(tick);
    }
    return ticks;
  }

  /** A moment in words, counted from the beginning. */
  String inWords(Instant moment) {
    return "+" + Seconds.of(Duration.between(from, moment)) + " s";
  }
}
