package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.Layout;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.DoctoredAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** The doctor as a user calls it. */
class DoctorCommandTest {

  private static final String TYPE_NAME = "Acme::DMS::CrossAccountS3Endpoint";

  private static DoctoredAccounts accounts;

  @TempDir private Path folder;
  private Path file;
  private final List<SystemProperty> properties = new ArrayList<>();

  @BeforeAll
  static void start() {
    accounts = DoctoredAccounts.start(Layout.SAME_ACCOUNT);
  }

  @AfterAll
  static void stop() {
    accounts.close();
  }

  @BeforeEach
  void takeCredentials() throws IOException {
    file = folder.resolve("type-configuration.json");
    Files.writeString(file, accounts.configuration().toString());
    var runner = accounts.aws().sessionOf(accounts.runnerArn());
    set("aws.accessKeyId", runner.accessKeyId());
    set("aws.secretAccessKey", runner.secretAccessKey());
    set("aws.sessionToken", runner.sessionToken());
    set("aws.region", "eu-central-1");
    // Whatever this machine has of its own stays out of it.
    set("aws.configFile", folder.resolve("config").toString());
    set("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
    set("aws.disableEc2Metadata", "true");
  }

  private void set(String name, String value) {
    properties.add(SystemProperty.set(name, value));
  }

  @AfterEach
  void giveBack() {
    Collections.reverse(properties);
    properties.forEach(SystemProperty::close);
  }

  private Output doctor(String... more) {
    var args = new ArrayList<>(List.of("doctor", "--type-configuration", file.toString()));
    args.addAll(List.of("--type-name", TYPE_NAME));
    args.addAll(List.of(more));
    return Output.of(args.toArray(String[]::new));
  }

  @Test
  void whereAllIsWellTheTableSaysSo() {
    var output = doctor();
    assertThat(output.errorLines()).isEmpty();
    assertThat(output.exitCode()).isZero();
    assertThat(output.out().lines())
        .first()
        .isEqualTo(TYPE_NAME + ", account 111122223333, eu-central-1");
    assertThat(output.out())
        .contains("✔  dev  endpoint sales-lake")
        .endsWith("13 ✔, 0 ✘, 0 ?" + System.lineSeparator());
  }

  @Test
  void whereSomethingIsBrokenTheExitCodeIsOne() {
    var output = doctor("--region", "eu-west-1");
    assertThat(output.errorLines()).isEmpty();
    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.out())
        .containsPattern("✘ +type +Acme::DMS::CrossAccountS3Endpoint is not registered in account")
        .contains("   → aws cloudformation deploy --stack-name dms-s3-endpoint-type ");
  }

  @Test
  void jsonIsNothingButJson() throws IOException {
    var report = new ObjectMapper().readTree(doctor("--json", "--environment", "dev").out());
    assertThat(report.get("healthy").asBoolean()).isTrue();
    assertThat(report.get("findings")).hasSize(13);
  }

  @Test
  void doctor_typeNameIsReserved_suggestsANameOfOnesOwn() {
    var output =
        Output.of("doctor", "--type-configuration", file.toString(), "--region", "eu-central-1");
    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.out())
        .contains("AWS::Custom::DmsCrossAccountS3Endpoint is not registered", "--type-name")
        .contains(
            "→ mvn package -Dtype.name=Acme::DMS::CrossAccountS3Endpoint && aws cloudformation"
                + " deploy",
            "TypeName=Acme::DMS::CrossAccountS3Endpoint")
        .doesNotContain("TypeName=AWS::");
  }

  @Test
  void doctor_demo_showsAHealthyAndABrokenSetUp() throws IOException {
    var output = Output.of("doctor", "--demo");
    assertThat(output.errorLines()).isEmpty();
    assertThat(output.exitCode()).isZero();
    assertThat(output.out())
        .contains("17 ✔, 0 ✘, 0 ?", "13 ✔, 3 ✘, 0 ?")
        .containsPattern("✘  dev  data-lake role, permissions +a policy denies iam:TagRole")
        .containsPattern("✘  dev  endpoint sales-lake +its role .* has no policy of the type")
        .containsPattern("✘  dev  orphans +role orders-lake-.* is left of");

    var reports = new ObjectMapper().readTree(Output.of("doctor", "--demo", "--json").out());
    assertThat(reports.findValuesAsText("healthy")).containsExactly("true", "false");
    assertBadInput(
        "--region: not together with --demo",
        Output.of("doctor", "--demo", "--region", "eu-west-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "--region eu-west-1, eu-west-2, eu-west-3, eu-west-1",
    "'', eu-west-2, eu-west-3, eu-west-2",
    "'', '', eu-west-3, eu-west-3",
    "'', '', '', eu-north-1"
  })
  void doctor_region_isTheOptionThenTheVariablesThenTheProfile(
      String option, String awsRegion, String awsDefaultRegion, String expected)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("config"), "[default]\nregion = eu-north-1\n");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")),
                Main.class.getName(),
                "doctor",
                "--json",
                "--type-configuration",
                file.toString()));
    if (!option.isEmpty()) {
      command.addAll(List.of(option.split(" ")));
    }
    var runner = accounts.aws().sessionOf(accounts.runnerArn());
    var builder = new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.putAll(
        Map.of(
            "AWS_ENDPOINT_URL", accounts.aws().endpoint().toString(),
            "AWS_ACCESS_KEY_ID", runner.accessKeyId(),
            "AWS_SECRET_ACCESS_KEY", runner.secretAccessKey(),
            "AWS_SESSION_TOKEN", runner.sessionToken(),
            "AWS_CONFIG_FILE", folder.resolve("config").toString(),
            "AWS_EC2_METADATA_DISABLED", "true"));
    if (!awsRegion.isEmpty()) {
      environment.put("AWS_REGION", awsRegion);
    }
    if (!awsDefaultRegion.isEmpty()) {
      environment.put("AWS_DEFAULT_REGION", awsDefaultRegion);
    }

    var process = builder.start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    // Nothing but one JSON document, whatever libraries print.
    assertThat(process.waitFor()).as(out).isEqualTo(1);
    assertThat(Json.object(out).get("region").asText()).isEqualTo(expected);
  }

  @Test
  void credentialsAndRegionCanComeFromAProfile() throws IOException {
    var runner = accounts.aws().sessionOf(accounts.runnerArn());
    Files.writeString(
        folder.resolve("config"),
        """
        [profile lake]
        region = eu-central-1
        aws_access_key_id = %s
        aws_secret_access_key = %s
        aws_session_token = %s
        """
            .formatted(runner.accessKeyId(), runner.secretAccessKey(), runner.sessionToken()));
    set("aws.accessKeyId", "AKIDNOBODY");
    set("aws.secretAccessKey", "none");
    System.clearProperty("aws.region");

    assertThat(doctor("--profile", "lake").exitCode()).isZero();
  }

  @Test
  void whatIsWrongIsOneLineAndNothingIsCalled() throws IOException {
    var broken = Files.writeString(folder.resolve("broken.json"), "{");
    var invalid = Files.writeString(folder.resolve("invalid.json"), "{\"Environment\": []}");
    var none = Files.writeString(folder.resolve("none.json"), "{\"DefaultEnvironment\": \"x\"}");
    var wrong =
        Map.<List<String>, String>of(
            List.of(), "Missing required option: '--type-configuration=FILE'",
            List.of("--type-configuration", "nowhere.json"), "nowhere.json: no such file",
            List.of("--type-configuration", broken.toString()), "broken.json: not JSON",
            List.of("--type-configuration", invalid.toString()), "invalid.json: not valid",
            List.of("--type-configuration", none.toString()), "DefaultEnvironment \"x\" is none of",
            with("--environment", "nowhere"), "has no environment nowhere; it has: dev",
            with("--region", "Frankfurt"), "--region: not a Region: Frankfurt",
            with("--type-name", "Acme"), "--type-name: not the name of a type: Acme",
            with("--profile", "nobody"),
                "no AWS credentials: Profile file contained no credentials for profile 'nobody'");
    accounts.aws().forgetCalls();
    wrong.forEach(
        (args, message) -> {
          var all = new ArrayList<>(List.of("doctor"));
          all.addAll(args);
          assertBadInput(message, Output.of(all.toArray(String[]::new)));
        });
    assertThat(accounts.aws().calls()).isEmpty();
  }

  private List<String> with(String option, String value) {
    return List.of("--type-configuration", file.toString(), option, value);
  }

  @Test
  void withoutCredentialsThatAreGoodForAnythingNothingBegins() throws IOException {
    set("aws.accessKeyId", "AKIDNOBODY");
    assertBadInput("AWS does not take the credentials: The security token", doctor());
    Files.writeString(folder.resolve("config"), "[profile empty]\nregion = eu-central-1\n");
    assertBadInput("no AWS credentials: ", doctor("--profile", "empty"));
  }

  private static void assertBadInput(String message, Output output) {
    assertThat(output.exitCode()).as(message).isEqualTo(2);
    assertThat(output.out()).isEmpty();
    assertThat(output.errorLines()).singleElement().asString().contains(message);
  }
}
