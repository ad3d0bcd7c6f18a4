package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The few pieces of Markdown that the pages are made of. */
final class Markdown {

  private static final Pattern WORDS = Pattern.compile("(?:`[^`]*`|[^\\s`])+");

  private Markdown() {}

  /** Text that shows as it is. */
  static String text(String text) {
    return text.replaceAll("([\\\\*_<\\[`|])", "\\\\$1");
  }

  /** A code span; the fence is longer than any run of backquotes in the code. */
  static String code(String code) {
    var fence = "`";
    while (code.contains(fence)) {
      fence += "`";
    }
    var room = code.startsWith("`") || code.endsWith("`") ? " " : "";
    return fence + room + code + room + fence;
  }

  /** Returns a link to the heading of that text on the same page. */
  static String toHeading(String heading) {
    return "[" + heading + "](" + anchor(heading) + ")";
  }

  /** The anchor that GitHub gives to a heading that is a property's name. */
  static String anchor(String heading) {
    return "#" + heading.toLowerCase(Locale.ROOT);
  }

  /** A page whose paragraphs and list items have lines of at most that many characters. */
  static String wrapped(String page, int width) {
    var lines = new StringBuilder();
    var inCode = false;
    for (var line : page.split("\n", -1)) {
      inCode ^= line.startsWith("```");
      lines.append(inCode || line.matches("([|#`<].*)?") ? line : wrappedLine(line, width));
      lines.append('\n');
    }
    return lines.substring(0, lines.length() - 1);
  }

  private static String wrappedLine(String line, int width) {
    var indent = " ".repeat(line.startsWith("- ") ? 2 : 0);
    var text = new StringBuilder();
    var length = 0;
    // What stands between backquotes is not taken apart.
    for (var word : WORDS.matcher(line).results().map(MatchResult::group).toList()) {
      if (length > 0 && length + 1 + word.length() > width) {
        text.append('\n').append(indent).append(word);
        length = indent.length() + word.length();
      } else {
        text.append(length > 0 ? " " : "").append(word);
        length += (length > 0 ? 1 : 0) + word.length();
      }
    }
    return text.toString();
  }
}
