package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;
import lombok.AccessLevel;
import lombok.With;
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
public record StackOperation(
    Action action,
    ObjectNode properties,
    ObjectNode previousProperties,
    @With(AccessLevel.PRIVATE) Map<String, String> stackTags,
    @With(AccessLevel.PRIVATE) Map<String, String> previousStackTags,
    @With String token,
    @With(AccessLevel.PRIVATE) boolean rollback,
    @With String nextToken) {

  /** Copies what could be changed by its owner later. */
  public StackOperation {
    properties = properties.deepCopy();
    previousProperties = previousProperties.deepCopy();
    stackTags = Map.copyOf(stackTags);
    previousStackTags = Map.copyOf(previousStackTags);
  }

  private static StackOperation of(Action action, ObjectNode properties, ObjectNode previous) {
    var token = UUID.randomUUID().toString();
    return new StackOperation(action, properties, previous, Map.of(), Map.of(), token, false, null);
  }

  /**
   * Creates a resource.
   *
   * @return an operation with a token of its own
   */
  public static StackOperation create(ObjectNode properties) {
    return of(Action.CREATE, properties, Json.object());
  }

  /**
   * Reads a resource.
   *
   * @param identifier a model that holds at least an identifier
   * @return an operation with a token of its own
   */
  public static StackOperation read(ObjectNode identifier) {
    return of(Action.READ, identifier, Json.object());
  }

  /**
   * Updates a resource.
   *
   * @param properties the model asked for, with the identifier
   * @return an operation with a token of its own
   */
  public static StackOperation update(ObjectNode properties, ObjectNode previous) {
    return of(Action.UPDATE, properties, previous);
  }

  /**
   * Deletes a resource.
   *
   * @param model a model that holds at least the identifier
   * @return an operation with a token of its own
   */
  public static StackOperation delete(ObjectNode model) {
    return of(Action.DELETE, model, Json.object());
  }

  /**
   * Lists the first page of resources.
   *
   * @return an operation with a token of its own
   */
  public static StackOperation list() {
    return of(Action.LIST, Json.object(), Json.object());
  }

  /**
   * This operation in a stack with tags.
   *
   * @param previous tags of the stack before its update
   */
  public StackOperation withStackTags(Map<String, String> tags, Map<String, String> previous) {
    return withStackTags(tags).withPreviousStackTags(previous);
  }

  /** This operation as a part of a rollback. */
  public StackOperation asRollback() {
    return withRollback(true);
  }
}
