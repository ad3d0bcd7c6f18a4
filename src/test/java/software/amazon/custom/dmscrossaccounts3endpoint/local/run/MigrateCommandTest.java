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
  void theExampleIsMigratedAndEverythingIsTold() throws IOException {
    var output = run(Path.of("examples", "migrate", "custom-resource.yaml"));

    assertThat(output.errorLines()).isEmpty();
    assertThat(output.exitCode()).isZero();
    assertThat(output.out())
        .contains("Not translated: 1", "SalesEndpoint.RETRIES (line 38)", "report.md");
    try (var files = Files.list(out())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "step-1-retain.yaml",
              "step-2-remove.yaml",
              "step-3-import.yaml",
              "template.yaml",
              "resources-to-import.json",
              "commands.sh",
              "report.md");
    }
    assertThat(out().resolve("commands.sh").toFile().canExecute()).isTrue();
    assertThat(Files.readString(out().resolve("report.md")))
        .contains("| SalesEndpoint.RETRIES | 38 | stays as a comment");
  }

  @Test
  void theSameAgainIsFineAndAnotherTextIsNotOverwritten() throws IOException {
    assertThat(migrate(TEMPLATE).exitCode()).isZero();
    assertThat(migrate(TEMPLATE).exitCode()).isZero();
    var before = Files.readString(out().resolve("template.yaml"));

    var output = migrate(TEMPLATE.replace("sales", "orders"));

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.errorLines()).hasSize(1);
    assertThat(output.errorLines().get(0)).contains("out", "another text", "--out");
    assertThat(Files.readString(out().resolve("template.yaml"))).isEqualTo(before);
  }

  @Test
  void oneFileInTheWayHindersAll() throws IOException {
    Files.createDirectories(out());
    Files.writeString(out().resolve("report.md"), "mine");

    assertThat(migrate(TEMPLATE).exitCode()).isEqualTo(2);

    try (var files = Files.list(out())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void whatCantBeReadIsRefused() throws IOException {
    refused(run(folder.resolve("missing.yaml")), "missing.yaml: no such file");
    refused(run(folder), "can't be read");
    Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    refused(run(folder.resolve("bytes")), "not text in UTF-8");
  }

  static Stream<List<String>> wrongTexts() {
    return Stream.of(
        List.of("", "it is empty"),
        List.of("just a text", "neither a template nor"),
        List.of("a: [b", "not YAML", "line 1"),
        List.of("{\"Resources\": {", "not JSON", "line 1"),
        List.of("{} {}", "not JSON"),
        List.of("[]", "neither a template nor"),
        List.of("Parameters: {}", "no Resources"),
        List.of("Resources: {}", "no custom resource for an endpoint"),
        List.of("Resources: {A: {Type: AWS::S3::Bucket}}", "no custom resource for an endpoint"),
        List.of("Resources: {A: {Type: Custom::A, Properties: {B: c}}}", "no custom resource"),
        List.of("a: &x 1\nb: *x\n", "line 2", "alias"),
        List.of("a: 1\n---\nb: 1\n", "not YAML"),
        List.of(TEMPLATE + "      BUCKETNAME: b\n", "line 8", "BUCKETNAME", "twice"),
        List.of("{\"Endpoints\": []}", "no S3 target endpoint"),
        List.of(
            "{\"Endpoints\": [{\"EngineName\": \"s3\", \"EndpointType\": \"source\"}]}", "no S3"),
        List.of(
            "{\"Endpoints\": [{\"EngineName\": \"s3\", \"EndpointType\": \"TARGET\"}]}",
            "without an EndpointArn"),
        List.of("Endpoints: [{EngineName: s3}]", "--output json"));
  }

  @ParameterizedTest
  @MethodSource("wrongTexts")
  void whatIsNeitherTemplateNorEndpointsIsRefused(List<String> text) throws IOException {
    refused(migrate(text.get(0)), text.subList(1, text.size()).toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "--type-name, Acme::DMS, not the name of a resource type",
    "--stack-name, a_b, not the name of a stack",
    "--environment, ' ', not the name of an environment",
    "--data-lake-role-arn, arn:aws:iam::1:role/x, not the ARN of a role",
    "--region, here, not a Region",
    "--tag, '=x', DMS allows",
    "--tag, 'a=b,c', DMS allows",
    "--type-configuration, no-such-file, no such file",
    "--nonsense, x, Unknown option",
  })
  void wrongOptionsAreRefused(String option, String value, String why) throws IOException {
    refused(migrate(TEMPLATE, option, value), why);
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "x");
    var given = Files.writeString(folder.resolve("given"), TEMPLATE);

    var output = Output.of("migrate", given.toString(), "--out", file.toString());

    refused(output, "file: not a folder");
    var below = Output.of("migrate", given.toString(), "--out", file.resolve("b").toString());
    refused(below, "can't write to");
  }

  @Test
  void theOptionsAreInWhatIsWritten() throws IOException {
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
    assertThat(Files.readString(out().resolve("template.yaml")))
        .isEqualTo(
            """
            Resources:
              Sales:
                Type: Acme::DMS::CrossAccountS3Endpoint
                DeletionPolicy: Retain
                UpdateReplacePolicy: Retain
                Properties:
                  EndpointIdentifier: sales
                  Environment: prod
                  DataLakeRoleArn: arn:aws:iam::444455556666:role/lake-admin
                  S3Settings:
                    BucketName: example-data-lake
                  Tags:
                    - Key: team
                      Value: sales
            """);
    assertThat(Files.readString(out().resolve("commands.sh")))
        .contains("STACK=lake", "AWS_REGION=eu-west-1");
    assertThat(Files.readString(out().resolve("resources-to-import.json")))
        .contains("Acme::DMS::CrossAccountS3Endpoint", "\"EndpointArn\" : \"@Sales@\"");
  }
}
