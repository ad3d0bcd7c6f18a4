package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/**
 * The text of a template, its parts, and where its lines begin and end.
 *
 * @param text as it is
 * @param root its outermost part
 * @param isJson whether it is JSON
 */
record SourceText(String text, Part root, boolean isJson) {

  /**
   * Reads JSON or YAML.
   *
   * @throws MigrationRefused when it is neither
   */
  static SourceText read(String text) {
    var first = text.replace("\uFEFF", "").stripLeading();
    var isJson = first.startsWith("{") || first.startsWith("[");
    return new SourceText(text, isJson ? JsonParts.read(text) : YamlParts.read(text), isJson);
  }

  /** A section of a template, such as its resources. */
  Optional<Part> section(String name) {
    return root.get(name).filter(Part::isMapping);
  }

  String slice(int start, int end) {
    return text.substring(start, end);
  }

  String slice(Part part) {
    return slice(part.start(), part.end());
  }

  /** A text as a value of this template. */
  String scalar(String value) {
    return isJson ? TextNode.valueOf(value).toString() : YamlText.scalar(value);
  }

  /** What ends a line in this text. */
  String newline() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** Where the line of an offset begins. */
  int lineStart(int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Where the line of an offset ends, before its line end. */
  int lineEnd(int offset) {
    var next = text.indexOf('\n', offset);
    if (next < 0) {
      return text.length();
    }
    return next > offset && text.charAt(next - 1) == '\r' ? next - 1 : next;
  }

  /** Where the line after that of an offset begins. */
  int nextLine(int offset) {
    var next = text.indexOf('\n', offset);
    return next < 0 ? text.length() : next + 1;
  }

  int column(int offset) {
    return offset - lineStart(offset);
  }

  /** The white space that the line of an offset begins with. */
  String indent(int offset) {
    var line = text.substring(lineStart(offset), lineEnd(offset));
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  /** Whether a part takes more than one line. */
  boolean isMultiLine(Part part) {
    return slice(part).contains("\n");
  }
}
