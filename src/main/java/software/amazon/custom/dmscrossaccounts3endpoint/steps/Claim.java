package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Looks whether the names of a resource are free, before anything is made. It only reads: the event
 * after it is the first that tells CloudFormation the resource's ARN, and whatever a create makes
 * afterwards can be rolled back by it. Names of role and policy that are made of the endpoint's ARN
 * are not looked at: IAM refuses what is there when it is made.
 */
public final class Claim {

  private static final String ADVICE =
      "Choose another EndpointIdentifier or ResourceIdentifier, or import it.";

  private final Resource resource;
  private final Ownership ownership;
  private final EndpointRole role;
  private final EndpointPolicy policy;

  /** Creates the step. */
  public Claim(Resource resource, Ownership ownership) {
    this.resource = resource;
    this.ownership = ownership;
    this.role = new EndpointRole(resource, ownership);
    this.policy = new EndpointPolicy(resource, ownership);
  }

  /**
   * Looks.
   *
   * @throws OperationFailed {@code AlreadyExists} where something has one of the names that this
   *     very request did not make
   */
  public Progress check(Progress progress) {
    return progress
        .then(this::endpoint)
        .then(p -> isOfArn(resource.names().roleName()) ? p : role.check(p))
        .then(p -> isOfArn(resource.names().policyName()) ? p : policy.check(p));
  }

  /** Whether a name of IAM is the one that is made of the ARN, be it asked for or not. */
  private boolean isOfArn(String name) {
    var names = resource.names();
    return name.equals(DefaultNames.accessName(names.resourceIdentifier(), names.endpointArn()));
  }

  /** Whether the ARN is the one that follows from the identifier. */
  private boolean isArnOfIdentifier() {
    var names = resource.names();
    return names
        .resourceIdentifier()
        .equals(DefaultNames.resourceIdentifier(names.endpointIdentifier()));
  }

  private Progress endpoint(Progress progress) {
    var names = resource.names();
    var dms = resource.dms();
    return dms.findEndpointByIdentifier(names.endpointIdentifier())
        .or(() -> isArnOfIdentifier() ? Optional.empty() : withArn())
        .map(e -> new FoundEndpoint(e, dms.tags(e.endpointArn())))
        .flatMap(found -> refused(ownership, found, progress))
        .orElse(progress);
  }

  /**
   * The endpoint with the ARN. Where it is made of the identifier, hardly any other has it, and DMS
   * refuses to create a second one.
   */
  private Optional<Endpoint> withArn() {
    return resource.dms().findEndpoint(resource.names().endpointArn());
  }

  /**
   * Lets an operation go on only where an endpoint that has its names is its own.
   *
   * @return empty where it is ours; a progress that waits where that is not clear
   * @throws OperationFailed {@code AlreadyExists} where it is another's
   */
  static Optional<Progress> refused(Ownership ownership, FoundEndpoint found, Progress progress) {
    // What is being deleted is no longer anybody's.
    var verdict =
        found.status().equals("deleting")
            ? Ownership.Verdict.UNCLEAR
            : ownership.ofEndpoint(found.tags());
    return Ownership.refused(
        verdict,
        progress,
        "an endpoint %s (%s)"
            .formatted(found.endpoint().endpointIdentifier(), found.endpoint().endpointArn()),
        ADVICE);
  }
}
