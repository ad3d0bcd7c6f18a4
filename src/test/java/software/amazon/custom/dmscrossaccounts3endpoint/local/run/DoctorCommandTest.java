package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.Layout;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.DoctoredAccounts;

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
