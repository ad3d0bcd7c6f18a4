package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Smithy RPC v2 CBOR protocol, for a service that is called by the Query protocol as well: its
 * errors have the codes of that protocol (Smithy, "Smithy RPC v2 CBOR protocol" and {@code
 * awsQueryCompatible}).
 */
public final class RpcV2CborProtocol implements Protocol {
  private static final String NAME = "rpc-v2-cbor";
  private static final CBORMapper CBOR = new CBORMapper();

  private final String pathPrefix;
  private final QueryProtocol compatible;

  /**
   * Creates the protocol of a service.
   *
   * @param service name of the service's shape, for instance {@code GraniteServiceVersion20100801}
   * @param compatible the service's Query protocol
   */
  public RpcV2CborProtocol(String service, QueryProtocol compatible) {
    this.pathPrefix = "/service/" + service + "/operation/";
    this.compatible = compatible;
  }

  @Override
  public boolean isUsedBy(Incoming incoming) {
    return incoming.header("smithy-protocol").filter(NAME::equals).isPresent();
  }

  @Override
  public String operation(Incoming incoming) {
    var path = incoming.address().getPath();
    if (!path.startsWith(pathPrefix)) {
      throw unknownOperation(path);
    }
    return path.substring(pathPrefix.length());
  }

  @Override
  public Parameters parameters(Incoming incoming) {
    try {
      if (CBOR.readTree(incoming.bytes()) instanceof ObjectNode object) {
        return new Parameters(object, QueryProtocol.VALIDATION);
      }
    } catch (IOException e) {
      throw unreadable();
    }
    throw unreadable();
  }

  private static AwsFault unreadable() {
    return new AwsFault("SerializationException", 400, "The request is not a CBOR map.");
  }

  @Override
  public Reply success(String operation, ObjectNode answer, String requestId) {
    var headers = Map.of("smithy-protocol", NAME, "x-amzn-RequestId", requestId);
    return answer == null ? new Reply(200, headers, "") : reply(200, headers, answer);
  }

  @Override
  public Reply failure(AwsFault fault, String requestId) {
    var sender = fault.status() < 500 ? "Sender" : "Receiver";
    return reply(
        fault.status(),
        Map.of(
            "smithy-protocol",
            NAME,
            "x-amzn-RequestId",
            requestId,
            "x-amzn-query-error",
            fault.code() + ";" + sender),
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", fault.code())
            .put("message", fault.getMessage()));
  }

  private static Reply reply(int status, Map<String, String> headers, ObjectNode body) {
    var all = new TreeMap<>(headers);
    all.put("Content-Type", "application/cbor");
    try {
      return new Reply(status, all, ByteBuffer.wrap(CBOR.writeValueAsBytes(body)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public AwsFault unknownOperation(String operation) {
    return compatible.unknownOperation(operation);
  }

  @Override
  public AwsFault missingAuthentication() {
    return compatible.missingAuthentication();
  }

  @Override
  public AwsFault unknownKey() {
    return compatible.unknownKey();
  }

  @Override
  public AwsFault expired() {
    return compatible.expired();
  }

  @Override
  public AwsFault throttled() {
    return compatible.throttled();
  }

  @Override
  public AwsFault unavailable() {
    return compatible.unavailable();
  }
}
