package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;

/** Cold starts of several jars, in turns, with and without a logging role. */
final class ColdStarts {

  private static final class Medians {
    private final List<Double> milliseconds = new ArrayList<>();
    private final List<Double> mebibytes = new ArrayList<>();
  }

  private ColdStarts() {}

  static Results.Section measure(Map<Path, String> jars, int starts) throws IOException {
    var folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench");
    var functions = new LinkedHashMap<String, ColdStart>();
    for (var jar : jars.entrySet()) {
      var classes = folder.resolve("" + functions.size());
      unpack(jar.getKey(), classes);
      functions.put(
          "`" + jar.getKey().getFileName() + "`", new ColdStart(classes, jar.getValue(), folder));
    }
    var medians = new LinkedHashMap<String, Medians>();
    try (var world = new BenchWorld()) {
      var plain = world.read("plain", false);
      var logging = world.read("logging", true);
      for (var i = 0; i < starts; i++) {
        for (var function : functions.entrySet()) {
          var name = function.getKey();
          add(medians, name, function.getValue().start(plain, world.endpoint()));
          add(
              medians,
              name + ", logging role",
              function.getValue().start(logging, world.endpoint()));
        }
      }
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("function", "ms", "of the first", "peak MiB"));
    var first = Median.of(medians.values().iterator().next().milliseconds);
    medians.forEach(
        (name, median) ->
            rows.add(
                List.of(
                    name,
                    number("%.0f", Median.of(median.milliseconds)),
                    number("%.2f", Median.of(median.milliseconds) / first),
                    number("%.0f", Median.of(median.mebibytes)))));
    return new Results.Section(
        "Cold start",
        "From the start of a JVM, unpacked, to the answer of a READ with all its calls: medians of %d starts."
            .formatted(starts),
        rows);
  }

  private static void add(Map<String, Medians> medians, String name, ColdStart.Start start) {
    var of = medians.computeIfAbsent(name, n -> new Medians());
    of.milliseconds.add(start.milliseconds());
    of.mebibytes.add(start.peakMebibytes());
  }

  private static void unpack(Path jar, Path classes) throws IOException {
    try (var zip = new JarFile(jar.toFile())) {
      for (var entries = zip.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        var file = classes.resolve(entry.getName()).normalize();
        if (!entry.isDirectory() && file.startsWith(classes)) {
          Files.createDirectories(file.getParent());
          Files.write(file, zip.getInputStream(entry).readAllBytes());
        }
      }
    }
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
