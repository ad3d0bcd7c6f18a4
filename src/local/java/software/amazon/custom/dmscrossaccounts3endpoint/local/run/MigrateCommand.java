package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.Migration;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.MigrationOptions;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.MigrationRefused;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.MigrationResult;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.OutputFolder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Command that translates custom resources or endpoints into resources of this type. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Writes, from a template with the Lambda-backed custom resource or from the answer of"
          + " aws dms describe-endpoints, a template of this type, the file of resources to"
          + " import, the commands in order and a report of each property. Exit code 1: what was"
          + " written can't be deployed yet."
    })
final class MigrateCommand implements Callable<Integer> {
  private static final String TAG = "managed-by=cloudformation";

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The template, in YAML or JSON, or the answer of describe-endpoints, in JSON.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "migrated",
      description =
          "Where to write. Only files of an earlier run are replaced. Default: ${DEFAULT-VALUE}")
  private Path out;

  @Option(
      names = "--type-name",
      paramLabel = "NAME",
      description = "Name under which you registered the type. Default: the project's own")
  private String typeName;

  @Option(
      names = "--stack-name",
      paramLabel = "NAME",
      description =
          "Stack of the template; for endpoints, the new stack. Default: the commands ask for it")
  private String stackName;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "Environment of the endpoints. Default: what the custom resource says")
  private String environment;

  @Option(
      names = "--data-lake-role-arn",
      paramLabel = "ARN",
      description = "Role to assume in the data-lake account, where no environment names it.")
  private String dataLakeRoleArn;

  @Option(
      names = "--type-configuration",
      paramLabel = "FILE",
      description = "Type configuration in which the environments of endpoints are looked up.")
  private Path typeConfiguration;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Region of the stack. Default: that of the endpoints, or of the AWS CLI")
  private String region;

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      defaultValue = TAG,
      description =
          "Tag that the last update adds, which adopts the endpoints. Default: ${DEFAULT-VALUE}")
  private String tag;

  @Override
  public Integer call() {
    try {
      var options =
          new MigrationOptions(
              typeName == null ? ResourceSchema.ofThisType().typeName() : typeName,
              stackName,
              environment,
              dataLakeRoleArn,
              region,
              tag,
              configuration());
      var result = migrate(options);
      new OutputFolder(out).write(result.files());
      var to = spec.commandLine().getOut();
      to.print(result.summary());
      to.println("Written to " + out + ": " + String.join(", ", result.files().keySet()));
      to.println(
          result.hasProblems()
              ? "It can't be deployed yet: solve the problems, and run this again."
              : "Read report.md, then run commands.sh.");
      return result.hasProblems() ? ExitCode.SOFTWARE : ExitCode.OK;
    } catch (MigrationRefused e) {
      throw new BadInput(e.getMessage());
    } catch (IOException e) {
      throw new BadInput("can't write to " + out + ": " + e);
    }
  }

  private MigrationResult migrate(MigrationOptions options) {
    var text = text();
    try {
      return Migration.of(file.getFileName().toString(), text, options);
    } catch (MigrationRefused e) {
      throw new BadInput(file + ": " + e.getMessage());
    }
  }

  private JsonNode configuration() {
    return typeConfiguration == null
        ? Json.object()
        : new InputFiles(ResourceSchema.ofThisType()).typeConfiguration(typeConfiguration);
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new BadInput(file + ": no such file");
    } catch (MalformedInputException e) {
      throw new BadInput(file + ": not text in UTF-8");
    } catch (IOException e) {
      throw new BadInput(file + ": can't be read: " + e.getMessage());
    }
  }
}
