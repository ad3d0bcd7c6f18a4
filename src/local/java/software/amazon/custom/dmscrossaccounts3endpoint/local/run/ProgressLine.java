package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.Seconds;

/**
 * Tells how many of many are done: in place on a terminal, in a log with a line for each quarter.
 * Used by several threads at once.
 */
final class ProgressLine {
  private final PrintWriter out;
  private final String what;
  private final int total;
  private final boolean terminal = System.console() != null;
  private final Instant begin = Instant.now();
  private int done;

  ProgressLine(PrintWriter out, String what, int total) {
    this.out = out;
    this.what = what;
    this.total = total;
  }

  /** One more is done. */
  synchronized void step() {
    done++;
    if (terminal) {
      out.print("\r" + line() + (done == total ? System.lineSeparator() : ""));
      out.flush();
    } else if (done * 4 / total > (done - 1) * 4 / total) {
      out.println(line());
      out.flush();
    }
  }

  private String line() {
    return "  %-7s %3d of %d  %6s s"
        .formatted(what, done, total, Seconds.of(Duration.between(begin, Instant.now())));
  }
}
