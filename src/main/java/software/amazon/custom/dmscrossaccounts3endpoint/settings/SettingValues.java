package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Optional;

/** Translates values that DMS shows to the types and the spelling of the schema. */
final class SettingValues {

  private SettingValues() {}

  /**
   * Parses the text of a value as the type in a setting's schema; empty where it is not of that
   * type.
   */
  static Optional<JsonNode> parse(JsonNode schema, String text) {
    return switch (schema.get("type").asText()) {
      case "boolean" ->
          switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "y", "yes", "1" -> Optional.of(BooleanNode.TRUE);
            case "false", "n", "no", "0" -> Optional.of(BooleanNode.FALSE);
            default -> Optional.empty();
          };
      case "integer" ->
          text.matches("[0-9]{1,9}")
              ? Optional.of(IntNode.valueOf(Integer.parseInt(text)))
              : Optional.empty();
      default -> Optional.of(TextNode.valueOf(text));
    };
  }

  /**
   * Returns a value in the spelling of a setting's schema; empty where it is an empty text, or a
   * value that the schema does not have.
   */
  static Optional<JsonNode> inSchemaSpelling(JsonNode schema, String name, JsonNode value) {
    if (schema.has("enum")) {
      for (var known : schema.get("enum")) {
        if (normalized(known.asText()).equals(normalized(value.asText()))) {
          return Optional.of(known);
        }
      }
      return Optional.empty();
    }
    // CsvNullValue is the only setting for which an empty text is a value (API reference).
    return value.isTextual() && value.asText().isEmpty() && !name.equals("CsvNullValue")
        ? Optional.empty()
        : Optional.of(value);
  }

  private static String normalized(String value) {
    return value.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
