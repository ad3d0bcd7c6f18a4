package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.custom.dmscrossaccounts3endpoint.HandlerWrapper;
import software.amazon.custom.dmscrossaccounts3endpoint.local.pack.JarSize;

/** Measures the cost of the type, and writes it as tables; jars are compared within one run. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures the cost of the type, and writes tables.")
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
      names = "--forks",
      defaultValue = "3",
      description = "In how many JVMs a warm READ is measured. Default: ${DEFAULT-VALUE}")
  private int forks;

  @Option(
      names = "--crowds",
      split = ",",
      defaultValue = "12x3,100,1000",
      description =
          "How many endpoints are created at once: 100 in one account, 12x3 in three."
              + " Default: ${DEFAULT-VALUE}")
  private List<String> crowds;

  private final StringBuilder page =
      new StringBuilder("# Results\n\nWritten by the command in [README.md](README.md).\n");

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
    section("Size", "The jar that is registered.", sizes(jars.keySet()));
    section(
        "Cold start",
        "From the start of a JVM, unpacked, to the answer of a READ with all its calls: medians of"
            + " %d starts.".formatted(starts),
        ColdStart.table(jars, starts));
    section(
        "Warm READ",
        "With JMH, over the local AWS, in %d JVMs.".formatted(forks),
        WarmRead.table(forks));
    section(
        "Time to ready",
        """
        A create in virtual time, with a second until an endpoint is active. The earliest moment is that of an
        invocation every second.\
        """,
        TimeToReady.table());
    section(
        "Many at once",
        """
        As many operations of CloudFormation side by side, in virtual time, by 20 containers; `12x3` is 12 endpoints in
        each of three accounts. DMS lets 200 calls through at once and 8 a second after that, in each account.\
        """,
        Crowd.table(crowds));
    Files.writeString(folder.resolve("results.md"), page);
    System.out.println("written: " + folder.resolve("results.md"));
    return CommandLine.ExitCode.OK;
  }

  /** Adds a table, whose first row names the columns, under a heading. */
  private void section(String heading, String note, List<List<String>> rows) {
    page.append("\n## " + heading + "\n\n" + note + "\n\n");
    for (var i = 0; i < rows.size(); i++) {
      page.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0) {
        page.append("|---".repeat(rows.get(0).size())).append("|\n");
      }
    }
  }

  private static List<List<String>> sizes(Set<Path> jars) throws IOException {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("jar", "MB", "MB unpacked", "files"));
    for (var path : jars) {
      var size = JarSize.of(path);
      rows.add(
          List.of(
              "`" + path.getFileName() + "`",
              String.format(Locale.ROOT, "%.1f", size.packed() / 1e6),
              String.format(Locale.ROOT, "%.1f", size.unpacked() / 1e6),
              "" + size.files()));
    }
    return rows;
  }
}
