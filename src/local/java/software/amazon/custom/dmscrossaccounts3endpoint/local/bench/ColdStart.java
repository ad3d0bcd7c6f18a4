package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/**
 * From the start of a JVM to the answer of one READ, in a process as Lambda would start it: the
 * serial collector, the first compiler only (Lambda's default for Java 17), shared classes of the
 * JDK, 256 MB.
 */
final class ColdStart {

  /** What the answer of a JVM took. */
  record Start(double milliseconds, double peakMebibytes) {}

  private final Path classes;
  private final String handler;
  private final Path folder;

  /**
   * A function.
   *
   * @param classes jar or folder with everything that the function is made of
   * @param handler class that Lambda creates
   * @param folder for the event, and for what the runtime empties
   */
  ColdStart(Path classes, String handler, Path folder) {
    this.classes = classes;
    this.handler = handler;
    this.folder = folder;
  }

  /** Starts a JVM that handles one event. */
  Start start(byte[] event, URI aws) throws IOException {
    var temporary = Files.createDirectories(folder.resolve("tmp"));
    var file = Files.write(folder.resolve("event.json"), event);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Djava.io.tmpdir=" + temporary));
    command.addAll(
        List.of(
            "-classpath",
            classes + ":" + Path.of("target", "test-classes").toAbsolutePath(),
            ColdFunction.class.getName(),
            handler,
            file.toString()));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", Provider.TYPE_FUNCTION);
    builder.environment().put("AWS_REGION", "eu-central-1");
    builder.environment().put("AWS_ENDPOINT_URL", aws.toString());
    var begin = System.nanoTime();
    var process = builder.start();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      var answer = out.readLine();
      while (answer != null && !answer.startsWith("{\"")) {
        answer = out.readLine();
      }
      if (answer == null || !answer.contains("\"SUCCESS\"")) {
        throw new IllegalStateException("The function answered " + answer);
      }
      var nanoseconds = System.nanoTime() - begin;
      var kibibytes = out.readLine();
      return new Start(nanoseconds / 1e6, Double.parseDouble(kibibytes) / 1024);
    } finally {
      process.destroy();
    }
  }
}
