package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them in a table, the same in every locale. */
final class Seconds {
  private Seconds() {}

  /** Seconds with one decimal. */
  static String of(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }
}
