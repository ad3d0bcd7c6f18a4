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

/** Registered schema of the resource type, read once per container. */
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

  /** Holder that is loaded with the first validation. */
  private static final class AsJsonObject {
    private static final JSONObject SCHEMA = new JSONObject(HandlerSchema.SCHEMA.toString());
  }

  /** Returns the schema for the runtime. All callers share the object and must not change it. */
  public static JSONObject asJsonObject() {
    return AsJsonObject.SCHEMA;
  }

  /** Removes the write-only properties from a model; no response may contain them. */
  public static void removeWriteOnly(ObjectNode model) {
    for (var property : SCHEMA.path("writeOnlyProperties")) {
      var pointer = JsonPointer.compile(property.asText().substring("/properties".length()));
      if (model.at(pointer.head()) instanceof ObjectNode parent) {
        parent.remove(pointer.last().getMatchingProperty());
      }
    }
  }

  /** Returns the IAM actions that the handler of an action uses. */
  public static List<String> permissions(Action action) {
    var handler = SCHEMA.get("handlers").get(action.name().toLowerCase(Locale.ROOT));
    return StreamSupport.stream(handler.get("permissions").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  /** Returns the schemas of the S3 settings, by name. */
  public static JsonNode s3Settings() {
    return SCHEMA.at("/definitions/S3Settings/properties");
  }
}
