package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * The commands, run by a shell with an AWS CLI that does nothing but tell what it was asked for.
 */
class CommandsTest {
  private static final String ARN = "arn:aws:dms:eu-central-1:111122223333:endpoint:SALES";

  private static final String AWS =
      """
      #!/bin/sh
      echo "$*" >> "$LOG"
      case "$*" in
        *describe-endpoints*.EndpointArn*) echo %s ;;
        *describe-endpoints*.ExternalId*) echo an-id ;;
        *describe-stack-resource\\ *) echo physical-id ;;
        *describe-stacks*Mode*) echo SSE_S3 ;;
        *describe-stacks*Name*) echo sales-lake ;;
        *describe-stack-drift-detection-status*) echo DETECTION_COMPLETE ;;
      esac
      """
          .formatted(ARN);

  private static final String TEMPLATE =
      """
      Parameters:
        Name: {Type: String}
        Mode: {Type: String, Default: SSE_S3, AllowedValues: [SSE_S3, 'SSE_KMS']}
      Resources:
        Role:
          Type: AWS::IAM::Role
        Sales:
          Type: Custom::Endpoint
          Properties:
            ServiceToken: !GetAtt Function.Arn
            ENDPOINTIDENTIFIER: !Ref Name
            BUCKETNAME: bucket
            ENCRYPTIONMODE: !Ref Mode
      Outputs:
        Arn: {Value: !Ref Sales}
        Id: {Value: !GetAtt Sales.ExternalId}
        Message: {Value: !GetAtt Sales.Message}
      """;

  private record Run(int exitCode, String printed, List<String> calls) {
    List<String> calls(String of) {
      return calls.stream().filter(c -> c.contains(of)).toList();
    }
  }

  @TempDir private Path folder;

  @BeforeEach
  void needShell() throws IOException {
    Programs.required("sh", "the commands that migrate writes");
    var aws = Files.createDirectories(folder.resolve("bin")).resolve("aws");
    Files.writeString(aws, AWS);
    assertThat(aws.toFile().setExecutable(true)).isTrue();
  }

  private Run run(String answers, String message, String... arguments) throws Exception {
    var log = folder.resolve("log");
    Files.deleteIfExists(log);
    var command =
        new ArrayList<>(List.of("sh", folder.resolve("out").resolve("commands.sh").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LOG", log.toString());
    builder.environment().merge("PATH", "", (path, no) -> folder.resolve("bin") + ":" + path);
    builder.environment().remove("was_SalesMessage");
    if (!message.isEmpty()) {
      builder.environment().put("was_SalesMessage", message);
    }
    var process = builder.start();
    process.getOutputStream().write(answers.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(
        process.waitFor(), printed, Files.exists(log) ? Files.readAllLines(log) : List.of());
  }

  @Test
  void aTemplateGoesThroughItsSteps() throws Exception {
    TemplateMigrationTest.migrate(TEMPLATE).write(folder.resolve("out"));

    var run = run("y\ny\ny\ny\n", "hello");

    assertThat(run.exitCode()).as(run.printed()).isZero();
    assertThat(run.calls("create-change-set"))
        .extracting(
            c -> c.replaceAll(".*--change-set-type (\\S+) --template-body (\\S+).*", "$1 $2"))
        .containsExactly(
            "UPDATE file://step-1-retain.yaml",
            "UPDATE file://step-2-remove.yaml",
            "IMPORT file://step-3-import.yaml",
            "UPDATE file://template.yaml");
    assertThat(run.calls("create-change-set"))
        .allMatch(c -> c.contains("--stack-name lake") && c.contains("CAPABILITY_NAMED_IAM"));
    assertThat(run.calls("create-change-set").get(0))
        .endsWith(
            "--parameters ParameterKey=Name,UsePreviousValue=true"
                + " ParameterKey=Mode,UsePreviousValue=true");
    assertThat(run.calls("create-change-set").get(1))
        .contains(
            "ParameterKey=Name,UsePreviousValue=true",
            "ParameterKey=Mode,ParameterValue=sse-s3",
            "ParameterKey=SalesRef,ParameterValue=physical-id",
            "ParameterKey=SalesExternalId,ParameterValue=an-id",
            "ParameterKey=SalesMessage,ParameterValue=hello");
    assertThat(run.calls("create-change-set").get(2))
        .contains("--resources-to-import file://resources-to-import.filled.json")
        .contains("ParameterKey=SalesMessage,UsePreviousValue=true");
    assertThat(run.calls("create-change-set").get(3))
        .contains("ParameterKey=SalesMessage,UsePreviousValue=true")
        .doesNotContain("SalesRef", "SalesExternalId");
    assertThat(run.calls("execute-change-set")).hasSize(4);
    assertThat(run.calls("wait stack-import-complete")).hasSize(1);
    assertThat(run.calls("detect-stack-drift")).hasSize(2);
    assertThat(run.calls("describe-endpoints"))
        .allMatch(c -> c.contains("Name=endpoint-id,Values=sales-lake"));
    var filled = Files.readAllBytes(folder.resolve("out/resources-to-import.filled.json"));
    assertThat(Json.parse(filled).at("/0/ResourceIdentifier/EndpointArn").asText()).isEqualTo(ARN);
    assertThat(folder.resolve("out/resources-to-import.next.json")).doesNotExist();
  }

  @Test
  void theCommandsStopWhereTheyAreToldToAndGoOnThere() throws Exception {
    TemplateMigrationTest.migrate(TEMPLATE).write(folder.resolve("out"));

    var stopped = run("y\nn\n", "hello");

    assertThat(stopped.exitCode()).isEqualTo(1);
    assertThat(stopped.printed()).contains("commands.sh 2");
    assertThat(stopped.calls("execute-change-set")).hasSize(1);
    var further = run("y\ny\n", "", "3");
    assertThat(further.exitCode()).as(further.printed()).isZero();
    assertThat(further.calls("create-change-set").get(0)).contains("IMPORT");
    assertThat(further.calls("create-change-set")).hasSize(2);
  }

  @Test
  void whatNobodyCanLookUpIsAskedFor() throws Exception {
    TemplateMigrationTest.migrate(TEMPLATE).write(folder.resolve("out"));

    var run = run("y\ny\n", "");

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.printed()).contains("was_SalesMessage").contains("returned as Message");
    assertThat(run.calls("execute-change-set")).hasSize(1);
  }

  @Test
  void endpointsAreImportedAndAdopted() throws Exception {
    var described =
        """
        {"Endpoints": [{"EndpointIdentifier": "sales-lake", "EndpointType": "TARGET",
          "EngineName": "s3", "EndpointArn": "%s", "S3Settings": {"BucketName": "bucket"}}]}
        """;
    TemplateMigrationTest.migrate(described.formatted(ARN)).write(folder.resolve("out"));

    var run = run("y\ny\n", "");

    assertThat(run.exitCode()).as(run.printed()).isZero();
    assertThat(run.calls("create-change-set"))
        .extracting(c -> c.replaceAll(".*--change-set-type ", ""))
        .containsExactly(
            "IMPORT --template-body file://step-1-import.yaml --resources-to-import"
                + " file://resources-to-import.json",
            "UPDATE --template-body file://template.yaml");
    var json = Files.readAllBytes(folder.resolve("out/resources-to-import.json"));
    assertThat(Json.parse(json))
        .isEqualTo(
            Json.tree(List.of(ImportedResource.of(TemplateMigrationTest.TYPE, "SalesLake", ARN))));
  }
}
