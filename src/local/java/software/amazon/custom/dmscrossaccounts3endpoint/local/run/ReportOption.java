package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.ReportFile;

/** The option that asks for a report of the run. */
final class ReportOption {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write a report of the run, whether it holds or not: a page where FILE ends in .html, its"
              + " timeline alone where FILE ends in .svg. What is there is replaced.")
  private Path file;

  /**
   * Where to write the report; empty where none is asked for.
   *
   * @throws BadInput when no report could be written there
   */
  Optional<ReportFile> file() {
    if (file == null) {
      return Optional.empty();
    }
    var wanted = new ReportFile(file);
    wanted
        .problem()
        .ifPresent(
            problem -> {
              throw new BadInput("--report: " + file + ": " + problem);
            });
    return Optional.of(wanted);
  }
}
