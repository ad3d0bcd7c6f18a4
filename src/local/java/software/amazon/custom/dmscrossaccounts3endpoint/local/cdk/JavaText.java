package software.amazon.custom.dmscrossaccounts3endpoint.local.cdk;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The pieces of Java that the construct is made of, laid out as google-java-format does. */
final class JavaText {

  private static final int WIDTH = 100;

  private JavaText() {}

  /** A string literal. */
  static String literal(String text) {
    var literal = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                literal.append('\\').append((char) c);
              } else if (c < ' ') {
                // A Unicode escape would be a line break before it is part of the text.
                literal.append("\\%03o".formatted(c));
              } else if (c > '~') {
                literal.append("\\u%04x".formatted(c));
              } else {
                literal.append((char) c);
              }
            });
    return literal.append('"').toString();
  }

  /**
   * A property's name as that of a method or a parameter: {@code S3Settings}: {@code s3Settings}.
   */
  static String lowerCamel(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** A value of an enumeration as the name of a constant: {@code sse-kms}: {@code SSE_KMS}. */
  static String constant(String value) {
    var name = value.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    return Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  /** A statement that calls something, on as few lines as it fits on. */
  static String call(String indent, String function, List<String> arguments) {
    var joined = String.join(", ", arguments);
    var oneLine = indent + function + "(" + joined + ");\n";
    if (oneLine.length() <= WIDTH + 1) {
      return oneLine;
    }
    var deeper = indent + "    ";
    var secondLine = deeper + joined + ");\n";
    return indent
        + function
        + "(\n"
        + (secondLine.length() <= WIDTH + 1
            ? secondLine
            : arguments.stream().map(a -> deeper + a).collect(joining(",\n", "", ");\n")));
  }

  /** The opening of a method with one parameter. */
  static String opening(String indent, String method, String parameter) {
    var oneLine = indent + method + "(" + parameter + ") {\n";
    return oneLine.length() <= WIDTH + 1
        ? oneLine
        : indent + method + "(\n" + indent + "    " + parameter + ") {\n";
  }

  /** A Javadoc comment of one or more paragraphs. */
  static String javadoc(String indent, List<String> paragraphs) {
    var only = indent + "/** " + paragraphs.get(0) + " */\n";
    if (paragraphs.size() == 1 && only.length() <= WIDTH + 1) {
      return only;
    }
    var lines = new ArrayList<String>();
    for (var paragraph : paragraphs) {
      if (lines.isEmpty()) {
        lines.addAll(wrapped(paragraph, WIDTH - indent.length() - " * ".length()));
      } else {
        lines.add("");
        lines.addAll(wrapped("<p>" + paragraph, WIDTH - indent.length() - " * ".length()));
      }
    }
    return lines.stream()
        .map(line -> indent + (line.isEmpty() ? " *" : " * " + line) + "\n")
        .collect(joining("", indent + "/**\n", indent + " */\n"));
  }

  /** A description of the schema, which is plain text, as Javadoc shows it. */
  static String shown(String description) {
    return description
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("*/", "*&#47;")
        .replace("\\", "&#92;");
  }

  private static List<String> wrapped(String text, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
