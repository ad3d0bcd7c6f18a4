package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Warm READs beside their calls alone, with JMH. */
final class WarmReads {

  /** JVMs for each of both, in turns. */
  private static final int ROUNDS = 3;

  private WarmReads() {}

  /** Measures in JVMs of their own. */
  static Results.Section measure() throws IOException {
    var folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "warm");
    var reads = new ArrayList<Double>();
    var calls = new ArrayList<Double>();
    for (var i = 0; i < ROUNDS; i++) {
      reads.add(milliseconds("read", folder));
      calls.add(milliseconds("callsAlone", folder));
    }
    var read = Median.of(reads);
    var call = Median.of(calls);
    return new Results.Section(
        "Warm READ",
        """
        With JMH, over the local AWS, in %d JVMs each and in turns: the median of their medians. The calls alone
        are the same calls with clients of the SDK on the same HTTP client.\
        """
            .formatted(ROUNDS),
        List.of(
            List.of("READ, ms", "its calls alone, ms", "ratio"),
            List.of(number(read), number(call), number(read / call))));
  }

  /**
   * The median of a benchmark in a JVM of its own, whose temporary files the runtime may delete.
   */
  private static double milliseconds(String benchmark, Path folder) {
    var options =
        new OptionsBuilder()
            .include(WarmRead.class.getName() + "\\." + benchmark + "$")
            .forks(1)
            .jvmArgsAppend("-Djava.io.tmpdir=" + folder)
            .timeout(TimeValue.minutes(2))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    try {
      return median(new Runner(options).run());
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double median(Collection<RunResult> results) {
    return results.iterator().next().getPrimaryResult().getStatistics().getPercentile(50) / 1000;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
