package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;

/** The templates as cfn-lint sees them, with the schema of the type. Needs cfn-lint. */
class LintTest {

  private static final String SCHEMAS = ".cloudformation/schemas";

  @TempDir private Path folder;

  /** In the folder is what guide/editors.md copies into a repository of templates. */
  @BeforeEach
  void prepare() throws IOException {
    Programs.required("cfn-lint", "what cfn-lint says of the templates");
    copy(Path.of("resource-schema.json"), SCHEMAS);
    copy(Path.of("examples", "lint", "registered_types.py"), ".cloudformation/rules");
    Files.createDirectory(folder.resolve("templates"));
  }

  private void copy(Path file, String to) throws IOException {
    Files.copy(file, Files.createDirectories(folder.resolve(to)).resolve(file.getFileName()));
  }

  /** What cfn-lint finds; empty where it finds nothing. */
  private String lint(String... templates) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                "cfn-lint",
                "--registry-schemas",
                folder.resolve(SCHEMAS).toString(),
                "--append-rules",
                "examples/lint",
                "--template"));
    command.addAll(List.of(templates));
    return run(Path.of(""), command);
  }

  private static String run(Path where, List<String> command)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .directory(where.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? said : "cfn-lint failed: " + said;
  }

  /** What the hook for pre-commit says of a template: its command, with the file's name added. */
  @SuppressWarnings("unchecked") // as pre-commit's documentation has it
  private String hook(String template) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("templates/lake.yaml"), template);
    var configuration =
        TemplateFile.read(Path.of("examples", "lint", "pre-commit-config.yml")).content();
    var repository = ((List<Map<String, Object>>) configuration.get("repos")).get(0);
    var hook = ((List<Map<String, Object>>) repository.get("hooks")).get(0);
    assertThat("templates/lake.yaml").containsPattern(hook.get("files").toString());
    var command = new ArrayList<>(List.of(hook.get("entry").toString().split(" ")));
    command.add("templates/lake.yaml");
    return run(folder, command);
  }

  @Test
  void theHookTakesWhatIsRightAndRefusesWhatIsWrong() throws IOException, InterruptedException {
    var right = Files.readString(Path.of("examples", "one-endpoint.yaml"));
    assertThat(hook(right)).isBlank();
    assertThat(hook(right.replace("BucketFolder: orders", "BucketFolders: orders")))
        .startsWith("cfn-lint failed: E9002")
        .contains("Did you mean 'BucketFolder'?", "templates/lake.yaml:");
  }

  @Test
  void templatesAreClean() throws IOException, InterruptedException {
    assertThat(lint("bootstrap/*.yaml", "examples/**/*.yaml")).isBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "fleet-foreach.yaml, BucketFolder:, BucketFolders:, was unexpected",
    "one-endpoint.yaml, BucketFolder: orders, BucketFolders: orders, was unexpected",
    "one-endpoint.yaml, BucketFolder: orders, DataFormat: orc, is not one of"
  })
  void aWrongPropertyOrValueIsFound(String example, String right, String wrong, String problem)
      throws IOException, InterruptedException {
    var text = Files.readString(Path.of("examples", example));
    var file = Files.writeString(folder.resolve("wrong.yaml"), text.replace(right, wrong));
    assertThat(lint(file.toString()))
        .contains(problem, wrong.startsWith("Data") ? "'orc'" : "E9002");
  }
}
