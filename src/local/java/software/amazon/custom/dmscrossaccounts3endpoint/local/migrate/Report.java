package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.List;

/** What became of everything, for people. */
final class Report {
  static final String FILE = "report.md";

  private Report() {}

  /** The report as a page. */
  static String page(String file, List<Remark> remarks) {
    var page = new StringBuilder("# Migration of " + file + "\n");
    for (var kind : Remark.Kind.values()) {
      page.append("\n## ").append(kind.heading()).append("\n\n");
      var those = Remark.of(kind, remarks);
      if (those.isEmpty()) {
        page.append("Nothing.\n");
        continue;
      }
      page.append("| what | line | |\n|---|---|---|\n");
      for (var remark : those) {
        page.append("| ")
            .append(cell(remark.where()))
            .append(" | ")
            .append(remark.line() > 0 ? String.valueOf(remark.line()) : "–")
            .append(" | ")
            .append(cell(remark.text()))
            .append(" |\n");
      }
    }
    return page.toString();
  }

  private static String cell(String text) {
    return text.replaceAll("\\s+", " ").replace("|", "\\|");
  }
}
