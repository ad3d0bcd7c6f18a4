package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link of the pages leads somewhere, here and in the copy under a name of one's own. */
class LinksIT {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("```.*?```|`[^`]*`", Pattern.DOTALL);

  private static final Path ORIGINAL = Path.of("");

  @TempDir private static Path copy;

  @BeforeAll
  static void rename() throws IOException {
    new RenamedProject(
            new Project(ORIGINAL),
            new TypeName("Acme::DMS::CrossAccountS3Endpoint"),
            LocalDateTime.of(2026, 1, 1, 0, 0))
        .write(copy);
  }

  static Stream<Path> pages() throws IOException {
    var pages = Stream.<Path>builder();
    for (var root : List.of(ORIGINAL, copy)) {
      for (var folder :
          List.of("", "guide", "docs", "bootstrap", "examples", "examples/pipeline", "bench")) {
        if (Files.isDirectory(root.resolve(folder))) {
          try (var files = Files.list(root.resolve(folder))) {
            files.filter(f -> f.toString().endsWith(".md")).forEach(pages);
          }
        }
      }
    }
    return pages.build();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    var text = CODE.matcher(Files.readString(page)).replaceAll("");
    LINK.matcher(text)
        .results()
        .map(link -> link.group(1))
        .filter(target -> !target.contains("://"))
        .forEach(target -> assertLeadsSomewhere(page, target));
  }

  private static void assertLeadsSomewhere(Path page, String target) {
    var parts = target.split("#", 2);
    var file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    assertThat(file).as("%s links to %s", page, target).exists();
    if (parts.length == 2) {
      assertThat(headings(file)).as("%s links to %s", page, target).contains(parts[1]);
    }
  }

  /** The anchors of headings, as the common renderers make them. */
  private static Stream<String> headings(Path file) {
    try {
      return CODE.matcher(Files.readString(file))
          .replaceAll(
              code -> code.group().startsWith("```") ? "" : Matcher.quoteReplacement(code.group()))
          .lines()
          .filter(line -> line.startsWith("#"))
          .map(line -> line.replaceFirst("^#+ +", "").toLowerCase(Locale.ROOT))
          .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
