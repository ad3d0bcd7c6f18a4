package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Reads the files that the user gives, and refuses what the provider could not work with. */
final class InputFiles {
  private final ResourceSchema schema;

  InputFiles(ResourceSchema schema) {
    this.schema = schema;
  }

  /**
   * Reads a model of the resource.
   *
   * @throws BadInput when the file is not there, is not JSON or is not valid against the schema
   */
  ObjectNode model(Path file) {
    var json = read(file);
    refuse(file, "resource-schema.json", schema.violations(json));
    return (ObjectNode) json;
  }

  /**
   * Reads a type configuration.
   *
   * @throws BadInput when the file is not there, is not JSON or is not valid against the schema
   */
  ObjectNode typeConfiguration(Path file) {
    var json = read(file);
    refuse(
        file,
        "the typeConfiguration of resource-schema.json",
        schema.violationsOfTypeConfiguration(json));
    return (ObjectNode) json;
  }

  private static JsonNode read(Path file) {
    JsonNode json;
    try {
      json = Json.parse(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new BadInput(file + ": not JSON: " + e.getOriginalMessage() + position(e));
    } catch (NoSuchFileException e) {
      throw new BadInput(file + ": no such file");
    } catch (IOException e) {
      throw new BadInput(file + ": can't be read: " + e.getMessage());
    }
    if (json.isMissingNode()) {
      throw new BadInput(file + ": not JSON: it is empty");
    }
    return json;
  }

  private static String position(JsonProcessingException e) {
    var location = e.getLocation();
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private static void refuse(Path file, String against, List<String> violations) {
    if (!violations.isEmpty()) {
      throw new BadInput(
          file + ": not valid against " + against + ": " + String.join("; ", violations));
    }
  }
}
