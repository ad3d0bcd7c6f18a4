package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the parts of a text in JSON. */
final class JsonParts {
  private final String json;
  private final JsonParser parser;

  private JsonParts(String json, JsonParser parser) {
    this.json = json;
    this.parser = parser;
  }

  /**
   * Reads.
   *
   * @throws MigrationRefused when it is not one JSON document
   */
  static Part read(String text) {
    try (var parser =
        new JsonFactory()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .createParser(text)) {
      parser.nextToken();
      var root = new JsonParts(text, parser).part();
      if (parser.nextToken() != null) {
        throw new MigrationRefused("not JSON: something follows the first value");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new MigrationRefused(
          "not JSON: %s (line %d)".formatted(e.getOriginalMessage(), e.getLocation().getLineNr()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Part part() throws IOException {
    var token = parser.currentToken();
    var start = start();
    var line = line();
    if (token == JsonToken.START_OBJECT) {
      var entries = new ArrayList<Part.Entry>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var key = scalar();
        parser.nextToken();
        entries.add(new Part.Entry(key, part()));
      }
      return new Part(
          Part.Kind.MAPPING, "", "", List.copyOf(entries), List.of(), true, start, end(), line);
    }
    if (token == JsonToken.START_ARRAY) {
      var items = new ArrayList<Part>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(part());
      }
      return new Part(
          Part.Kind.SEQUENCE, "", "", List.of(), List.copyOf(items), true, start, end(), line);
    }
    return scalar();
  }

  private Part scalar() throws IOException {
    var start = start();
    var line = line();
    var token = parser.currentToken();
    var text = parser.getText(); // A text is read to its end only when it is asked for.
    var isQuoted = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
    var isNull = token == JsonToken.VALUE_NULL;
    return new Part(
        isNull ? Part.Kind.NOTHING : Part.Kind.SCALAR,
        "",
        isNull ? "" : text,
        List.of(),
        List.of(),
        false,
        start,
        isQuoted ? endOfText(start) : start + text.length(),
        line);
  }

  /** After the quotation mark that ends a text; a name is followed by more that was read. */
  private int endOfText(int start) {
    var i = start + 1;
    while (json.charAt(i) != '"') {
      i += json.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private int start() {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private int end() {
    return (int) parser.currentLocation().getCharOffset();
  }
}
