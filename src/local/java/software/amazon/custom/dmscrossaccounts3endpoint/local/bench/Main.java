package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

public final class Main {
  public static void main(String[] args) throws Exception {
    if (args[0].equals("ready")) {
      for (var d :
          software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect
              .values()) {
        for (var p :
            new int[] {
              0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 22, 24, 25, 28, 30,
              33, 36, 38, 40, 43, 45, 48, 50, 53, 56, 58, 60
            }) {
          var r = TimeToReady.of(d, java.time.Duration.ofSeconds(p));
          System.out.println(r + " " + r.isSoon());
        }
      }
      System.exit(0);
    }
    var n = Integer.parseInt(args[0]);
    var opts = List.of(args[1].split(" ")).stream().filter(s -> !s.isEmpty()).toList();
    var folder = Files.createTempDirectory("bench");
    try (var world = new BenchWorld()) {
      var names = new ArrayList<String>();
      var times = new ArrayList<List<Double>>();
      var mem = new ArrayList<List<Double>>();
      for (var i = 0; i < n; i++) {
        var k = 0;
        for (var a = 2; a < args.length; a++) {
          var parts = args[a].split(",");
          for (var logging : parts.length > 2 ? List.of(false, true) : List.of(false)) {
            var start =
                new ColdStart(Path.of(parts[0]), parts[1], folder)
                    .start(world.read("lake-" + i + k, logging), world.endpoint(), opts);
            if (i == 0) {
              names.add(parts[0] + " " + logging + " " + start.answer().substring(0, 60));
              times.add(new ArrayList<>());
              mem.add(new ArrayList<>());
            }
            times.get(k).add(start.milliseconds());
            mem.get(k).add(start.peakMebibytes());
            k++;
          }
        }
      }
      for (var k = 0; k < names.size(); k++) {
        System.out.printf(
            Locale.ROOT,
            "%s: %.0f ms %.1f MiB%n",
            names.get(k),
            times.get(k).stream().sorted().toList().get(n / 2),
            mem.get(k).stream().sorted().toList().get(n / 2));
      }
    }
    System.exit(0);
  }
}
