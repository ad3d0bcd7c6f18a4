package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
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
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.MigrationFiles;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.MigrationOptions;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.MigrationRefused;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.Remark;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** The command that writes templates of this type from what a team has. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Writes, from a template with the Lambda-backed custom resource or from the answer of"
          + " aws dms describe-endpoints, the template of this type, the file of resources to"
          + " import and the commands in order. Tells what became of each property."
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
          "Where to write. Nothing that is there is overwritten. Default: ${DEFAULT-VALUE}")
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
      var options = options();
      var migrated = migrated(options);
      migrated.write(out);
      print(migrated, spec.commandLine().getOut());
      return ExitCode.OK;
    } catch (MigrationRefused e) {
      throw new BadInput(e.getMessage());
    } catch (IOException e) {
      throw new BadInput("can't write to " + out + ": " + e);
    }
  }

  private MigrationFiles migrated(MigrationOptions options) {
    var text = text();
    try {
      return Migration.of(file.getFileName().toString(), text, options);
    } catch (MigrationRefused e) {
      throw new BadInput(file + ": " + e.getMessage());
    }
  }

  private MigrationOptions options() {
    var pair = tag.split("=", 2);
    return new MigrationOptions(
        typeName == null ? ResourceSchema.ofThisType().typeName() : typeName,
        stackName,
        environment,
        dataLakeRoleArn,
        region,
        pair[0],
        pair.length == 2 ? pair[1] : "",
        configuration());
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

  private void print(MigrationFiles migrated, PrintWriter to) {
    for (var kind : Remark.Kind.values()) {
      var remarks = migrated.remarks(kind);
      to.println(kind.heading() + ": " + (remarks.isEmpty() ? "nothing" : remarks.size()));
      remarks.forEach(r -> to.println("  " + r));
    }
    to.println("Written to " + out + ":");
    migrated.files().keySet().forEach(name -> to.println("  " + name));
    to.println("Read report.md, then run commands.sh.");
  }
}
