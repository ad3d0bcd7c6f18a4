package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * Calls the provider as the Cloud Control API does: the desired state of an update is a READ with a
 * patch applied, so that write-only properties are missing in it, and read-only and defaulted ones
 * are present. There is no stack, and a failed create is not rolled back.
 */
public final class CloudControl {
  private final CloudFormation caller;

  /**
   * Creates a caller.
   *
   * @param caller one that is {@linkplain CloudFormation.Builder#outsideOfStacks outside of stacks}
   */
  public CloudControl(CloudFormation caller) {
    this.caller = caller;
  }

  /** Creates a resource. */
  public Outcome create(ObjectNode desiredState) {
    return caller.create(desiredState);
  }

  /**
   * Reads a resource.
   *
   * @param resource a model that holds at least the identifier
   */
  public Outcome get(ObjectNode resource) {
    return caller.read(caller.schema().identifierOnly(resource));
  }

  /**
   * Updates a resource.
   *
   * @param resource a model that holds at least the identifier
   * @param patch changes the model that READ returns
   * @throws IllegalStateException when the READ fails
   */
  public Outcome update(ObjectNode resource, UnaryOperator<ObjectNode> patch) {
    var read = get(resource);
    var current = read.model().orElseThrow(() -> new IllegalStateException("READ failed: " + read));
    return caller.update(patch.apply(current.deepCopy()), current);
  }

  /**
   * Deletes a resource.
   *
   * @param resource a model that holds at least the identifier
   */
  public Outcome delete(ObjectNode resource) {
    return caller.delete(caller.schema().identifierOnly(resource));
  }

  /** Lists the resources. */
  public Outcome list() {
    return caller.list().get(0);
  }
}
