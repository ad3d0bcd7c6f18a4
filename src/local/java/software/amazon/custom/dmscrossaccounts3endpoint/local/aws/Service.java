package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.util.HashMap;
import java.util.Map;

/** A service: its protocol and its operations. */
record Service(String name, Protocol protocol, Map<String, Operation> operations) {
  @SafeVarargs
  static Service of(String name, Protocol protocol, Map<String, Operation>... rooms) {
    var operations = new HashMap<String, Operation>();
    for (var room : rooms) {
      operations.putAll(room);
    }
    return new Service(name, protocol, Map.copyOf(operations));
  }
}
