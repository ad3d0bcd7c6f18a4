package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFileTest {
  private static final RunReport REPORT = MadeUpRuns.ofEndpoints(1);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"run.html", "run.HTM", "run.svg", ".html"})
  void aPageOrAPictureCanBeWritten(String name) throws IOException {
    var file = new ReportFile(folder.resolve(name));

    assertThat(file.problem()).isEmpty();
    file.write(REPORT);
    assertThat(Files.readString(file.path())).contains(name.endsWith("svg") ? "<svg" : "<!DOCTYPE");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file.path()));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "run, ends neither in .html nor in .svg",
    "run.pdf, ends neither",
    "'', is a folder",
    "nowhere/run.html, does not exist"
  })
  void whereNoneCanBeWrittenIsSaidBefore(String name, String problem) {
    assertThat(new ReportFile(folder.resolve(name)).problem())
        .hasValueSatisfying(text -> assertThat(text).contains(problem));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileInPlaceOfTheFolderIsSaidBefore() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");

    assertThat(new ReportFile(file.resolve("run.html")).problem()).isPresent();
  }

  @Test
  void whatWasThereIsReplaced() throws IOException {
    var file = Files.writeString(folder.resolve("run.html"), "An older report.");

    assertThat(new ReportFile(file).problem()).isEmpty();
    new ReportFile(file).write(REPORT);

    assertThat(Files.readString(file)).doesNotContain("older").endsWith("</html>\n");
  }

  @Test
  void nothingIsLeftOfAReportThatCannotBeWritten() throws IOException {
    var taken = folder.resolve("run.html");
    Files.writeString(Files.createDirectory(taken).resolve("something"), "");

    assertThatThrownBy(() -> new ReportFile(taken).write(REPORT)).isInstanceOf(IOException.class);

    assertThat(folder.toFile().list()).containsExactly("run.html");
    assertThat(taken.resolve("something")).exists();
  }
}
