package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a difference between two texts.
 *
 * @param sign {@code -} where the first text has it, {@code +} where the second has, else a blank
 */
public record DiffLine(String sign, String text) {

  /**
   * The difference of two texts with the most lines in common. Takes time and space of the product
   * of their lengths.
   */
  static List<DiffLine> between(List<String> before, List<String> after) {
    var common = new int[before.size() + 1][after.size() + 1];
    for (var i = before.size() - 1; i >= 0; i--) {
      for (var j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    var lines = new ArrayList<DiffLine>();
    var i = 0;
    var j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        lines.add(new DiffLine(" ", before.get(i++)));
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new DiffLine("-", before.get(i++)));
      } else {
        lines.add(new DiffLine("+", after.get(j++)));
      }
    }
    return lines;
  }

  /** How the style sheet calls it. */
  public String style() {
    return switch (sign) {
      case "-" -> "gone";
      case "+" -> "new";
      default -> "same";
    };
  }
}
