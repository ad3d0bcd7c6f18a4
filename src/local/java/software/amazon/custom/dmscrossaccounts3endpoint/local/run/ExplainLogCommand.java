package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.custom.dmscrossaccounts3endpoint.local.explain.Explanation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.explain.LogFile;

/** Explains from the type's log what AWS did. */
@Command(
    name = "explain-log",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Tells in plain words what AWS did, from the log of the type: its lines, or the answer of"
          + " aws logs filter-log-events."
    })
final class ExplainLogCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "The log; - for standard input. Default: ${DEFAULT-VALUE}")
  private String file;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try {
      new Explanation(LogFile.read(bytes())).lines().forEach(out::println);
    } catch (IllegalArgumentException e) {
      throw new BadInput("the log " + file + " " + e.getMessage());
    }
    return ExitCode.OK;
  }

  private byte[] bytes() {
    try {
      return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw new BadInput("can't read the log " + file + ": " + e.getMessage());
    }
  }
}
