package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.TemplateFile.map;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;

/** The workflows of {@code examples/pipeline} and of this project, as far as they are text. */
class WorkflowTest {

  private static final Path FOLDER = PipelineAccounts.FOLDER;
  private static final Path DEPLOY = FOLDER.resolve("github-workflow.yml");
  private static final Path ROLLBACK = FOLDER.resolve("github-rollback.yml");
  private static final Path RELEASE = Path.of(".github", "workflows", "release.yml");
  private static final String ROLE =
      "arn:aws:iam::${{ env.TOOLS_ACCOUNT }}:role/dms-s3-endpoint-deploy-";
  private static final Pattern PINNED =
      Pattern.compile("uses: [\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

  static List<Path> workflows() throws IOException {
    try (var own = Files.list(RELEASE.getParent())) {
      return Stream.concat(own, Stream.of(DEPLOY, ROLLBACK)).toList();
    }
  }

  private static Map<String, Object> jobs(Path file) {
    return map(TemplateFile.read(file).content().get("jobs"));
  }

  private static Map<String, Object> job(Path file, String name) {
    return map(jobs(file).get(name));
  }

  private static List<Map<String, Object>> steps(Map<String, Object> job) {
    return ((List<?>) job.get("steps")).stream().map(TemplateFile::map).toList();
  }

  /** The values of a key of a job's steps, in their order. */
  private static List<String> of(Map<String, Object> job, String key) {
    return steps(job).stream()
        .filter(step -> step.containsKey(key))
        .map(step -> step.get(key).toString())
        .toList();
  }

  private static void clean(String program, List<Path> files)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(program));
    files.forEach(file -> command.add(file.toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void workflows_actionlint_findsNothing() throws Exception {
    clean(
        Programs.required("actionlint", "what actionlint says of the workflows").toString(),
        workflows());
  }

  @Test
  void scripts_shellcheck_findsNothing() throws Exception {
    var program = Programs.required("shellcheck", "what shellcheck says of the scripts");
    try (var files = Files.list(FOLDER)) {
      clean(program.toString(), files.filter(file -> file.toString().endsWith(".sh")).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void workflow_everyAction_isPinnedAndKeepsNoCredentials(Path file) throws IOException {
    for (var line : Files.readAllLines(file)) {
      if (line.contains("uses:")) {
        assertThat(line).containsPattern(PINNED);
      }
    }
    for (var job : jobs(file).values()) {
      for (var step : steps(map(job))) {
        if (step.getOrDefault("uses", "").toString().startsWith("actions/checkout@")) {
          assertThat(map(step.get("with"))).containsEntry("persist-credentials", false);
        }
      }
    }
  }

  /** Text of others in a command would be run. */
  @ParameterizedTest
  @MethodSource("workflows")
  void workflow_everyCommand_getsItsInputByTheEnvironment(Path file) throws IOException {
    assertThat(Files.readString(file)).doesNotContain("secrets.", "aws-access-key-id");
    jobs(file)
        .values()
        .forEach(job -> assertThat(of(map(job), "run")).noneMatch(run -> run.contains("${{")));
  }

  @Test
  void pipeline_onlyJobsOfAnEnvironment_getATokenAndNoneGetsMore() {
    for (var file : List.of(DEPLOY, ROLLBACK)) {
      assertThat(map(TemplateFile.read(file).content().get("permissions"))).isEmpty();
      for (var job : jobs(file).values()) {
        var expected =
            map(job).containsKey("environment")
                ? Map.of("contents", "read", "id-token", "write")
                : Map.of("contents", "read");
        var permissions = map(map(job).getOrDefault("permissions", Map.of()));
        assertThat(expected.entrySet())
            .containsAll(
                map(permissions).entrySet().stream()
                    .map(e -> Map.entry(e.getKey(), e.getValue().toString()))
                    .toList());
        assertThat(permissions.containsKey("id-token"))
            .isEqualTo(map(job).containsKey("environment"));
      }
    }
  }

  @Test
  void pipeline_eachEnvironment_hasAJobAnApprovalAndARole() {
    assertThat(job(DEPLOY, "dev").get("needs")).isEqualTo("build");
    assertThat(job(DEPLOY, "test").get("needs")).isEqualTo(List.of("build", "dev"));
    assertThat(job(DEPLOY, "prod").get("needs")).isEqualTo(List.of("build", "test"));
    for (var environment : PipelineAccounts.ENVIRONMENTS.keySet()) {
      var job = job(DEPLOY, environment);
      assertThat(job).containsEntry("environment", environment);
      assertThat(of(job, "with")).anyMatch(with -> with.contains(ROLE + environment + ","));
      assertThat(of(job, "run"))
          .anyMatch(run -> run.contains("register.sh " + environment + " "))
          .anyMatch(run -> run.contains("everywhere.sh " + environment + " "));
    }
  }

  /** The build runs whatever the repository and its dependencies hold. */
  @Test
  void pipeline_whatTheBuildWrote_isTakenByItsChecksumAndNotRun() {
    assertThat(of(job(DEPLOY, "build"), "run")).noneMatch(run -> run.contains("examples/pipeline"));
    for (var environment : PipelineAccounts.ENVIRONMENTS.keySet()) {
      var job = job(DEPLOY, environment);
      assertThat(map(job.get("env")))
          .containsEntry("PACKAGE_SHA256", "${{ needs.build.outputs.sha256 }}");
      assertThat(of(job, "uses").get(0)).startsWith("actions/checkout@");
      assertThat(of(job, "run"))
          .anyMatch(run -> run.contains("-$PACKAGE_SHA256.zip"))
          .noneMatch(run -> run.matches("(?s).*(mvn|java|unzip).*"));
      var downloads = of(job, "uses").stream().filter(uses -> uses.contains("download")).count();
      assertThat(downloads).isEqualTo(environment.equals("dev") ? 1 : 0);
    }
    var dev = of(job(DEPLOY, "dev"), "run");
    assertThat(dev.get(0)).contains("sha256sum --check --strict");
    assertThat(dev.get(1)).contains("upload.sh");
  }

  @Test
  void rollback_hasTheApprovalAndRoleOfTheEnvironmentAfterItsInputWasChecked() {
    var job = job(ROLLBACK, "rollback");
    assertThat(job)
        .containsEntry("needs", "check")
        .containsEntry("environment", "${{ inputs.environment }}");
    assertThat(of(job, "with")).anyMatch(with -> with.contains(ROLE + "${{ inputs.environment }}"));
    assertThat(job(ROLLBACK, "check")).doesNotContainKey("permissions");
    assertThat(TemplateFile.read(ROLLBACK).content().get("concurrency"))
        .isEqualTo(TemplateFile.read(DEPLOY).content().get("concurrency"));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({
    "prod, previous, refs/heads/main, 0",
    "dev, 00000012, refs/heads/main, 0",
    "stage, previous, refs/heads/main, 1",
    "prod, 1, refs/heads/main, 1",
    "prod, $(id), refs/heads/main, 1",
    "prod, previous, refs/heads/mine, 1"
  })
  void rollback_check_endsWithOneForWrongInput(
      String environment, String version, String ref, int code) throws Exception {
    var bash = Programs.required("bash", "the check of the rollback's input").toString();
    var builder = new ProcessBuilder(bash, "-e", "-c", of(job(ROLLBACK, "check"), "run").get(0));
    builder
        .environment()
        .putAll(Map.of("ENVIRONMENT", environment, "VERSION", version, "REF", ref));
    assertThat(builder.start().waitFor()).isEqualTo(code);
  }

  @Test
  void release_onlyTheJobThatRunsNothingOfTheRepository_mayWrite() {
    assertThat(job(RELEASE, "build")).containsEntry("permissions", Map.of("contents", "read"));
    var publish = job(RELEASE, "publish");
    assertThat(publish.get("permissions"))
        .isEqualTo(Map.of("attestations", "write", "contents", "write", "id-token", "write"));
    assertThat(of(publish, "uses"))
        .noneMatch(uses -> uses.contains("checkout") || uses.contains("setup-java"));
    var runs = of(publish, "run");
    assertThat(runs).noneMatch(run -> run.contains("mvn") || run.contains(".ci"));
    assertThat(runs.get(0)).contains("sha256sum --check --strict");
    assertThat(runs.get(1)).contains("gh release create", ".zip*", ".intoto.jsonl");
  }

  @Test
  void targets_everyAccount_hasATypeConfigurationOfItsEnvironment() throws IOException {
    var lines =
        Files.readAllLines(FOLDER.resolve("targets.txt")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" +"))
            .toList();
    assertThat(lines).extracting(words -> words[0]).containsExactly("dev", "test", "prod");
    for (var words : lines) {
      assertThat(PipelineAccounts.ENVIRONMENTS).containsEntry(words[0], words[1]);
      var file = FOLDER.resolve("type-configuration").resolve(words[1] + ".json");
      assertThat(TemplateFile.read(file).content()).containsEntry("DefaultEnvironment", words[0]);
    }
  }
}
