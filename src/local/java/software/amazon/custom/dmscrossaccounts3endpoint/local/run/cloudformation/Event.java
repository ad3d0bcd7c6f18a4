package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.cloudformation.proxy.OperationStatus;

/**
 * A progress event that keeps the {@linkplain HandlerContract handler contract}.
 *
 * @param at when it arrived
 * @param json the event as the provider wrote it
 */
public record Event(Instant at, ObjectNode json) {

  /** How far the operation is. */
  public OperationStatus status() {
    return OperationStatus.valueOf(json.path("status").asText());
  }

  /**
   * Why the operation failed.
   *
   * @return the code of a failed event, else empty
   */
  public Optional<HandlerErrorCode> errorCode() {
    return text("errorCode").map(HandlerErrorCode::valueOf);
  }

  /**
   * What the event says to people.
   *
   * @return the message, which may be empty
   */
  public String message() {
    return text("message").orElse("");
  }

  /**
   * How long to wait before the next invocation.
   *
   * @return zero or more seconds
   */
  public Duration delay() {
    return Duration.ofSeconds(json.path("callbackDelaySeconds").asLong());
  }

  /** The resource as far as the event tells. */
  public Optional<ObjectNode> model() {
    return Optional.ofNullable(json.get("resourceModel"))
        .filter(JsonNode::isObject)
        .map(model -> ((ObjectNode) model).deepCopy());
  }

  /**
   * The resources of a list.
   *
   * @return their models, empty for other events
   */
  public List<ObjectNode> models() {
    return StreamSupport.stream(json.path("resourceModels").spliterator(), false)
        .filter(JsonNode::isObject)
        .map(model -> ((ObjectNode) model).deepCopy())
        .toList();
  }

  /**
   * Where a list goes on.
   *
   * @return the token for the next page; empty on the last one
   */
  public Optional<String> nextToken() {
    return text("nextToken");
  }

  /**
   * What the provider wants to be told in the next invocation.
   *
   * @return its callback context, empty where it gave none
   */
  public Optional<JsonNode> callbackContext() {
    return Optional.ofNullable(json.get("callbackContext"));
  }

  private Optional<String> text(String field) {
    return Optional.ofNullable(json.get(field)).map(JsonNode::asText);
  }
}
