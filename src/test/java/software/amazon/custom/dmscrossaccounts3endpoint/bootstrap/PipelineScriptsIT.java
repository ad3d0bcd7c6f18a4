package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.PipelineAccounts.ENVIRONMENTS;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.PipelineAccounts.OTHER_REGION;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.model.RegistryType;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TypePackages;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.Clients;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;

/**
 * The scripts of {@code examples/pipeline}: with the AWS CLI, where it is on the PATH, against the
 * local AWS as the roles of the workflow, and with an {@code aws} that fails.
 */
class PipelineScriptsIT {

  private static final String NAME = TypePackages.NAME;
  private static final String FILE = "acme-dms-crossaccounts3endpoint.zip";
  private static final String URL =
      "s3://example-dms-s3-endpoint-packages-{Region}/type-" + "0".repeat(64) + ".zip";
  private static final String CONFIGURE = script("configure.sh");
  private static final String ROLLBACK = script("rollback.sh");
  private static final String SECRET = "6f1d0c7ab2e94d53a8c1f0e7";

  @TempDir private Path folder;

  private PipelineAccounts accounts;

  private void start() {
    Programs.required("aws", "what the scripts of examples/pipeline do");
    accounts = PipelineAccounts.start();
  }

  @AfterEach
  void close() {
    if (accounts != null) {
      accounts.close();
    }
  }

  private static String script(String name) {
    return PipelineAccounts.FOLDER.resolve(name).toString();
  }

  /** The end of a script, and what it printed. */
  private record Ended(int code, String out, String err) {}

  private Ended run(Map<String, String> settings, List<String> words)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("sh", script(words.get(0))));
    command.addAll(words.subList(1, words.size()));
    var errors = folder.resolve("stderr");
    var builder = new ProcessBuilder(command).redirectError(errors.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.putAll(
        Map.of(
            "AWS_DEFAULT_REGION",
            DeployedTemplate.REGION,
            "AWS_CONFIG_FILE",
            folder.resolve("none").toString(),
            "AWS_MAX_ATTEMPTS",
            "1",
            "TYPE_NAME",
            NAME,
            "POLL_SECONDS",
            "0"));
    environment.putAll(settings);
    var process = builder.start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out.strip(), Files.readString(errors));
  }

  private Map<String, String> as(LocalCredentials caller) {
    return new TreeMap<>(
        Map.of(
            "AWS_ENDPOINT_URL", accounts.aws().endpoint().toString(),
            "AWS_ACCESS_KEY_ID", caller.accessKeyId(),
            "AWS_SECRET_ACCESS_KEY", caller.secretAccessKey(),
            "AWS_SESSION_TOKEN", caller.sessionToken()));
  }

  private Ended ended(String environment, String... words) throws Exception {
    return run(as(accounts.workflow(environment)), List.of(words));
  }

  private String succeed(String environment, String... words) throws Exception {
    var ended = ended(environment, words);
    assertThat(ended.code()).as(ended.err()).isZero();
    return ended.out();
  }

  private String upload(byte[] content) throws Exception {
    return succeed("dev", "upload.sh", Files.write(folder.resolve(FILE), content).toString());
  }

  private List<String> defaultVersions(String environment, String... regions) {
    var versions = new ArrayList<String>();
    var administrator = accounts.aws().administrator(ENVIRONMENTS.get(environment));
    for (var region : regions) {
      try (var registry = new Clients(accounts.aws(), region).cloudFormation(administrator)) {
        var described = registry.describeType(r -> r.type(RegistryType.RESOURCE).typeName(NAME));
        versions.add(described.defaultVersionId() + " " + described.description());
      }
    }
    return versions;
  }

  @Test
  void scripts_registerConfigureReplaceAndRollBackInEveryRegion() throws Exception {
    start();
    var regions = new String[] {DeployedTemplate.REGION, OTHER_REGION};
    var first = upload(TypePackages.named(NAME, "one"));
    assertThat(first)
        .matches(
            "s3://example-dms-s3-endpoint-packages-\\{Region}/acme-dms-crossaccounts3endpoint-[0-9a-f]{64}\\.zip");
    assertThat(upload(TypePackages.named(NAME, "one"))).as("uploaded again").isEqualTo(first);

    succeed("prod", "register.sh", "prod", first);
    assertThat(defaultVersions("prod", regions)).containsOnly("00000001 one");
    assertThat(succeed("prod", "everywhere.sh", "prod", "sh", CONFIGURE).lines()).hasSize(2);
    succeed("prod", "register.sh", "prod", upload(TypePackages.named(NAME, "two")));
    assertThat(defaultVersions("prod", regions)).containsOnly("00000002 two");

    succeed("prod", "everywhere.sh", "prod", "sh", ROLLBACK, "previous");
    assertThat(defaultVersions("prod", regions)).containsOnly("00000001 one");
    var again = ended("prod", "everywhere.sh", "prod", "sh", ROLLBACK, "previous");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("There is no version before the default one.");
    succeed("prod", "everywhere.sh", "prod", "sh", ROLLBACK, "00000002");
    assertThat(defaultVersions("prod", regions)).containsOnly("00000002 two");

    var broken = upload(TypePackages.holding("readme.txt", "x"));
    var refused = ended("prod", "register.sh", "prod", broken);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("333344445555", "eu-central-1", "schema.json");
    assertThat(calledAs("dms-s3-endpoint-deploy-prod"))
        .isEqualTo(allowed("dms-s3-endpoint-deploy-prod"));
    assertThat(calledAs("dms-s3-endpoint-type-operator"))
        .isEqualTo(allowed("dms-s3-endpoint-type-operator"));
  }

  /** The actions of the calls that a role made; the caller may always ask for its identity. */
  private Set<String> calledAs(String role) {
    return accounts.aws().calls().stream()
        .filter(c -> c.principal() != null && c.principal().contains("/" + role + "/"))
        .map(c -> c.action().replace("s3:HeadObject", "s3:GetObject"))
        .filter(action -> !action.equals("sts:GetCallerIdentity"))
        .collect(Collectors.toSet());
  }

  /** The actions that the policy of a role allows; a role is passed without a call. */
  private Set<String> allowed(String role) {
    var policies =
        accounts.aws().policies(PipelineAccounts.TOOLS).stream()
            .filter(policy -> policy.arn().endsWith("/" + role))
            .map(policy -> policy.document());
    var inline =
        accounts.aws().roles(ENVIRONMENTS.get("prod")).stream()
            .filter(r -> r.name().equals(role))
            .flatMap(r -> r.inline().values().stream());
    return java.util.stream.Stream.concat(policies, inline)
        .flatMap(document -> Policies.allowedActions(document).stream())
        .filter(action -> !action.equals("iam:PassRole"))
        .collect(Collectors.toSet());
  }

  /** The role of dev may upload: it must not decide what is registered in prod. */
  @Test
  void register_otherPackageUnderTheKey_isRefused() throws Exception {
    start();
    var url = upload(TypePackages.named(NAME, "one"));
    var forged = url.replaceFirst("-[0-9a-f]{64}", "-" + "0".repeat(64));
    for (var region : List.of(DeployedTemplate.REGION, OTHER_REGION)) {
      var path = "/" + forged.substring(5).replace("{Region}", region);
      var content = TypePackages.named(NAME, "evil");
      TypePackages.put(
          accounts.aws().endpoint(), accounts.workflow("dev"), path, content, "If-None-Match", "*");
    }
    var ended = ended("prod", "register.sh", "prod", forged);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("is not the one that its name says");
    assertThat(accounts.aws().calls()).noneMatch(call -> call.operation().equals("CreateStackSet"));
  }

  @Test
  void configure_externalIdInTheFile_isNotPrinted() throws Exception {
    start();
    succeed("dev", "register.sh", "dev", upload(TypePackages.named(NAME, "one")));
    var given =
        Files.readString(PipelineAccounts.FOLDER.resolve("type-configuration/111122223333.json"));
    var file = folder.resolve("configuration.json");
    Files.writeString(
        file, given.replace("\"Name\"", "\"AssumeRoleExternalId\": \"" + SECRET + "\", \"Name\""));
    var ended = ended("dev", "everywhere.sh", "dev", "sh", CONFIGURE, file.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out() + ended.err()).contains(":type-configuration").doesNotContain(SECRET);
  }

  @Test
  void register_serviceManaged_takesAnOrganizationalUnit() throws Exception {
    start();
    var url = upload(TypePackages.named(NAME, "one"));
    var settings = as(accounts.workflow("dev"));
    settings.put("PERMISSION_MODEL", "SERVICE_MANAGED");
    var without = run(settings, List.of("register.sh", "dev", url));
    assertThat(without.code()).isEqualTo(2);
    settings.putAll(
        Map.of("CALL_AS", "DELEGATED_ADMIN", "ORGANIZATIONAL_UNIT", "ou-ab12-11111111"));
    var ended = run(settings, List.of("register.sh", "dev", url));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(defaultVersions("dev", DeployedTemplate.REGION)).containsExactly("00000001 one");
  }

  @Test
  void rollback_awsUnreachableOrRefusing_saysWhich() throws Exception {
    start();
    var caller = accounts.workflow("dev");
    var refused = run(as(caller), List.of("rollback.sh", "previous"));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("AWS refused cloudformation list-type-versions.");
    var nowhere = as(caller);
    nowhere.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    var unreachable = run(nowhere, List.of("rollback.sh", "previous"));
    assertThat(unreachable.code()).isEqualTo(1);
    assertThat(unreachable.err())
        .contains("AWS could not be reached")
        .doesNotContain("There is no version");
  }

  /** A folder for the PATH with an {@code aws} that leaves a file where it was called. */
  private Map<String, String> fakeAws(int code, String error) throws IOException {
    var programs = Files.createDirectories(folder.resolve("bin"));
    var aws = programs.resolve("aws");
    Files.writeString(
        aws,
        "#!/bin/sh\ntouch '%s'\necho '%s' >&2\nexit %d\n"
            .formatted(folder.resolve("called"), error, code));
    assertThat(aws.toFile().setExecutable(true)).isTrue();
    return new TreeMap<>(Map.of("PATH", programs + ":" + System.getenv("PATH")));
  }

  @ParameterizedTest
  @CsvSource({
    "255, Could not connect to the endpoint URL, AWS could not be reached",
    "253, Unable to locate credentials, AWS could not be reached",
    "254, An error occurred (AccessDenied) when calling the X operation: no, AWS refused",
    "255, An error occurred (AccessDenied) when calling the X operation: no, AWS refused",
    "127, aws: not found, The AWS CLI could not be run"
  })
  void everyScript_awsCliFails_endsWithOneAndSaysWhy(int code, String error, String why)
      throws Exception {
    var file = Files.writeString(folder.resolve(FILE), "x").toString();
    for (var words :
        List.of(
            List.of("upload.sh", file),
            List.of("register.sh", "dev", URL),
            List.of("everywhere.sh", "dev", "true"),
            List.of("configure.sh"),
            List.of("configure.sh", file),
            List.of("rollback.sh", "00000001"),
            List.of("rollback.sh", "previous"))) {
      var ended = run(fakeAws(code, error), words);
      assertThat(ended.code()).as(words.toString()).isEqualTo(1);
      assertThat(ended.err()).as(words.toString()).startsWith(error).contains("\n" + why);
      assertThat(ended.err()).doesNotContain("There is no version");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upload.sh|none.zip",
        "upload.sh",
        "register.sh|dev",
        "register.sh|stage|s3://example-dms-s3-endpoint-packages-{Region}/k.zip",
        "register.sh|dev|s3://example-dms-s3-endpoint-packages-{Region}/k.zip",
        "register.sh|dev|s3://another-{Region}/type-HASH.zip",
        "register.sh|dev|s3://example-dms-s3-endpoint-packages-{Region}/../type-HASH.zip",
        "register.sh|$(touch called)|s3://example-dms-s3-endpoint-packages-{Region}/type-HASH.zip",
        "register.sh|dev\nprod|s3://example-dms-s3-endpoint-packages-{Region}/type-HASH.zip",
        "everywhere.sh|dev",
        "everywhere.sh|stage|true",
        "everywhere.sh|.*|true",
        "configure.sh|none.json",
        "configure.sh|a.json|b.json",
        "rollback.sh|1",
        "rollback.sh|00000001\n00000002",
        "rollback.sh|previous; touch called",
        "rollback.sh",
        "TYPE_NAME=Acme|rollback.sh|previous",
        "TYPE_NAME=A\", \"x::Bc::De|rollback.sh|previous",
        "EXECUTION_ROLE=a\"}|rollback.sh|previous",
        "PACKAGE_BUCKETS=a b|rollback.sh|previous",
        "PERMISSION_MODEL=ANY|rollback.sh|previous",
        "ORGANIZATIONAL_UNIT=o-1|rollback.sh|previous",
        "CALL_AS=ME|rollback.sh|previous",
        "POLL_SECONDS=1s|rollback.sh|previous",
        "TARGETS=none|everywhere.sh|dev|true",
        "TARGETS=pom.xml|everywhere.sh|dev|true"
      })
  void everyScript_wrongInput_isRefusedBeforeAnythingIsCalled(String line) throws Exception {
    var settings = fakeAws(0, "");
    var words = new ArrayList<>(List.of(line.replace("HASH", "0".repeat(64)).split("\\|")));
    if (words.get(0).contains("=")) {
      var setting = words.remove(0).split("=", 2);
      settings.put(setting[0], setting[1]);
    }
    var ended = run(settings, words);
    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(folder.resolve("called")).doesNotExist();
    assertThat(Path.of("called")).doesNotExist();
  }
}
