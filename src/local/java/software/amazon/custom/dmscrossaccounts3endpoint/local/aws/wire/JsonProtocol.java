package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The AWS JSON 1.1 protocol (Smithy, "AWS JSON 1.1 protocol"). */
public final class JsonProtocol implements Protocol {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String targetPrefix;

  /**
   * @param targetPrefix what {@code X-Amz-Target} begins with, for instance {@code
   *     AmazonDMSv20160101}
   */
  public JsonProtocol(String targetPrefix) {
    this.targetPrefix = targetPrefix + ".";
  }

  @Override
  public String operation(Incoming incoming) {
    return incoming
        .target()
        .filter(target -> target.startsWith(targetPrefix))
        .map(target -> target.substring(targetPrefix.length()))
        .orElseThrow(() -> unknownOperation(incoming.target().orElse("")));
  }

  @Override
  public Parameters parameters(Incoming incoming) {
    try {
      var body = incoming.body().isBlank() ? "{}" : incoming.body();
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return new Parameters(object, "ValidationException");
      }
    } catch (JsonProcessingException e) {
      throw unreadable();
    }
    throw unreadable();
  }

  private static AwsFault unreadable() {
    return new AwsFault("SerializationException", 400, "The request is not a JSON object.");
  }

  @Override
  public Reply success(String operation, ObjectNode answer, String requestId) {
    return new Reply(
        200,
        Map.of("Content-Type", CONTENT_TYPE, "x-amzn-RequestId", requestId),
        answer == null ? "" : answer.toString());
  }

  @Override
  public Reply failure(AwsFault fault, String requestId) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", fault.code())
            .put("message", fault.getMessage());
    return new Reply(
        fault.status(),
        Map.of(
            "Content-Type",
            CONTENT_TYPE,
            "x-amzn-RequestId",
            requestId,
            "x-amzn-ErrorType",
            fault.code()),
        body.toString());
  }

  @Override
  public AwsFault unknownOperation(String operation) {
    return new AwsFault("UnknownOperationException", 400, "Unknown operation: " + operation);
  }

  @Override
  public AwsFault missingAuthentication() {
    return new AwsFault("MissingAuthenticationTokenException", 400, "Missing Authentication Token");
  }

  @Override
  public AwsFault unknownKey() {
    return new AwsFault(
        "UnrecognizedClientException",
        400,
        "The security token included in the request is invalid.");
  }

  @Override
  public AwsFault expired() {
    return new AwsFault(
        "ExpiredTokenException", 400, "The security token included in the request is expired");
  }

  @Override
  public AwsFault throttled() {
    return new AwsFault("ThrottlingException", 400, "Rate exceeded");
  }

  @Override
  public AwsFault unavailable() {
    return new AwsFault(
        "ServiceUnavailableException", 503, "The request has failed due to a temporary failure.");
  }
}
