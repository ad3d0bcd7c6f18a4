package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;

/** The templates as cfn-lint sees them, with the schema of the type. Needs cfn-lint. */
class LintTest {

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Programs.required("cfn-lint", "what cfn-lint says of the templates");
    Files.copy(
        Path.of("resource-schema.json"),
        Files.createDirectory(folder.resolve("schemas")).resolve("type.json"));
  }

  /** What cfn-lint finds; empty where it finds nothing. */
  private String lint(String... templates) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                "cfn-lint",
                "--registry-schemas",
                folder.resolve("schemas").toString(),
                "--append-rules",
                "examples/lint",
                "--template"));
    command.addAll(List.of(templates));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? said : "cfn-lint failed: " + said;
  }

  @Test
  void templatesAreClean() throws IOException, InterruptedException {
    assertThat(lint("bootstrap/*.yaml", "examples/**/*.yaml")).isBlank();
  }

  @Test
  void aWrongPropertyIsFound() throws IOException, InterruptedException {
    var wrong = folder.resolve("wrong.yaml");
    var right = Files.readString(Path.of("examples", "one-endpoint.yaml"));
    Files.writeString(wrong, right.replace("BucketFolder: orders", "BucketFolders: orders"));
    assertThat(lint(wrong.toString())).contains("E9002").contains("'BucketFolders' was unexpected");
  }

  @Test
  void aWrongValueIsFound() throws IOException, InterruptedException {
    var wrong = folder.resolve("wrong.yaml");
    var right = Files.readString(Path.of("examples", "one-endpoint.yaml"));
    Files.writeString(wrong, right.replace("BucketFolder: orders", "DataFormat: orc"));
    assertThat(lint(wrong.toString())).contains("'orc' is not one of ['csv', 'parquet']");
  }
}
