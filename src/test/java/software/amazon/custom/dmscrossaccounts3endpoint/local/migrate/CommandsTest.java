package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** The commands, run by a shell with an AWS CLI that only records what it was asked for. */
class CommandsTest {
  private static final String ARN = "arn:aws:dms:eu-central-1:111122223333:endpoint:SALES";

  /** Answers look-ups, and keeps the files that are given to it. */
  private static final String AWS =
      """
      #!/bin/sh
      echo "$*" >> "$LOG"
      for word in "$@"; do
        case "$word" in file://*) cp "${word#file://}" "$LOG.$(basename "$word")" ;; esac
      done
      case "$*" in
        *describe-endpoints*.EndpointArn*) echo %s ;;
        *describe-endpoints*.ExternalId*) echo an-id ;;
        *describe-stack-resource\\ *) echo physical-id ;;
        *describe-stacks*Mode*) echo SSE_S3 ;;
        *describe-stacks*Name*) echo sales-lake ;;
        *describe-change-set*Remove*) echo "$DELETED" ;;
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
            ENVIRONMENT: dev
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
    Files.writeString(folder.resolve("mine.yaml"), TEMPLATE);
  }

  private void migrate(String text) throws IOException {
    new OutputFolder(folder.resolve("out")).write(TemplateMigrationTest.migrate(text).files());
  }

  private Run run(String answers, Map<String, String> variables, String... arguments)
      throws Exception {
    var log = folder.resolve("log");
    Files.deleteIfExists(log);
    var command =
        new ArrayList<>(List.of("sh", folder.resolve("out").resolve("commands.sh").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LOG", log.toString());
    if (arguments.length == 0) {
      builder.environment().put("TEMPLATE", folder.resolve("mine.yaml").toString());
    }
    builder.environment().put("DELETED", "");
    builder.environment().merge("PATH", "", (path, no) -> folder.resolve("bin") + ":" + path);
    builder.environment().putAll(variables);
    var process = builder.start();
    process.getOutputStream().write(answers.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(
        process.waitFor(), printed, Files.exists(log) ? Files.readAllLines(log) : List.of());
  }

  @Test
  void template_goesThroughItsSteps() throws Exception {
    migrate(TEMPLATE);

    var run = run("y\ny\ny\ny\ny\ny\n", Map.of("was_SalesMessage", "hello"));

    assertThat(run.exitCode()).as(run.printed()).isZero();
    var changeSets = run.calls("create-change-set");
    assertThat(changeSets)
        .extracting(
            c ->
                c.replaceAll(
                    ".*--stack-name (\\S+) .*-type (\\S+) --template-body \\S+/(\\S+).*",
                    "$1 $2 $3"))
        .containsExactly(
            "lake UPDATE mine.yaml",
            "lake UPDATE mine.yaml",
            "lake-endpoints IMPORT endpoints.yaml",
            "lake-endpoints UPDATE endpoints.yaml");
    assertThat(changeSets.subList(0, 2)).allMatch(c -> c.contains("CAPABILITY_NAMED_IAM"));
    assertThat(changeSets.subList(2, 4)).noneMatch(c -> c.contains("--capabilities"));
    assertThat(changeSets.get(0))
        .endsWith(
            "--parameters ParameterKey=Name,UsePreviousValue=true"
                + " ParameterKey=Mode,UsePreviousValue=true");
    assertThat(changeSets.get(1))
        .contains(
            "ParameterKey=SalesRef,ParameterValue=physical-id",
            "ParameterKey=SalesExternalId,ParameterValue=an-id",
            "ParameterKey=SalesMessage,ParameterValue=hello");
    assertThat(changeSets.get(2))
        .contains("ParameterKey=Mode,ParameterValue=SSE_S3")
        .contains("ParameterKey=Name,ParameterValue=sales-lake");
    assertThat(run.calls("execute-change-set")).hasSize(4);
    assertThat(run.calls("wait stack-import-complete")).hasSize(1);
    assertThat(run.calls("detect-stack-drift")).hasSize(2);
    var imported = Files.readAllBytes(folder.resolve("log.resources-to-import.json"));
    assertThat(Json.parse(imported).at("/0/ResourceIdentifier/EndpointArn").asText())
        .isEqualTo(ARN);
    try (var files = Files.list(folder.resolve("out"))) {
      assertThat(files).hasSize(5); // The commands leave nothing there.
    }
  }

  @Test
  void aNo_stopsAndTheCommandsGoOnThere() throws Exception {
    migrate(TEMPLATE);

    var stopped = run("y\ny\nn\n", Map.of("was_SalesMessage", "hello"));

    assertThat(stopped.exitCode()).isEqualTo(1);
    assertThat(stopped.printed()).contains("commands.sh 2");
    assertThat(stopped.calls("execute-change-set")).hasSize(1);
    var further = run("y\ny\n", Map.of(), "3");
    assertThat(further.exitCode()).as(further.printed()).isZero();
    assertThat(further.calls("create-change-set").get(0)).contains("IMPORT");
    assertThat(further.calls("create-change-set")).hasSize(2);
  }

  @Test
  void resourceThatIsNotRetained_isNotRemoved() throws Exception {
    migrate(TEMPLATE);
    var mine = folder.resolve("mine.yaml").toString();
    var variables = Map.of("was_SalesMessage", "hello", "DELETED", "Other Sales", "TEMPLATE", mine);

    var run = run("y\ny\n", variables, "2");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.printed()).contains("Sales would be deleted with its endpoint");
    assertThat(run.calls("execute-change-set")).isEmpty();
  }

  @Test
  void valueThatNobodyCanLookUp_isAskedFor() throws Exception {
    migrate(TEMPLATE);

    var run = run("y\ny\ny\ny\n", Map.of());

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.printed()).contains("was_SalesMessage", "what Sales.Message was");
    assertThat(run.calls("execute-change-set")).hasSize(1);
  }

  @Test
  void problems_stopTheCommands() throws Exception {
    migrate(TEMPLATE.replace("      BUCKETNAME: bucket\n", ""));

    assertThat(run("y\n", Map.of()).printed()).contains("report.md has problems");
    assertThat(run("y\n", Map.of()).calls()).isEmpty();
  }

  @Test
  void endpoints_areImportedWithoutTheTagAndAdoptedWithIt() throws Exception {
    var described =
        """
        {"Endpoints": [{"EndpointIdentifier": "sales-lake", "EndpointType": "TARGET",
          "EngineName": "s3", "EndpointArn": "%s", "S3Settings": {"BucketName": "bucket"}}]}
        """;
    migrate(described.formatted(ARN));

    var run = run("n\n", Map.of("FIXED", "y"));

    assertThat(run.calls("create-change-set").get(0))
        .matches(".*--stack-name lake .* IMPORT --template-body .* --resources-to-import .*");
    assertThat(Files.readString(folder.resolve("log.endpoints.yaml")))
        .contains("BucketName: bucket")
        .doesNotContain("Tags", "managed-by");
    var further = run("y\n", Map.of("FIXED", "y"), "3");
    assertThat(further.exitCode()).as(further.printed()).isZero();
    assertThat(Files.readString(folder.resolve("log.endpoints.yaml"))).contains("managed-by");
  }
}
