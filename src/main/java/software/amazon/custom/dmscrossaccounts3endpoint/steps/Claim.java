package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Looks whether the names of a resource are free, before anything is made. It only reads: the event
 * after it is the first that tells CloudFormation the resource's ARN, and whatever a create makes
 * afterwards can be rolled back by it.
 */
public final class Claim {

  private static final String ADVICE =
      "Choose another EndpointIdentifier or ResourceIdentifier, or import it.";

  private final Resource resource;
  private final Ownership ownership;

  /** Creates the step. */
  public Claim(Resource resource, Ownership ownership) {
    this.resource = resource;
    this.ownership = ownership;
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
        .then(new EndpointRole(resource, ownership)::check)
        .then(new EndpointPolicy(resource, ownership)::check);
  }

  private Progress endpoint(Progress progress) {
    var names = resource.names();
    var dms = resource.dms();
    return dms.findEndpoint(names.endpointArn())
        .or(() -> dms.findEndpointByIdentifier(names.endpointIdentifier()))
        .map(e -> new FoundEndpoint(e, dms.tags(e.endpointArn())))
        .flatMap(found -> refused(ownership, found, progress))
        .orElse(progress);
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
