package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.custom.dmscrossaccounts3endpoint.HandlerWrapper;

/**
 * Measures what the type costs, and writes tables and plots. Everything that is compared is
 * measured side by side in one run; what takes time is told as medians.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures what the type costs, and writes tables and plots.")
public final class Main implements Callable<Integer> {
  @Option(
      names = "--folder",
      defaultValue = "bench",
      description = "Where the results go. Default: ${DEFAULT-VALUE}")
  private Path folder;

  @Option(
      names = "--jar",
      defaultValue = "target/aws-custom-dmscrossaccounts3endpoint-handler-1.0.0.jar",
      description = "The jar to measure. Default: ${DEFAULT-VALUE}")
  private Path jar;

  @Option(
      names = "--beside",
      paramLabel = "JAR=CLASS",
      description = "Another jar and its handler, measured beside; may be repeated.")
  private Map<Path, String> beside = new LinkedHashMap<>();

  @Option(
      names = "--starts",
      defaultValue = "11",
      description = "How many JVMs are started for a median. Default: ${DEFAULT-VALUE}")
  private int starts;

  @Option(
      names = "--crowds",
      split = ",",
      defaultValue = "36,500,2000",
      description = "How many endpoints are created at once. Default: ${DEFAULT-VALUE}")
  private List<Integer> crowds;

  /** Starts the program. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(jar)) {
      System.err.println("bench: there is no " + jar + ": run mvn package first");
      return CommandLine.ExitCode.USAGE;
    }
    var jars = new LinkedHashMap<Path, String>();
    jars.put(jar, HandlerWrapper.class.getName());
    jars.putAll(beside);
    if (jars.keySet().stream().map(Path::getFileName).distinct().count() < jars.size()) {
      System.err.println("bench: the results name jars by their files: give each another name");
      return CommandLine.ExitCode.USAGE;
    }
    var results = new Results();
    results.add(JarSizes.of(jars.keySet()));
    results.add(ColdStarts.measure(jars, starts));
    results.add(WarmReads.measure());
    var ready = ReadyCurves.measure();
    results.add(ready.table());
    ready.plot(folder);
    var many = Crowds.measure(crowds);
    results.add(many.table());
    many.plot(folder);
    Files.writeString(folder.resolve("results.md"), results.page(), StandardCharsets.UTF_8);
    System.out.println("written: " + folder.resolve("results.md") + " and its plots");
    return CommandLine.ExitCode.OK;
  }
}
