package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What of the AWS REST-XML protocol it takes to upload an object by path ({@code /bucket/key}), as
 * clients do at an IP address (S3 API reference, PutObject). Everything else is not implemented,
 * and says so.
 */
public final class S3Protocol implements Protocol {
  private static final String PUT_OBJECT = "PutObject";

  @Override
  public String operation(Incoming incoming) {
    var path = incoming.address().getPath();
    if (incoming.method().equals("PUT")
        && path.matches("/[^/]+/.+")
        && incoming.address().getQuery() == null
        && incoming.header("X-Amz-Copy-Source").isEmpty()
        && incoming.header("Content-Encoding").filter(e -> e.contains("aws-chunked")).isEmpty()) {
      return PUT_OBJECT;
    }
    throw unknownOperation(incoming.method() + " " + path);
  }

  @Override
  public Parameters parameters(Incoming incoming) {
    var parts = incoming.address().getPath().split("/", 3);
    var values =
        JsonNodeFactory.instance
            .objectNode()
            .put("Bucket", parts[1])
            .put("Key", parts[2])
            .put("Body", incoming.bytes());
    incoming.header("If-None-Match").ifPresent(value -> values.put("IfNoneMatch", value));
    return new Parameters(values, "InvalidArgument");
  }

  @Override
  public Reply success(String operation, ObjectNode answer, String requestId) {
    return new Reply(
        200, Map.of("ETag", answer.get("ETag").asText(), "x-amz-request-id", requestId), "");
  }

  @Override
  public Reply failure(AwsFault fault, String requestId) {
    return QueryProtocol.reply(
        fault.status(),
        requestId,
        xml -> {
          xml.writeStartElement("Error");
          QueryProtocol.write(xml, "Code", fault.code());
          QueryProtocol.write(xml, "Message", fault.getMessage());
          QueryProtocol.write(xml, "RequestId", requestId);
          xml.writeEndElement();
        });
  }

  @Override
  public AwsFault unknownOperation(String operation) {
    return new AwsFault(
        "NotImplemented", 501, "The local AWS takes nothing but PutObject, not " + operation);
  }

  @Override
  public AwsFault missingAuthentication() {
    return new AwsFault("AccessDenied", 403, "Access Denied");
  }

  @Override
  public AwsFault unknownKey() {
    return new AwsFault(
        "InvalidAccessKeyId",
        403,
        "The AWS Access Key Id you provided does not exist in our records.");
  }

  @Override
  public AwsFault expired() {
    return new AwsFault("ExpiredToken", 400, "The provided token has expired.");
  }

  @Override
  public AwsFault throttled() {
    return new AwsFault("SlowDown", 503, "Please reduce your request rate.");
  }

  @Override
  public AwsFault unavailable() {
    return new AwsFault("ServiceUnavailable", 503, "Service is unable to handle request.");
  }
}
