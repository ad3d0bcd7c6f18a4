package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MigrateCommandTest {
  private static final String TEMPLATE =
      """
      Resources:
        Sales:
          Type: Custom::Endpoint
          Properties:
            ServiceToken: arn
            ENDPOINTIDENTIFIER: sales
            BUCKETNAME: example-data-lake
            ENVIRONMENT: dev
      """;

  @TempDir private Path folder;

  private Path out() {
    return folder.resolve("one").resolve("out");
  }

  private Output migrate(String text, String... options) throws IOException {
    return run(Files.writeString(folder.resolve("given"), text), options);
  }

  private Output run(Path file, String... options) {
    var words = new ArrayList<>(List.of("migrate", file.toString(), "--out", out().toString()));
    words.addAll(List.of(options));
    return Output.of(words.toArray(String[]::new));
  }

  private void refused(Output output, String... why) {
    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.out()).isEmpty();
    assertThat(output.errorLines()).hasSize(1);
    assertThat(output.errorLines().get(0)).startsWith("migrate: ").contains(why);
    assertThat(folder.resolve("one")).doesNotExist();
  }

  @Test
  void example_isMigratedAndSummarized() throws IOException {
    var output = run(Path.of("examples", "migrate", "custom-resource.yaml"));

    assertThat(output.errorLines()).isEmpty();
    assertThat(output.exitCode()).isZero();
    assertThat(output.out())
        .contains(
            "1 endpoint\nProblems: 0\n",
            "Not translated: 1\n  SalesEndpoint.RETRIES (line 38): the type has no such property\n",
            "  before step 2 (line 21): remove SalesEndpoint, to line 38\n",
            "  before step 2 (line 46): `!GetAtt SalesEndpoint.EndpointArn` must be",
            "Read report.md, then run commands.sh.");
    assertThat(names())
        .containsExactlyInAnyOrder(
            ".migrate", "endpoints.yaml", "resources-to-import.json", "commands.sh", "report.md");
    assertThat(out().resolve("commands.sh").toFile().canExecute()).isTrue();
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(out())) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  @Test
  void resultThatCantBeDeployed_endsWith1AndNamesResourcePropertyAndLine() throws IOException {
    var output = migrate(TEMPLATE + "      S3SETTINGS: {DATAFORMAT: orc}\n");

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.out())
        .contains(
            "Problems: 1\n  Sales.S3SETTINGS.DATAFORMAT (line 9): \"orc\" is not possible:"
                + " S3Settings.DataFormat is one of csv, parquet\n",
            "It can't be deployed yet");
    assertThat(Files.readString(out().resolve("report.md")))
        .contains("| Sales.S3SETTINGS.DATAFORMAT | 9 | \"orc\" is not possible");
  }

  @Test
  void secondRun_replacesTheFilesOfTheFirst() throws IOException {
    assertThat(migrate(TEMPLATE).exitCode()).isZero();

    assertThat(migrate(TEMPLATE.replace("sales", "orders")).exitCode()).isZero();

    assertThat(Files.readString(out().resolve("endpoints.yaml"))).contains("orders");
  }

  @Test
  void otherAndEditedFiles_areNamedAndKept() throws IOException {
    assertThat(migrate(TEMPLATE).exitCode()).isZero();
    Files.writeString(out().resolve("endpoints.yaml"), "edited");
    Files.writeString(out().resolve("notes.txt"), "mine");

    var output = migrate(TEMPLATE.replace("sales", "orders"));

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.errorLines()).hasSize(1);
    assertThat(output.errorLines().get(0)).contains(": endpoints.yaml, notes.txt;", "--out");
    assertThat(Files.readString(out().resolve("endpoints.yaml"))).isEqualTo("edited");
    assertThat(Files.readString(out().resolve("report.md"))).doesNotContain("orders");
  }

  @Test
  void folderOfSomebodyElse_isNotWrittenTo() throws IOException {
    Files.createDirectories(out());
    Files.writeString(out().resolve("report.md"), "mine");

    assertThat(migrate(TEMPLATE).exitCode()).isEqualTo(2);

    assertThat(names()).containsExactly("report.md");
  }

  @Test
  void fileThatCantBeRead_isRefused() throws IOException {
    refused(run(folder.resolve("missing.yaml")), "missing.yaml: no such file");
    refused(run(folder), "can't be read");
    Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    refused(run(folder.resolve("bytes")), "not text in UTF-8");
  }

  static Stream<List<String>> wrongTexts() {
    return Stream.of(
        List.of("", "it is empty"),
        List.of("just a text", "neither a template nor"),
        List.of("a: [b", "line 1", "neither YAML nor JSON"),
        List.of("{\"Resources\": {", "line 1", "neither YAML nor JSON"),
        List.of("{} {}", "neither YAML nor JSON"),
        List.of("[]", "neither a template nor"),
        List.of("Parameters: {}", "no Resources"),
        List.of("Resources: {}", "no Resources"),
        List.of("Resources: {A: {Type: AWS::S3::Bucket}}", "no custom resource for an endpoint"),
        List.of("Resources: {A: {Type: Custom::A, Properties: {B: c}}}", "no custom resource"),
        List.of("a: &x 1\nb: *x\n", "line 1", "alias"),
        List.of("a: 1\n---\nb: 1\n", "neither YAML nor JSON"),
        List.of(TEMPLATE + "      BUCKETNAME: b\n", "line 9", "BUCKETNAME", "twice"),
        List.of("Outputs:\n  A: 1\n  A: 2\n" + TEMPLATE, "line 3", "the key A is there twice"),
        List.of("{\"Endpoints\": []}", "no Resources and no Endpoints"),
        List.of(
            "{\"Endpoints\": [{\"EngineName\": \"s3\", \"EndpointType\": \"source\"}]}", "no S3"),
        List.of(
            "{\"Endpoints\": [{\"EngineName\": \"s3\", \"EndpointType\": \"TARGET\"}]}",
            "line 1: an endpoint without an EndpointArn"));
  }

  @ParameterizedTest
  @MethodSource("wrongTexts")
  void textThatIsNeitherTemplateNorEndpoints_isRefused(List<String> text) throws IOException {
    refused(migrate(text.get(0)), text.subList(1, text.size()).toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "--type-name, Acme::DMS, not the name of a resource type",
    "--stack-name, a_b, not the name of a stack",
    "--environment, ' ', not the name of an environment",
    "--data-lake-role-arn, arn:aws:iam::1:role/x, not the ARN of a role",
    "--region, here, not a Region",
    "--tag, '=x', not KEY=VALUE",
    "--tag, nope, not KEY=VALUE: nope",
    "--tag, aws:x=y, refuses keys that begin with aws:",
    "--tag, DMS:x=y, refuses keys that begin with aws: or dms:",
    "--tag, 'a=b,c', DMS takes",
    "--type-configuration, no-such-file, no such file",
    "--nonsense, x, Unknown option",
  })
  void wrongOption_isRefused(String option, String value, String why) throws IOException {
    refused(migrate(TEMPLATE, option, value), why);
  }

  @Test
  void environmentThatIsNotConfigured_isRefused() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("configuration"),
            "{\"Environments\": [{\"Name\": \"dev\","
                + " \"DataLakeRoleArn\": \"arn:aws:iam::444455556666:role/lake\"}]}");
    refused(
        migrate(TEMPLATE, "--environment", "qa", "--type-configuration", file.toString()),
        "--environment: qa is none of the type configuration: dev");
  }

  @Test
  void fileInPlaceOfTheFolder_isRefused() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "x");
    var given = Files.writeString(folder.resolve("given"), TEMPLATE);

    refused(Output.of("migrate", given.toString(), "--out", file.toString()), "file: not a folder");
    var below = Output.of("migrate", given.toString(), "--out", file.resolve("b").toString());
    refused(below, "can't write to");
  }

  @Test
  void options_areInTheFiles() throws IOException {
    var output =
        migrate(
            TEMPLATE,
            "--type-name",
            "Acme::DMS::CrossAccountS3Endpoint",
            "--stack-name",
            "lake",
            "--environment",
            "prod",
            "--data-lake-role-arn",
            "arn:aws:iam::444455556666:role/lake-admin",
            "--region",
            "eu-west-1",
            "--tag",
            "team=sales");

    assertThat(output.errorLines()).isEmpty();
    assertThat(Files.readString(out().resolve("endpoints.yaml")))
        .contains(
            """
                Type: Acme::DMS::CrossAccountS3Endpoint
                DeletionPolicy: Retain
                UpdateReplacePolicy: Retain
                Properties:
                  EndpointIdentifier: sales
                  Environment: prod
                  DataLakeRoleArn: arn:aws:iam::444455556666:role/lake-admin
                  S3Settings:
                    BucketName: example-data-lake
                  Tags: # after the import
                    - {Key: team, Value: sales} # after the import
            """);
    assertThat(Files.readString(out().resolve("commands.sh")))
        .contains("STACK=lake", "AWS_REGION=eu-west-1");
    assertThat(Files.readString(out().resolve("resources-to-import.json")))
        .contains("Acme::DMS::CrossAccountS3Endpoint", "\"EndpointArn\" : \"@Sales@\"");
  }
}
