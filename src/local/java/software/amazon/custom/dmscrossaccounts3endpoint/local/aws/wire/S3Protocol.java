package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;

/**
 * The part of the AWS REST-XML protocol that uploads an object by path ({@code /bucket/key}), as
 * clients do at an IP address, and returns its checksum (S3 API reference, PutObject and
 * HeadObject). Everything else is answered with {@code NotImplemented}.
 */
public final class S3Protocol implements Protocol {
  private static final String PUT_OBJECT = "PutObject";
  private static final String HEAD_OBJECT = "HeadObject";
  private static final String SHA256 = "x-amz-checksum-sha256";

  @Override
  public String operation(Incoming incoming) {
    var path = incoming.address().getPath();
    var isObject = path.matches("/[^/]+/.+") && incoming.address().getQuery() == null;
    if (isObject && incoming.method().equals("HEAD")) {
      return HEAD_OBJECT;
    }
    if (isObject
        && incoming.method().equals("PUT")
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
    incoming
        .header("X-Amz-Expected-Bucket-Owner")
        .ifPresent(value -> values.put("ExpectedBucketOwner", value));
    incoming.header(SHA256).ifPresent(value -> values.put("ChecksumSHA256", value));
    incoming.header("X-Amz-Checksum-Mode").ifPresent(value -> values.put("ChecksumMode", value));
    return new Parameters(values, "InvalidArgument");
  }

  @Override
  public Reply success(String operation, ObjectNode answer, String requestId) {
    var headers = new HashMap<String, String>();
    headers.put("ETag", answer.get("ETag").asText());
    headers.put("x-amz-request-id", requestId);
    if (answer.has("ChecksumSHA256")) {
      headers.put(SHA256, answer.get("ChecksumSHA256").asText());
    }
    return new Reply(200, headers, "");
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
        "NotImplemented",
        501,
        "The local AWS takes nothing but PutObject and HeadObject, not " + operation);
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
