package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/** A READ in a container that has answered many, beside the time of its calls alone. */
final class WarmRead {
  private static final int ROUNDS = 300;

  private WarmRead() {}

  static Results.Section measure() {
    try (var world = new BenchWorld()) {
      var event = world.read("warm", false);
      var provider = new HandlerProvider(line -> {});
      var reads = new ArrayList<Double>();
      var calls = new ArrayList<Double>();
      var alone = world.callsOfARead("warm");
      for (var i = 0; i < ROUNDS; i++) {
        reads.add(milliseconds(() -> provider.invoke(Provider.TYPE_FUNCTION, event)));
        calls.add(milliseconds(alone));
      }
      var read = warm(reads);
      var call = warm(calls);
      return new Results.Section(
          "Warm READ",
          """
          In one JVM, in turns, over the local AWS: medians of the later half of %d rounds. The calls alone are
          the same calls with clients of the SDK on the same HTTP client."""
              .formatted(ROUNDS),
          List.of(
              List.of("READ, ms", "its calls alone, ms", "ratio"),
              List.of(number(read), number(call), number(read / call))));
    }
  }

  private static double milliseconds(Runnable work) {
    var begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  private static double warm(List<Double> all) {
    return Median.of(all.subList(all.size() / 2, all.size()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
