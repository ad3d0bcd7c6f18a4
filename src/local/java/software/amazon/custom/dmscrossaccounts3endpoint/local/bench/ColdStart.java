package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.FunctionContext;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/**
 * From the start of a JVM to the answer of one READ, in a process as Lambda would start it: the
 * serial collector, the first compiler only (Lambda's default for Java 17), shared classes of the
 * JDK, 256 MB.
 */
public final class ColdStart {

  private ColdStart() {}

  /**
   * Does what Lambda does in a new container: creates the handler, and hands it one event.
   *
   * @param args class of the handler, file with the event
   */
  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    var handler =
        Class.forName(args[0])
            .asSubclass(RequestStreamHandler.class)
            .getDeclaredConstructor()
            .newInstance();
    var answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(Files.readAllBytes(Path.of(args[1]))),
        answer,
        FunctionContext.of(Provider.TYPE_FUNCTION, line -> {}));
    System.out.println(answer.toString(StandardCharsets.UTF_8).replace('\n', ' '));
    System.exit(0);
  }

  /** Measures jars in turns, with and without a logging role. */
  static List<List<String>> table(Map<Path, String> jars, int starts) throws IOException {
    var folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench");
    var measured = new LinkedHashMap<String, List<Double>>();
    try (var aws = new BenchAws()) {
      var events = new LinkedHashMap<String, byte[]>();
      events.put("", aws.read("plain", false));
      events.put(", logging role", aws.read("logging", true));
      for (var jar : jars.keySet()) {
        unpack(jar, folder.resolve(jar.getFileName()));
      }
      for (var i = 0; i < starts; i++) {
        for (var jar : jars.entrySet()) {
          for (var event : events.entrySet()) {
            var classes = folder.resolve(jar.getKey().getFileName());
            measured
                .computeIfAbsent(
                    "`" + jar.getKey().getFileName() + "`" + event.getKey(),
                    name -> new ArrayList<>())
                .add(start(classes, jar.getValue(), event.getValue(), aws.aws().endpoint()));
          }
        }
      }
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("function", "ms"));
    measured.forEach(
        (name, all) -> {
          var median = all.stream().sorted().toList().get(all.size() / 2);
          rows.add(List.of(name, String.format(Locale.ROOT, "%.0f", median)));
        });
    return rows;
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

  private static double start(Path classes, String handler, byte[] event, URI aws)
      throws IOException {
    var temporary = Files.createDirectories(classes.resolveSibling("tmp"));
    var file = Files.write(classes.resolveSibling("event.json"), event);
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + temporary,
                "-classpath",
                classes + ":" + Path.of("target", "test-classes").toAbsolutePath(),
                ColdStart.class.getName(),
                handler,
                file.toString())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", Provider.TYPE_FUNCTION);
    builder.environment().put("AWS_REGION", "eu-central-1");
    builder.environment().put("AWS_ENDPOINT_URL", aws.toString());
    var said = new StringBuilder();
    var begin = System.nanoTime();
    var process = builder.start();
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("{\"") && line.contains("\"SUCCESS\"")) {
          return (System.nanoTime() - begin) / 1e6;
        }
        said.append(line).append(' ');
      }
      throw new IllegalStateException("The function did not answer with SUCCESS: " + said);
    } finally {
      process.destroy();
    }
  }
}
