package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One call of the provider.
 *
 * @param operation what it is a part of
 * @param number 1 for the operation's first invocation, and so on; repeats count
 * @param request the whole payload, credentials included
 */
public record Invocation(StackOperation operation, int number, ObjectNode request) {}
