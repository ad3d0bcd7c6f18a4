package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table of text. The first column is aligned left, the others right. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    row((Object[]) headings);
  }

  Table row(Object... cells) {
    var row = new ArrayList<String>();
    for (var cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  void print(PrintWriter out) {
    for (var row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        var width = width(column);
        line.append(column == 0 ? "  " : "   ")
            .append(("%" + (column == 0 ? "-" : "") + width + "s").formatted(row.get(column)));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
  }
}
