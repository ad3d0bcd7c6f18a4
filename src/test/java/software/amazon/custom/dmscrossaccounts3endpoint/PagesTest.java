package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages can be read as they are, in a terminal and in a diff. */
class PagesTest {

  private static final int LONGEST_LINE = 120;

  /** What can't be broken: a link's target with what is stuck to it. */
  private static final Pattern UNBREAKABLE =
      Pattern.compile("\\s*(- )?\\S+ ?\\S*\\]\\(\\S+\\)\\S*");

  static Stream<Path> pages() throws IOException {
    var pages = Stream.<Path>builder();
    for (var folder :
        List.of("", "guide", "docs", "bootstrap", "examples", "examples/pipeline", "bench")) {
      if (Files.isDirectory(Path.of(folder))) {
        try (var files = Files.list(Path.of(folder))) {
          files.filter(f -> f.toString().endsWith(".md")).forEach(pages);
        }
      }
    }
    return pages.build();
  }

  @ParameterizedTest
  @CsvSource({
    "doctor.md, made within the last %d minutes: a create may be under way",
    "operations.md, `timeoutInMinutes` is %d for create",
    "migrate.md, '%d minutes for create, update and delete'"
  })
  void theTimeoutsOfThePagesAreThoseOfTheSchema(String page, String words) throws IOException {
    var timeouts =
        Stream.of("create", "update", "delete")
            .map(handler -> SchemaFile.SCHEMA.at("/handlers/" + handler + "/timeoutInMinutes"))
            .map(JsonNode::asInt)
            .distinct()
            .toList();

    assertThat(timeouts).as("one timeout for all three, as the pages say").hasSize(1);
    assertThat(Files.readString(Path.of("guide", page))).contains(words.formatted(timeouts.get(0)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noLineIsTooLongAndEveryTableHasHeadings(Path page) throws IOException {
    var wrong = new ArrayList<String>();
    var inCode = false;
    for (var line : Files.readAllLines(page)) {
      inCode ^= line.strip().startsWith("```");
      var length = line.codePointCount(0, line.length());
      if (!inCode
          && !line.startsWith("|")
          && length > LONGEST_LINE
          && !UNBREAKABLE.matcher(line).matches()) {
        wrong.add("%d characters: %s".formatted(length, line));
      }
      if (line.matches("[| ]+")) {
        wrong.add("a table without headings");
      }
    }
    assertThat(wrong).isEmpty();
  }
}
