package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a service's calls and answers travel, and what its protocol calls the errors common to all.
 */
public interface Protocol {
  /** Returns whether a request is written in this protocol. */
  default boolean isUsedBy(Incoming incoming) {
    return true;
  }

  /** The operation that is called; whether the service has it is another question. */
  String operation(Incoming incoming);

  Parameters parameters(Incoming incoming);

  Reply success(String operation, ObjectNode answer, String requestId);

  Reply failure(AwsFault fault, String requestId);

  AwsFault unknownOperation(String operation);

  AwsFault missingAuthentication();

  AwsFault unknownKey();

  AwsFault expired();

  AwsFault throttled();

  AwsFault unavailable();
}
