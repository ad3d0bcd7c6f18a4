package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The schema of the type's configuration, as the registry takes it: cut out of the resource's
 * schema, with a copy of its definitions and the type's name.
 */
final class ConfigurationSchema {

  /** The layout of Python's {@code json.dumps(…, indent=4)}, so that the CLI's file is the same. */
  private static final ObjectWriter WRITER = new ObjectMapper().writer(layout());

  private ConfigurationSchema() {}

  /**
   * Cuts it out.
   *
   * @return the file's content; empty for a type without configuration
   */
  static Optional<byte[]> of(ObjectNode schema) {
    if (!(schema.get("typeConfiguration") instanceof ObjectNode typeConfiguration)) {
      return Optional.empty();
    }
    var result = typeConfiguration.deepCopy();
    result.set("definitions", schema.path("definitions").deepCopy());
    result.set("typeName", schema.get("typeName"));
    try {
      return Optional.of(WRITER.writeValueAsString(result).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DefaultPrettyPrinter layout() {
    var indenter = new DefaultIndenter("    ", "\n");
    var printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    return printer;
  }
}
