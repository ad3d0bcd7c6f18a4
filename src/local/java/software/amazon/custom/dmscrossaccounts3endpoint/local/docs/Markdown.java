package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import java.util.Locale;

/** The few pieces of Markdown that the pages are made of. */
final class Markdown {

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

  static String link(String text, String target) {
    return "[" + text + "](" + target + ")";
  }

  /** The anchor that GitHub gives to a heading that is a property's name. */
  static String anchor(String heading) {
    return "#" + heading.toLowerCase(Locale.ROOT);
  }

  static String block(String language, String code) {
    return "```" + language + "\n" + code + "\n```\n";
  }
}
