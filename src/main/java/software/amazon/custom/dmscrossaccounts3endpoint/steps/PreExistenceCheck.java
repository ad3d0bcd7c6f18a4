package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.OutOfTimeException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.ErrorTable;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership.Verdict;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Checks that the names of a resource are available before anything is created.
 *
 * <p>The check ends within one invocation, and so before CloudFormation has the primary identifier.
 * CloudFormation does not roll back a create that fails in its first event. After a later failure
 * it deletes the resource that has the ARN. Where the check gets no result in time, the create
 * fails without having created anything.
 */
public final class PreExistenceCheck implements Step {

  private static final String ADVICE =
      "Choose another EndpointIdentifier or ResourceIdentifier, or import the endpoint.";

  private static final Duration DELAY = Duration.ofSeconds(3);

  private final Operation operation;
  private final Resource resource;
  private final Ownership ownership;
  private final EndpointRole role;
  private final EndpointPolicy policy;

  /** Creates the step. */
  public PreExistenceCheck(Operation operation, Resource resource, Ownership ownership) {
    this.operation = operation;
    this.resource = resource;
    this.ownership = ownership;
    this.role = new EndpointRole(resource, ownership);
    this.policy = new EndpointPolicy(resource, ownership);
  }

  /**
   * Existing resource with one of the names that is not known to be owned by this request.
   *
   * @param verdict verdict on the resource
   * @param name resource as text for the user
   * @param advice next step for the user
   */
  record Conflict(Verdict verdict, String name, String advice) {

    /** Returns a conflict, unless the verdict is {@link Verdict#OWNED}. */
    static Optional<Conflict> of(Verdict verdict, String name, String advice) {
      return verdict == Verdict.OWNED
          ? Optional.empty()
          : Optional.of(new Conflict(verdict, name, advice));
    }

    /** Waits or fails as {@link Ownership#waitUnlessOwned} does. */
    Optional<Progress> waitUnlessOwned(Progress progress) {
      return Ownership.waitUnlessOwned(verdict, progress, name, advice);
    }
  }

  /**
   * Checks the names of endpoint, role and policy. Returns when they are available, or belong to
   * resources that this request has created.
   *
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException {@code
   *     AlreadyExists} where another resource has one of the names; the code of the last error
   *     where AWS gave no answer in time
   */
  @Override
  public Progress run(Progress progress) {
    var startedAt = operation.time().now();
    while (true) {
      var waited = Duration.between(startedAt, operation.time().now());
      try {
        var conflict = conflict();
        if (conflict.isEmpty()) {
          return progress;
        }
        if (conflict.get().verdict() == Verdict.FOREIGN
            || waited.compareTo(Progress.OLDEST_ANSWER) >= 0) {
          throw Ownership.alreadyExists(conflict.get().name(), conflict.get().advice());
        }
      } catch (OutOfTimeException e) {
        throw new HandlerException(
            HandlerErrorCode.ServiceInternalError,
            "AWS answered too slowly to tell whether the names of the endpoint are free. Nothing"
                + " was made. Try again.");
      } catch (AwsCallException e) {
        if (ErrorTable.retryTime(e).isZero() || !operation.clients().budget().allows(DELAY)) {
          throw ErrorTable.explain(e);
        }
      }
      operation.time().pass(DELAY);
      operation.clients().invalidateCache();
    }
  }

  /**
   * Returns the first conflict. The name of the policy is checked only where it is not the default:
   * a policy with the default name exists only together with its role, which is deleted last.
   */
  private Optional<Conflict> conflict() {
    return endpointConflict()
        .or(role::conflict)
        .or(() -> hasDefaultPolicyName() ? Optional.empty() : policy.conflict());
  }

  private boolean hasDefaultPolicyName() {
    var names = resource.names();
    return names
        .policyName()
        .equals(DefaultNames.accessName(names.resourceIdentifier(), names.endpointArn()));
  }

  private Optional<Conflict> endpointConflict() {
    var names = resource.names();
    var dms = resource.dms();
    return dms.findEndpointByIdentifier(names.endpointIdentifier())
        .or(() -> hasDefaultArn() ? Optional.empty() : endpointWithArn())
        .flatMap(e -> conflict(ownership, new FoundEndpoint(e, dms.tags(e.endpointArn()))));
  }

  private boolean hasDefaultArn() {
    var names = resource.names();
    return names
        .resourceIdentifier()
        .equals(DefaultNames.resourceIdentifier(names.endpointIdentifier()));
  }

  /**
   * Returns the endpoint with the ARN. It is not called where the ARN is derived from the
   * identifier: another endpoint hardly has that ARN, and DMS rejects a second endpoint with it.
   */
  private Optional<Endpoint> endpointWithArn() {
    return resource.dms().findEndpoint(resource.names().endpointArn());
  }

  private static Optional<Conflict> conflict(Ownership ownership, FoundEndpoint found) {
    return Conflict.of(
        // An endpoint that is being deleted no longer belongs to a resource.
        found.status().equals("deleting") ? Verdict.UNKNOWN : ownership.ofEndpoint(found.tags()),
        "endpoint %s (%s)"
            .formatted(found.endpoint().endpointIdentifier(), found.endpoint().endpointArn()),
        ADVICE);
  }

  /**
   * Waits or fails unless the operation owns an endpoint that has one of its names.
   *
   * @return empty where the endpoint is owned; a progress that waits where that is not known
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException {@code
   *     AlreadyExists} where it belongs to another resource
   */
  static Optional<Progress> waitUnlessOwned(
      Ownership ownership, FoundEndpoint found, Progress progress) {
    return conflict(ownership, found).flatMap(c -> c.waitUnlessOwned(progress));
  }
}
