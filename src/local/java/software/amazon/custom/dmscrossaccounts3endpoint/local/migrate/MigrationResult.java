package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.List;
import java.util.Map;

/**
 * Result of a migration.
 *
 * @param files text by name
 * @param rows results of the properties
 * @param endpoints how many were translated
 */
public record MigrationResult(Map<String, String> files, List<Row> rows, int endpoints) {

  static final String COMMANDS = "commands.sh";
  static final String REPORT = "report.md";

  /** Most rows of one status in the summary, but for problems and changes. */
  private static final int MAX_ROWS = 10;

  /** Returns the rows of a status. */
  public List<Row> rows(Row.Status status) {
    return rows.stream().filter(r -> r.status() == status).toList();
  }

  /** Returns whether the result can't be deployed. */
  public boolean hasProblems() {
    return !rows(Row.Status.PROBLEM).isEmpty();
  }

  /** Returns the results in a few lines, with all problems and changes. */
  public String summary() {
    var text = new StringBuilder(endpoints + (endpoints == 1 ? " endpoint\n" : " endpoints\n"));
    for (var status : Row.Status.values()) {
      var those = rows(status);
      text.append("%s: %d\n".formatted(status.heading(), those.size()));
      var isListed = status.compareTo(Row.Status.NOT_TRANSLATED) <= 0;
      var shown = status.compareTo(Row.Status.CHANGE) <= 0 ? those.size() : isListed ? MAX_ROWS : 0;
      those.stream().limit(shown).forEach(r -> text.append("  ").append(r).append('\n'));
      if (isListed && those.size() > shown) {
        text.append("  … %d more in %s\n".formatted(those.size() - shown, REPORT));
      }
    }
    return text.toString();
  }

  /** Returns the report as a page. */
  String report(String name) {
    var page = new StringBuilder("# Migration of " + name + "\n");
    for (var status : Row.Status.values()) {
      page.append("\n## ").append(status.heading()).append("\n\n");
      var those = rows(status);
      page.append(those.isEmpty() ? "Nothing.\n" : "| property | line | result |\n|---|---|---|\n");
      those.forEach(
          r ->
              page.append(
                  "| %s | %s | %s |\n"
                      .formatted(cell(r.where()), r.line() > 0 ? r.line() : "–", cell(r.text()))));
    }
    return page.toString();
  }

  private static String cell(String text) {
    return text.replaceAll("\\s+", " ").replace("|", "\\|");
  }
}
