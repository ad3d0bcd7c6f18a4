package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.util.ArrayList;
import java.util.List;

/** The page of results. */
final class Results {
  private final List<String> sections = new ArrayList<>();

  /**
   * A table with a heading.
   *
   * @param note what it shows, Markdown
   * @param rows the first of them names the columns
   */
  record Section(String heading, String note, List<List<String>> rows) {
    private String text() {
      var text = new StringBuilder("## " + heading + "\n\n" + note + "\n\n");
      for (var i = 0; i < rows.size(); i++) {
        text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
        if (i == 0) {
          text.append("|---".repeat(rows.get(0).size())).append("|\n");
        }
      }
      return text.toString();
    }
  }

  void add(Section section) {
    sections.add(section.text());
  }

  String page() {
    return "# Results\n\nWritten by the command in [README.md](README.md).\n\n"
        + String.join("\n", sections);
  }
}
