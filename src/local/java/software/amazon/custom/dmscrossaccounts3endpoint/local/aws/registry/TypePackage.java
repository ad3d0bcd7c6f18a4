package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipInputStream;

/**
 * A schema handler package: the zip that {@code cfn submit} makes.
 *
 * @param schema the text of its {@code schema.json}
 */
record TypePackage(String schema) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Says why a package can't be registered. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  /**
   * Reads a package of a type.
   *
   * @throws Unusable where it isn't one
   */
  static TypePackage read(byte[] zip, String typeName) throws Unusable {
    String schema = null;
    try (var entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().equals("schema.json")) {
          schema = new String(entries.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    } catch (IOException e) {
      throw new Unusable("The package can't be read: " + e.getMessage());
    }
    if (schema == null) {
      throw new Unusable("The package has no schema.json");
    }
    var named = tree(schema).path("typeName").asText();
    if (!named.equals(typeName)) {
      throw new Unusable("The package's schema is one of " + named + ", not of " + typeName);
    }
    return new TypePackage(schema);
  }

  private static JsonNode tree(String schema) throws Unusable {
    try {
      return JSON.readTree(schema);
    } catch (IOException e) {
      throw new Unusable("The package's schema.json is not JSON");
    }
  }
}
