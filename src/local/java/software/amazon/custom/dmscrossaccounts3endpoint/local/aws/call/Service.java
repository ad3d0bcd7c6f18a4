package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Incoming;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Protocol;

/**
 * A service: its protocols and its operations.
 *
 * @param protocols at least one; the last one takes every request that no other one takes
 */
public record Service(
    String name, List<Protocol> protocols, Map<String, ServiceOperation> operations) {
  @SafeVarargs
  public static Service of(String name, Protocol protocol, Map<String, ServiceOperation>... rooms) {
    var operations = new HashMap<String, ServiceOperation>();
    for (var room : rooms) {
      operations.putAll(room);
    }
    return new Service(name, List.of(protocol), Map.copyOf(operations));
  }

  /** Returns the protocol that a request is written in. */
  Protocol protocol(Incoming incoming) {
    return protocols.stream()
        .filter(protocol -> protocol.isUsedBy(incoming))
        .findFirst()
        .orElse(protocols.get(protocols.size() - 1));
  }
}
