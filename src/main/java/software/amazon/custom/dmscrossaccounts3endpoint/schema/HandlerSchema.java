package software.amazon.custom.dmscrossaccounts3endpoint.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.json.JSONObject;
import software.amazon.cloudformation.Action;

/** The schema of the resource type, as it is registered; read once per container. */
public final class HandlerSchema {

  private static final JsonNode SCHEMA = read();

  private HandlerSchema() {}

  private static JsonNode read() {
    try (var in = HandlerSchema.class.getResourceAsStream("/resource-schema.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("resource-schema.json can't be read from the jar", e);
    }
  }

  /** Only who validates wants it so. */
  private static final class AsJsonObject {
    private static final JSONObject SCHEMA = new JSONObject(HandlerSchema.SCHEMA.toString());
  }

  /** The schema as the runtime wants it: the same object for each caller, not to be changed. */
  public static JSONObject asJsonObject() {
    return AsJsonObject.SCHEMA;
  }

  /** Takes the write-only properties out of a model, which no answer may hold. */
  public static void removeWriteOnly(ObjectNode model) {
    for (var property : SCHEMA.path("writeOnlyProperties")) {
      var pointer = JsonPointer.compile(property.asText().substring("/properties".length()));
      if (model.at(pointer.head()) instanceof ObjectNode parent) {
        parent.remove(pointer.last().getMatchingProperty());
      }
    }
  }

  /** The IAM actions that a handler uses. */
  public static List<String> permissions(Action action) {
    var handler = SCHEMA.get("handlers").get(action.name().toLowerCase(Locale.ROOT));
    return StreamSupport.stream(handler.get("permissions").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  /** The schemas of the S3 settings, by name. */
  public static JsonNode s3Settings() {
    return SCHEMA.at("/definitions/S3Settings/properties");
  }
}
