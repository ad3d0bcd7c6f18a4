package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * One operation on one resource: what is asked for, from the first invocation to the last.
 *
 * @param action what to do
 * @param properties the model asked for; on delete and read the model of what is there
 * @param previousProperties on update the model before, else empty
 * @param stackTags tags of the stack
 * @param previousStackTags on update the tags of the stack before
 * @param token the idempotency token, the same for all invocations of this operation and no other
 * @param rollback whether it takes back another operation
 * @param nextToken on list where to go on, or {@code null}
 */
public record Operation(
    Action action,
    ObjectNode properties,
    ObjectNode previousProperties,
    Map<String, String> stackTags,
    Map<String, String> previousStackTags,
    String token,
    boolean rollback,
    String nextToken) {

  /** Copies what could be changed by its owner later. */
  public Operation {
    properties = properties.deepCopy();
    previousProperties = previousProperties.deepCopy();
    stackTags = Map.copyOf(stackTags);
    previousStackTags = Map.copyOf(previousStackTags);
  }

  private static Operation of(Action action, ObjectNode properties, ObjectNode previous) {
    return new Operation(
        action,
        properties,
        previous,
        Map.of(),
        Map.of(),
        UUID.randomUUID().toString(),
        false,
        null);
  }

  /**
   * Creates a resource.
   *
   * @param properties the model asked for
   * @return an operation with a token of its own
   */
  public static Operation create(ObjectNode properties) {
    return of(Action.CREATE, properties, Json.object());
  }

  /**
   * Reads a resource.
   *
   * @param identifier a model that holds at least an identifier
   * @return an operation with a token of its own
   */
  public static Operation read(ObjectNode identifier) {
    return of(Action.READ, identifier, Json.object());
  }

  /**
   * Updates a resource.
   *
   * @param properties the model asked for, with the identifier
   * @param previous the model before, with the identifier
   * @return an operation with a token of its own
   */
  public static Operation update(ObjectNode properties, ObjectNode previous) {
    return of(Action.UPDATE, properties, previous);
  }

  /**
   * Deletes a resource.
   *
   * @param model a model that holds at least the identifier
   * @return an operation with a token of its own
   */
  public static Operation delete(ObjectNode model) {
    return of(Action.DELETE, model, Json.object());
  }

  /**
   * Lists the first page of resources.
   *
   * @return an operation with a token of its own
   */
  public static Operation list() {
    return of(Action.LIST, Json.object(), Json.object());
  }

  /**
   * This operation in a stack with tags.
   *
   * @param tags tags of the stack
   * @param previous tags of the stack before its update
   * @return a copy
   */
  public Operation withStackTags(Map<String, String> tags, Map<String, String> previous) {
    return new Operation(
        action, properties, previousProperties, tags, previous, token, rollback, nextToken);
  }

  /**
   * This operation under another token; the same token twice is the same request twice.
   *
   * @param other the token
   * @return a copy
   */
  public Operation withToken(String other) {
    return new Operation(
        action,
        properties,
        previousProperties,
        stackTags,
        previousStackTags,
        other,
        rollback,
        nextToken);
  }

  /**
   * This operation as a part of a rollback.
   *
   * @return a copy
   */
  public Operation asRollback() {
    return new Operation(
        action,
        properties,
        previousProperties,
        stackTags,
        previousStackTags,
        token,
        true,
        nextToken);
  }

  /**
   * This list from another page on.
   *
   * @param page the token that the page before gave
   * @return a copy
   */
  public Operation withNextToken(String page) {
    return new Operation(
        action,
        properties,
        previousProperties,
        stackTags,
        previousStackTags,
        token,
        rollback,
        page);
  }
}
