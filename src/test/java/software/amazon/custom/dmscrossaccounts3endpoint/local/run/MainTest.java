package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

class MainTest {
  private static final String VALID =
      """
      {"DataLakeRoleArn": "arn:aws:iam::444455556666:role/path/to/provider",
       "EndpointIdentifier": "lake", "S3Settings": {"BucketName": "bucket"}}
      """;

  @TempDir private Path folder;

  @Test
  void everyStepOfTheFirstSetOfInputsHolds() {
    var output = Output.of("--virtual-time");

    assertThat(output.errorLines()).isEmpty();
    assertThat(output.exitCode()).isZero();
    assertThat(output.out())
        .containsPattern("\\d\\d:\\d\\d:\\d\\d  CREATE  IN_PROGRESS  \\w")
        .containsPattern("before the handshake:[^?]*and after it:[^?]*\"sts:ExternalId\"")
        .contains("the endpoint was recreated")
        .contains("the endpoint was left in place")
        .containsPattern("READ    FAILED       NotFound: ")
        .containsPattern("left in 111122223333 and 444455556666\\R  nothing\\R")
        .containsPattern("update without a change +\\d+ +\\d+ +\\d+\\.\\d")
        .endsWith("every step held" + System.lineSeparator());
  }

  @Test
  void everyStepOfTheSecondSetHoldsWithItsTypeConfiguration() {
    var output =
        Output.of(
            "--virtual-time",
            "--set",
            "2",
            "--type-configuration",
            "examples/type-configuration.json");

    assertThat(output.errorLines()).isEmpty();
    assertThat(output.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"KEPT_ACTIVE", "KEPT_FAILED", "DENIED_THEN_FAILED", "NEW_ID_ON_SECOND_CALL"})
  void everyStepHoldsInEveryDialectOfTheHandshake(String dialect) {
    var output = Output.of("--virtual-time", "--dialect", dialect, "--propagation", "10");

    assertThat(output.errorLines()).isEmpty();
    assertThat(output.exitCode()).isZero();
  }

  @Test
  void everyStepHoldsInAnotherRegionAndForARoleWithAPath() throws IOException {
    inputs(VALID, VALID);

    var output =
        Output.of("--virtual-time", "--inputs", folder.toString(), "--region", "us-east-1");

    assertThat(output.errorLines()).isEmpty();
    assertThat(output.exitCode()).isZero();
    assertThat(output.out()).contains("arn:aws:dms:us-east-1:111122223333:endpoint:lake");
  }

  @Test
  void verboseShowsEventsAndLogInFull() {
    var output = Output.of("--virtual-time", "-v");

    assertThat(output.out()).contains("\"callbackContext\"");
    assertThat(output.errorLines()).isNotEmpty();
  }

  @Test
  void aStepThatDoesNotHoldIsOneLineAndExitCodeOne() throws IOException {
    inputs(VALID, VALID.replace("lake\"", "pond\""));

    var output = Output.of("--virtual-time", "--inputs", folder.toString());

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.errorLines())
        .singleElement()
        .asString()
        .startsWith("local-run: UPDATE FAILED NotUpdatable");
    assertThat(output.out()).doesNotContain("every step held");
  }

  @Test
  void aReportOfARunThatHeldSaysSo() throws IOException {
    var file = folder.resolve("run.html");

    var output = Output.of("--virtual-time", "--report", file.toString());

    assertThat(output.exitCode()).isZero();
    assertThat(output.out()).containsPattern("report: .*run\\.html\\R\\Revery step held");
    var run = data(file);
    assertThat(run.path("held").asBoolean()).isTrue();
    assertThat(run.at("/endpoints/0/operations").findValuesAsText("name"))
        .contains("update without a change", "read what is gone");
    assertThat(run.path("left"))
        .hasSize(2)
        .allSatisfy(account -> assertThat(account.path("arns")).isEmpty());
  }

  @Test
  void aRunThatDoesNotHoldIsReportedAllTheSame() throws IOException {
    inputs(VALID, VALID.replace("lake\"", "pond\""));
    var file = folder.resolve("run.html");

    var output =
        Output.of("--virtual-time", "--inputs", folder.toString(), "--report", file.toString());

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.errorLines()).singleElement().asString().contains("NotUpdatable");
    var run = data(file);
    assertThat(run.path("held").asBoolean()).isFalse();
    assertThat(run.path("failedStep").asText()).isEqualTo("update");
    assertThat(run.path("message").asText()).startsWith("UPDATE FAILED NotUpdatable");
    assertThat(run.path("left").toString())
        .contains("arn:aws:dms:eu-central-1:111122223333:endpoint:lake");
  }

  @Test
  void aReportThatCannotBeWrittenIsBadInputBeforeTheRunBegins() throws IOException {
    assertBadInput("does not exist", "--report", folder.resolve("nowhere/run.html").toString());
    assertBadInput("is a folder", "--report", folder.toString());
    assertBadInput("neither", "fleet", "--report", folder.resolve("run.txt").toString());
    assertBadInput("is a folder", "--fleet", "--report", folder.toString());
    assertThat(folder).isEmptyDirectory();
  }

  /**
   * The picture in README.md is one of a run with the machine's time; a test has no time for it.
   */
  @Test
  void thePictureOfTheGuideIsMadeOfWhatARunMakesToday() throws IOException {
    var file = folder.resolve("run.svg");
    Output.of("--virtual-time", "--report", file.toString());
    var today = Jsoup.parse(Files.readString(file), Parser.xmlParser());
    var picture = Jsoup.parse(Files.readString(Path.of("guide", "report.svg")), Parser.xmlParser());

    assertThat(picture.select("style").text()).isEqualTo(today.select("style").text());
    for (var kind : List.of("operation", "row", "legend")) {
      assertThat(names(picture, kind)).as(kind).isEqualTo(names(today, kind));
    }
    assertThat(styles(picture)).isEqualTo(styles(today));
  }

  /** The data of the run that a page holds. */
  private static JsonNode data(Path page) throws IOException {
    return Json.object(Jsoup.parse(page).select("#data").get(0).data());
  }

  private static List<String> names(Document picture, String kind) {
    return picture.select("text." + kind).eachText().stream()
        .map(text -> text.replaceAll(" [0-9.]+ s$", ""))
        .toList();
  }

  private static Set<String> styles(Document picture) {
    return new TreeSet<>(picture.select("rect, circle").eachAttr("class"));
  }

  @Test
  void aMissingInputIsBadInput() {
    assertBadInput("no such file", "--set", "7");
    assertBadInput("no such file", "--inputs", folder.resolve("nowhere").toString());
  }

  @Test
  void anInputThatIsNotJsonIsBadInput() throws IOException {
    inputs(VALID, "{");

    assertBadInput("inputs_1_update.json: not JSON", "--inputs", folder.toString());
  }

  @Test
  void anInputThatIsNotValidIsBadInput() throws IOException {
    inputs(VALID.replace("BucketName", "Bucket"), VALID);

    assertBadInput(
        "inputs_1_create.json: not valid against resource-schema.json",
        "--inputs",
        folder.toString());
  }

  @Test
  void aTypeConfigurationThatIsNotValidIsBadInput() throws IOException {
    var file = Files.writeString(folder.resolve("configuration.json"), "{\"Environment\": []}");

    for (var command : new String[] {"", "fleet", "serve"}) {
      var args = (command + " --type-configuration " + file).strip().split(" ");
      assertBadInput("Environment", args);
    }
    assertBadInput("no such file", "--fleet", "--type-configuration", file + "x");
  }

  @Test
  void anEnvironmentWithoutATypeConfigurationIsBadInput() {
    assertBadInput("--type-configuration", "--set", "2");
  }

  @ParameterizedTest
  @CsvSource({
    "--set one, one",
    "--sets 1, --sets",
    "fly, fly",
    "--dialect KLINGON, NOTHING_KEPT",
    "--region nowhere, nowhere",
    "--region cn-north-1, aws-cn",
    "--propagation -1, --propagation",
    "--fleet --virtual-time, --virtual-time",
    "--report run.html fleet, --report",
    "--region us-east-1 serve, --region",
    "--report, --report",
    "serve --report run.html, --report",
    "fleet --endpoints 0, --endpoints",
    "fleet --parallel 0, --parallel",
    "serve --port x, --port",
    "serve --port 65536, --port",
    "serve --aws-port -1, --aws-port"
  })
  void aWrongOptionIsBadInput(String args, String named) {
    assertBadInput(named, args.split(" "));
  }

  @Test
  void helpNamesCommandsAndExitCodes() {
    var output = Output.of("--help");

    assertThat(output.exitCode()).isZero();
    assertThat(output.out()).contains("fleet", "serve", "--inputs", "bad input or usage");
  }

  @Test
  void theJvmFindsAwsWhereItDidBefore() {
    Output.of("--virtual-time");

    assertThat(System.getProperty("aws.endpointUrl")).isNull();
  }

  private void inputs(String create, String update) throws IOException {
    Files.writeString(folder.resolve("inputs_1_create.json"), create);
    Files.writeString(folder.resolve("inputs_1_update.json"), update);
  }

  private static void assertBadInput(String named, String... args) {
    var output = Output.of(args);

    assertThat(output.errorLines()).singleElement().asString().contains(named);
    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.out()).isEmpty();
  }
}
