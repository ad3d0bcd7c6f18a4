package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;

/** One operation of a service. */
@FunctionalInterface
public interface ServiceOperation {
  /**
   * Does what the call asks for.
   *
   * @return the answer's members, null for an operation whose model declares no output
   * @throws AwsFault when the call is refused; nothing has changed then
   */
  ObjectNode perform(Request request);
}
