package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.cloudformation.proxy.HandlerErrorCode;

/**
 * A stack with one resource, and with CloudFormation's rollback.
 *
 * <ul>
 *   <li>A create that fails is followed by a delete as soon as any event has shown the identifier,
 *       whatever the error code was. A provider that showed the identifier of somebody else's
 *       resource would have it deleted.
 *   <li>An update that fails is followed by an update back to the properties before.
 *   <li>A delete that answers {@code NotFound} is done.
 * </ul>
 *
 * <p>Properties are those of the template; the identifier is added to them once it is known. A
 * template that changes a create-only property is handed to the update handler like any other: this
 * stack replaces nothing.
 */
public final class Stack {
  private final CloudFormation cloudFormation;
  private Version current;
  private Version wanted;
  private ObjectNode identified;

  private record Version(ObjectNode properties, Map<String, String> tags) {}

  /** An empty stack. */
  public Stack(CloudFormation cloudFormation) {
    this.cloudFormation = cloudFormation;
  }

  /** The stack as it is now, for another CloudFormation to go on with. */
  public Stack continuedBy(CloudFormation other) {
    var copy = new Stack(other);
    copy.current = current;
    copy.wanted = wanted;
    copy.identified = identified;
    return copy;
  }

  /**
   * The resource's primary identifier.
   *
   * @return the identifier; empty while the stack has no resource
   */
  public Optional<String> identifier() {
    return Optional.ofNullable(identified).flatMap(cloudFormation.schema()::identifierOf);
  }

  /**
   * The properties that the resource has by the stack's knowledge.
   *
   * @return those of the last complete create or update; empty while the stack has no resource
   */
  public Optional<ObjectNode> properties() {
    return Optional.ofNullable(current).map(version -> version.properties().deepCopy());
  }

  /**
   * Creates the resource.
   *
   * @return {@code CREATE_COMPLETE}, {@code ROLLBACK_COMPLETE} or {@code ROLLBACK_FAILED}
   */
  public StackOutcome create(ObjectNode properties) {
    return create(properties, Map.of());
  }

  /**
   * Creates the resource in a stack with tags.
   *
   * @return {@code CREATE_COMPLETE}, {@code ROLLBACK_COMPLETE} or {@code ROLLBACK_FAILED}
   * @throws IllegalStateException when the stack has a resource already
   */
  public StackOutcome create(ObjectNode properties, Map<String, String> tags) {
    if (identified != null) {
      throw new IllegalStateException("the stack has a resource already");
    }
    var version = new Version(properties.deepCopy(), Map.copyOf(tags));
    var created =
        cloudFormation.run(
            StackOperation.create(properties).withStackTags(version.tags(), Map.of()));
    created
        .lastModel()
        .filter(model -> cloudFormation.schema().identifierOf(model).isPresent())
        .ifPresent(model -> identified = cloudFormation.schema().identifierOnly(model));
    if (created.succeeded()) {
      current = version;
      return new StackOutcome(StackStatus.CREATE_COMPLETE, List.of(created));
    }
    if (identified == null) {
      return new StackOutcome(StackStatus.ROLLBACK_COMPLETE, List.of(created));
    }
    wanted = version;
    var deleted = cloudFormation.run(delete(version).asRollback());
    var status =
        forgetIfGone(deleted) ? StackStatus.ROLLBACK_COMPLETE : StackStatus.ROLLBACK_FAILED;
    return new StackOutcome(status, List.of(created, deleted));
  }

  /**
   * Updates the resource, even to what it is.
   *
   * @return {@code UPDATE_COMPLETE}, {@code UPDATE_ROLLBACK_COMPLETE} or {@code
   *     UPDATE_ROLLBACK_FAILED}
   */
  public StackOutcome update(ObjectNode properties) {
    return update(properties, current == null ? Map.of() : current.tags());
  }

  /**
   * Updates the resource and the tags of the stack.
   *
   * @return {@code UPDATE_COMPLETE}, {@code UPDATE_ROLLBACK_COMPLETE} or {@code
   *     UPDATE_ROLLBACK_FAILED}
   * @throws IllegalStateException when the stack was not created
   */
  public StackOutcome update(ObjectNode properties, Map<String, String> tags) {
    if (current == null) {
      throw new IllegalStateException("the stack was not created");
    }
    wanted = new Version(properties.deepCopy(), Map.copyOf(tags));
    var updated = cloudFormation.run(update(current, wanted));
    if (updated.succeeded()) {
      current = wanted;
      wanted = null;
      return new StackOutcome(StackStatus.UPDATE_COMPLETE, List.of(updated));
    }
    var outcomes = new ArrayList<>(List.of(updated));
    var rollback = continueUpdateRollback();
    outcomes.addAll(rollback.outcomes());
    return new StackOutcome(rollback.status(), outcomes);
  }

  /**
   * Goes back to the properties before the last update, as CloudFormation does after a failed
   * update and whenever the user asks for it after {@code UPDATE_ROLLBACK_FAILED}.
   *
   * @return {@code UPDATE_ROLLBACK_COMPLETE} or {@code UPDATE_ROLLBACK_FAILED}
   * @throws IllegalStateException when the last update did not fail
   */
  public StackOutcome continueUpdateRollback() {
    if (current == null || wanted == null) {
      throw new IllegalStateException("no update has failed");
    }
    var back = cloudFormation.run(update(wanted, current).asRollback());
    if (!back.succeeded()) {
      return new StackOutcome(StackStatus.UPDATE_ROLLBACK_FAILED, List.of(back));
    }
    wanted = null;
    return new StackOutcome(StackStatus.UPDATE_ROLLBACK_COMPLETE, List.of(back));
  }

  /**
   * Reads the resource by its identifier, as drift detection does.
   *
   * @throws IllegalStateException when the stack has no resource
   */
  public Outcome read() {
    if (identified == null) {
      throw new IllegalStateException("the stack has no resource");
    }
    return cloudFormation.read(identified);
  }

  /**
   * Deletes the resource, or what a failed create left of it.
   *
   * @return {@code DELETE_COMPLETE} or {@code DELETE_FAILED}
   */
  public StackOutcome delete() {
    if (identified == null) {
      return new StackOutcome(StackStatus.DELETE_COMPLETE, List.of());
    }
    var deleted = cloudFormation.run(delete(current == null ? wanted : current));
    var status = forgetIfGone(deleted) ? StackStatus.DELETE_COMPLETE : StackStatus.DELETE_FAILED;
    return new StackOutcome(status, List.of(deleted));
  }

  private StackOperation update(Version from, Version to) {
    return StackOperation.update(identified(to), identified(from))
        .withStackTags(to.tags(), from.tags());
  }

  private StackOperation delete(Version version) {
    return StackOperation.delete(identified(version)).withStackTags(version.tags(), Map.of());
  }

  private ObjectNode identified(Version version) {
    return cloudFormation.schema().withIdentifier(version.properties(), identified);
  }

  private boolean forgetIfGone(Outcome deleted) {
    if (!deleted.succeeded() && !deleted.failedWith(HandlerErrorCode.NotFound)) {
      return false;
    }
    identified = null;
    current = null;
    wanted = null;
    return true;
  }
}
