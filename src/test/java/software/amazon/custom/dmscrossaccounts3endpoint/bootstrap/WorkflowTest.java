package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.TemplateFile.map;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;

/** The GitHub workflow of {@code examples/pipeline}. */
class WorkflowTest {

  private static final Path FILE = PipelineAccounts.FOLDER.resolve("github-workflow.yml");
  private static final Pattern SCRIPT = Pattern.compile("examples/pipeline/\\S+\\.sh");

  private final String text = read();
  private final Map<String, Object> workflow =
      map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));

  private static String read() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> job(String name) {
    return map(map(workflow.get("jobs")).get(name));
  }

  private static Stream<Map<String, Object>> steps(Map<String, Object> job) {
    return ((List<?>) job.get("steps")).stream().map(TemplateFile::map);
  }

  @Test
  void actionlintFindsNothing() throws IOException, InterruptedException {
    var program = Programs.required("actionlint", "what actionlint says of the workflow");
    var process =
        new ProcessBuilder(program.toString(), FILE.toString()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void onlyJobsOfAnEnvironmentGetATokenAndNoneGetsMore() {
    assertThat(map(workflow.get("permissions"))).isEmpty();
    map(workflow.get("jobs"))
        .forEach(
            (name, declared) -> {
              var job = map(declared);
              assertThat(map(job.get("permissions")))
                  .as(name)
                  .isEqualTo(
                      job.containsKey("environment")
                          ? Map.of("contents", "read", "id-token", "write")
                          : Map.of("contents", "read"));
            });
  }

  @Test
  void everyActionIsPinnedToACommit() {
    var uses =
        map(workflow.get("jobs")).values().stream()
            .flatMap(job -> steps(map(job)))
            .filter(step -> step.containsKey("uses"))
            .map(step -> step.get("uses").toString())
            .toList();
    assertThat(uses)
        .isNotEmpty()
        .allMatch(action -> action.matches("[\\w-]+/[\\w-]+@[0-9a-f]{40}"));
  }

  @Test
  void thereIsNoKeyAndNoTextOfOthersInACommand() {
    assertThat(text).doesNotContain("secrets.", "aws-access-key-id");
    map(workflow.get("jobs")).values().stream()
        .flatMap(job -> steps(map(job)))
        .filter(step -> step.containsKey("run"))
        .forEach(step -> assertThat(step.get("run").toString()).doesNotContain("${{"));
  }

  @Test
  void eachEnvironmentIsDeployedAsItsOwnRoleAfterTheOneBefore() {
    assertThat(job("dev").get("needs")).isEqualTo("build");
    assertThat(job("test").get("needs")).isEqualTo("dev");
    assertThat(job("prod").get("needs")).isEqualTo(List.of("dev", "test"));
    for (var environment : PipelineAccounts.ENVIRONMENTS.keySet()) {
      var job = job(environment);
      assertThat(job.get("environment")).isEqualTo(environment);
      assertThat(
              steps(job)
                  .filter(step -> step.containsKey("with"))
                  .map(step -> map(step.get("with"))))
          .anyMatch(
              with ->
                  "arn:aws:iam::${{ env.TOOLS_ACCOUNT }}:role/dms-s3-endpoint-deploy-%s"
                      .formatted(environment)
                      .equals(with.get("role-to-assume")));
      assertThat(
              steps(job)
                  .filter(step -> step.containsKey("run"))
                  .map(step -> step.get("run").toString()))
          .anyMatch(run -> run.contains("register.sh " + environment + " "))
          .anyMatch(run -> run.contains("everywhere.sh " + environment + " "));
    }
  }

  @Test
  void theScriptsAreThere() {
    assertThat(SCRIPT.matcher(text).results().map(found -> Path.of(found.group())))
        .isNotEmpty()
        .allMatch(Files::isRegularFile);
  }
}
