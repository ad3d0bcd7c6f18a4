package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

import java.util.HashMap;
import java.util.Map;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Protocol;

/** A service: its protocol and its operations. */
public record Service(String name, Protocol protocol, Map<String, ServiceOperation> operations) {
  @SafeVarargs
  public static Service of(String name, Protocol protocol, Map<String, ServiceOperation>... rooms) {
    var operations = new HashMap<String, ServiceOperation>();
    for (var room : rooms) {
      operations.putAll(room);
    }
    return new Service(name, protocol, Map.copyOf(operations));
  }
}
