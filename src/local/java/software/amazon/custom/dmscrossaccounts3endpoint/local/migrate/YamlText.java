package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Set;

/** Texts in YAML. */
final class YamlText {
  /** Plain words that YAML 1.1 takes for something else. */
  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  private YamlText() {}

  /** A text as it is where that is no other value, else in quotation marks. */
  static String scalar(String text) {
    return text.matches("[A-Za-z]([A-Za-z0-9_./-]|:(?=[^ ]))*")
            && !WORDS.contains(text.toLowerCase(Locale.ROOT))
        ? text
        : TextNode.valueOf(text).toString();
  }
}
