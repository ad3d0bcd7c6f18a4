package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link of the pages leads to a file of the project that is copied along with them. */
class LinksTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("```.*?```|`[^`]*`", Pattern.DOTALL);

  static Stream<Path> pages() throws IOException {
    var pages = Stream.<Path>builder();
    for (var folder : new String[] {".", "guide", "docs", "bootstrap", "examples"}) {
      try (var files = Files.list(Path.of(folder))) {
        files.filter(f -> f.toString().endsWith(".md")).forEach(pages);
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
    assertThat(RenamedProject.holds(file.toString()))
        .as("%s links to %s, which is not in a renamed project", page, target)
        .isTrue();
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
