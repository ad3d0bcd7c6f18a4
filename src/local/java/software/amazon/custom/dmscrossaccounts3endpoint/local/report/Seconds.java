package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them in a table, the same in every locale. */
public final class Seconds {
  private Seconds() {}

  /** Returns seconds with one decimal. */
  public static String of(Duration duration) {
    return of(duration.toMillis() / 1000.0);
  }

  static String of(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }
}
