package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.RegistryType;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TypePackages;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;

/**
 * The scripts of {@code examples/pipeline}, run with the AWS CLI against the local AWS as the role
 * of the pipeline. Skipped where {@code aws} is not on the PATH.
 */
class PipelineScriptsIT {

  private static final String NAME = TypePackages.NAME;

  @TempDir private Path folder;

  private PipelineAccounts accounts;

  @BeforeEach
  void start() {
    Programs.required("aws", "what the scripts of examples/pipeline do");
    accounts = PipelineAccounts.startSettled();
  }

  @AfterEach
  void close() {
    if (accounts != null) {
      accounts.close();
    }
  }

  /** How a script ended, and what it said. */
  private record Said(int exit, String out, String err) {}

  private Said run(LocalCredentials as, Map<String, String> settings, String... words)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("sh"));
    command.addAll(List.of(words));
    command.set(1, PipelineAccounts.FOLDER.resolve(words[0]).toString());
    var errors = folder.resolve("stderr");
    var builder = new ProcessBuilder(command).redirectError(errors.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.putAll(
        Map.of(
            "AWS_ENDPOINT_URL", accounts.aws().endpoint().toString(),
            "AWS_DEFAULT_REGION", DeployedTemplate.REGION,
            "AWS_CONFIG_FILE", folder.resolve("none").toString(),
            "AWS_ACCESS_KEY_ID", as.accessKeyId(),
            "AWS_SECRET_ACCESS_KEY", as.secretAccessKey(),
            "AWS_SESSION_TOKEN", as.sessionToken(),
            "TYPE_NAME", NAME,
            "POLL_SECONDS", "0"));
    environment.putAll(settings);
    var process = builder.start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), out.strip(), Files.readString(errors));
  }

  private String succeed(String... words) throws IOException, InterruptedException {
    var said = run(pipeline(), Map.of(), words);
    assertThat(said.exit()).as(said.err()).isZero();
    return said.out();
  }

  /** The role of CodePipeline's steps, which deploys to all environments. */
  private LocalCredentials pipeline() {
    return accounts.session(PipelineAccounts.TOOLS, "dms-s3-endpoint-deploy");
  }

  private String script(String name) {
    return PipelineAccounts.FOLDER.resolve(name).toString();
  }

  private String upload(String version) throws IOException, InterruptedException {
    var file = folder.resolve("acme-dms-crossaccounts3endpoint.zip");
    Files.write(file, TypePackages.named(NAME, version));
    return succeed("upload.sh", file.toString());
  }

  private List<String> defaultVersions(String environment, String... regions) {
    var versions = new ArrayList<String>();
    for (var region : regions) {
      try (var registry =
          accounts.cloudFormation(
              accounts.aws().administrator(PipelineAccounts.ENVIRONMENTS.get(environment)),
              region)) {
        var described = registry.describeType(r -> r.type(RegistryType.RESOURCE).typeName(NAME));
        versions.add(described.defaultVersionId() + " " + described.description());
      }
    }
    return versions;
  }

  @Test
  void aTypeIsRegisteredConfiguredReplacedAndRolledBackInEveryRegionOfProd() throws Exception {
    var regions = new String[] {DeployedTemplate.REGION, PipelineAccounts.OTHER_REGION};
    var first = upload("one");
    assertThat(first)
        .matches(
            "s3://example-dms-s3-endpoint-packages-\\{Region}/acme-dms-crossaccounts3endpoint-[0-9a-f]{16}\\.zip");
    assertThat(upload("one")).as("uploaded again").isEqualTo(first);

    succeed("register.sh", "prod", first);
    assertThat(defaultVersions("prod", regions)).containsOnly("00000001 one");
    try (var registry =
        accounts.cloudFormation(
            accounts.aws().administrator(PipelineAccounts.ENVIRONMENTS.get("prod")))) {
      var described = registry.describeType(r -> r.type(RegistryType.RESOURCE).typeName(NAME));
      assertThat(described.executionRoleArn())
          .isEqualTo("arn:aws:iam::333344445555:role/dms-s3-endpoint-type-execution");
      assertThat(described.loggingConfig().logRoleArn())
          .isEqualTo("arn:aws:iam::333344445555:role/dms-s3-endpoint-type-logging");
    }

    var configured = succeed("everywhere.sh", "prod", "sh", script("configure.sh"));
    assertThat(configured.split("\"DefaultEnvironment\": \"prod\"")).hasSize(3);

    succeed("register.sh", "prod", upload("two"));
    assertThat(defaultVersions("prod", regions)).containsOnly("00000002 two");

    succeed("everywhere.sh", "prod", "sh", script("rollback.sh"), "previous");
    assertThat(defaultVersions("prod", regions)).containsOnly("00000001 one");
    var again =
        run(pipeline(), Map.of(), "everywhere.sh", "prod", "sh", script("rollback.sh"), "previous");
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("There is no version before the default one.");

    succeed("everywhere.sh", "prod", "sh", script("rollback.sh"), "00000002");
    assertThat(defaultVersions("prod", regions)).containsOnly("00000002 two");
  }

  @Test
  void theScriptsCallWhatTheJobOfTheOtherTestsCalls() throws Exception {
    var caller = accounts.workflow("dev");
    var targets = Files.writeString(folder.resolve("targets.txt"), "dev 111122223333 eu-central-1");
    var settings = Map.of("TARGETS", targets.toString());
    var file = folder.resolve("type.zip");
    for (var version : List.of("one", "two", "broken")) {
      Files.write(
          file,
          version.equals("broken")
              ? TypePackages.holding("readme.txt", "x")
              : TypePackages.named(NAME, version));
      var url = run(caller, settings, "upload.sh", file.toString());
      assertThat(url.exit()).as(url.err()).isZero();
      var registered = run(caller, settings, "register.sh", "dev", url.out());
      if (version.equals("broken")) {
        assertThat(registered.exit()).isEqualTo(1);
        assertThat(registered.err()).contains("111122223333", "eu-central-1", "schema.json");
      } else {
        assertThat(registered.exit()).as(registered.err()).isZero();
      }
    }
    for (var words :
        List.of(
            new String[] {"everywhere.sh", "dev", "sh", script("configure.sh")},
            new String[] {"everywhere.sh", "dev", "sh", script("rollback.sh"), "00000001"})) {
      var said = run(caller, settings, words);
      assertThat(said.exit()).as(said.err()).isZero();
    }
    var byScripts = actions(accounts.aws().calls());
    accounts.close();

    accounts = PipelineAccounts.start();
    assertThat(new PipelineJob(accounts, accounts.workflow("dev")).run()).isEmpty();
    var byJob = actions(accounts.aws().calls());
    // Who calls may always be asked.
    byScripts.remove("sts:GetCallerIdentity");
    assertThat(byScripts).isEqualTo(byJob);
  }

  private static Set<String> actions(List<Call> calls) {
    return calls.stream().map(Call::action).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void wrongInputIsRefusedBeforeAnythingIsCalled() throws Exception {
    for (var words :
        List.of(
            List.of("upload.sh", "none.zip"),
            List.of("register.sh", "dev"),
            List.of("register.sh", "stage", "s3://b/k.zip"),
            List.of("everywhere.sh", "dev"),
            List.of("everywhere.sh", "stage", "true"),
            List.of("configure.sh", "none.json"),
            List.of("rollback.sh", "1"),
            List.of("rollback.sh"))) {
      var said = run(pipeline(), Map.of(), words.toArray(String[]::new));
      assertThat(said.exit()).as(words.toString()).isEqualTo(2);
      assertThat(said.err().lines()).as(words.toString()).hasSize(1);
    }
    assertThat(accounts.aws().calls()).isEmpty();
  }

  @Test
  void serviceManagedPermissionsTakeAnOrganizationalUnit() throws Exception {
    var url = upload("one");
    var without =
        run(pipeline(), Map.of("PERMISSION_MODEL", "SERVICE_MANAGED"), "register.sh", "dev", url);
    assertThat(without.exit()).isEqualTo(2);
    var settings =
        Map.of(
            "PERMISSION_MODEL", "SERVICE_MANAGED",
            "CALL_AS", "DELEGATED_ADMIN",
            "ORGANIZATIONAL_UNIT", "ou-ab12-11111111");
    var said = run(pipeline(), settings, "register.sh", "dev", url);
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(defaultVersions("dev", DeployedTemplate.REGION)).containsExactly("00000001 one");
  }
}
