package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.ErrorTable;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership.Verdict;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Checks that the names of a resource are free before anything is made.
 *
 * <p>It decides within one invocation, and so before CloudFormation learns the primary identifier:
 * a create that fails in its first event is not rolled back, while any later failure deletes
 * whatever has the ARN. Where it cannot decide in that time, the create fails having made nothing.
 */
public final class PreExistenceCheck implements Step {

  private static final String ADVICE =
      "Choose another EndpointIdentifier or ResourceIdentifier, or import it.";

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
   * A resource that has one of the names and is not known to be this request's.
   *
   * @param verdict on it
   * @param name of it, for the user
   * @param advice for the user
   */
  record Conflict(Verdict verdict, String name, String advice) {

    /** Returns a conflict, unless the verdict is {@link Verdict#OWNED}. */
    static Optional<Conflict> of(Verdict verdict, String name, String advice) {
      return verdict == Verdict.OWNED
          ? Optional.empty()
          : Optional.of(new Conflict(verdict, name, advice));
    }
  }

  /**
   * Checks the names of endpoint, role and policy. Returns when they are free, or those of
   * resources that this request has made.
   *
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException {@code
   *     AlreadyExists} where another resource has one of the names; the code of the last error
   *     where AWS gave no answer in time
   */
  @Override
  public Progress run(Progress progress) {
    var begun = operation.time().now();
    while (true) {
      var waited = Duration.between(begun, operation.time().now());
      try {
        var conflict = conflict();
        if (conflict.isEmpty()) {
          return progress;
        }
        if (conflict.get().verdict() == Verdict.FOREIGN
            || waited.compareTo(Progress.OLDEST_ANSWER) >= 0) {
          throw Ownership.taken(conflict.get().name(), conflict.get().advice());
        }
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
   * Returns the first conflict. The name of the policy is checked where the template gives one; a
   * policy is never left where its role is gone, since the role is deleted last.
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
        .or(() -> isArnOfIdentifier() ? Optional.empty() : endpointWithArn())
        .flatMap(e -> conflict(ownership, new FoundEndpoint(e, dms.tags(e.endpointArn()))));
  }

  private boolean isArnOfIdentifier() {
    var names = resource.names();
    return names
        .resourceIdentifier()
        .equals(DefaultNames.resourceIdentifier(names.endpointIdentifier()));
  }

  /**
   * Returns the endpoint with the ARN. Where the ARN follows from the identifier this is not
   * called: hardly any other endpoint has it then, and DMS refuses to create a second one.
   */
  private Optional<Endpoint> endpointWithArn() {
    return resource.dms().findEndpoint(resource.names().endpointArn());
  }

  private static Optional<Conflict> conflict(Ownership ownership, FoundEndpoint found) {
    return Conflict.of(
        // An endpoint that is being deleted belongs to no resource any more.
        found.status().equals("deleting") ? Verdict.UNKNOWN : ownership.ofEndpoint(found.tags()),
        "an endpoint %s (%s)"
            .formatted(found.endpoint().endpointIdentifier(), found.endpoint().endpointArn()),
        ADVICE);
  }

  /**
   * Lets an operation that has begun go on only where an endpoint that has its names is its own.
   *
   * @return empty where it is; a progress that waits where that is not known yet
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException {@code
   *     AlreadyExists} where it is another resource's
   */
  static Optional<Progress> refused(Ownership ownership, FoundEndpoint found, Progress progress) {
    return conflict(ownership, found)
        .flatMap(c -> Ownership.refused(c.verdict(), progress, c.name(), c.advice()));
  }
}
