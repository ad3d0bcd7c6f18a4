package software.amazon.custom.dmscrossaccounts3endpoint;

import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.BEGIN;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.REMOVE;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.REVOKE;

import java.util.Optional;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ModelReader;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership.Verdict;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Sighting;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Removal;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Revocation;

/**
 * Deletes the resource: the endpoint, then policy and role, each only where it carries the mark.
 * The first invocation deletes nothing; its event keeps what only the endpoint's tags tell.
 */
final class DeleteHandler implements Handler {

  @Override
  public ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation) {
    var finder = new ResourceFinder(operation);
    var endpointArn = finder.endpointArn();
    var own = Ownership.toDelete(operation, endpointArn);
    return operation
        .progress(Models.copy(operation.desired()).withEndpointArn(endpointArn))
        .during(BEGIN, p -> begin(finder, endpointArn, own, p))
        .during(REMOVE, p -> new Removal(finder.of(endpointArn, new Sighting.NotLooked())).gone(p))
        .onwards(REMOVE, REVOKE)
        .during(REVOKE, p -> revoke(finder.of(endpointArn, new Sighting.NotLooked()), own, p))
        .orElse(p -> ProgressEvent.defaultSuccessHandler(null));
  }

  private static Progress begin(
      ResourceFinder finder, String endpointArn, Ownership own, Progress progress) {
    var seen = finder.find(endpointArn);
    var verdict = seen.found().map(f -> own.ofEndpoint(f.tags()));
    if (verdict.filter(Verdict.OURS::equals).isPresent()) {
      var resource = finder.of(endpointArn, seen);
      return know(resource, seen, progress).enter(REMOVE).pause("Deleting the endpoint");
    }
    // An endpoint that is another's keeps nothing of ours from being deleted.
    var isAnothers = verdict.filter(Verdict.ANOTHERS::equals).isPresent();
    if (!isAnothers) {
      return progress.doubt(
          seen instanceof FoundEndpoint
              ? "Waiting to be sure whose the endpoint is, which shows no tags"
              : "Waiting to be sure that the endpoint is gone",
          certain -> withoutEndpoint(finder, endpointArn, own, seen, certain));
    }
    return withoutEndpoint(finder, endpointArn, own, seen, progress);
  }

  /** What is left of a resource whose endpoint is gone, or was never its own. */
  private static Progress withoutEndpoint(
      ResourceFinder finder, String endpointArn, Ownership own, Sighting seen, Progress progress) {
    var unknown = finder.of(endpointArn, new Sighting.Gone());
    var resource =
        unknown.roles().dataLakeRole().isPresent() ? finder.asRecorded(unknown) : unknown;
    if (!isLeft(resource, own)) {
      throw seen instanceof FoundEndpoint found
          ? foreign(found)
          : OperationFailed.notFound(endpointArn);
    }
    return know(resource, new Sighting.Gone(), progress)
        .enter(REVOKE)
        .pause("Deleting role and policy");
  }

  private static Progress know(Resource resource, Sighting seen, Progress progress) {
    var whereabouts = resource.whereabouts(policyName(resource, seen));
    return progress.with(progress.context().withWhereabouts(whereabouts));
  }

  private static Progress revoke(Resource resource, Ownership own, Progress progress) {
    return resource.roles().dataLakeRole().isPresent()
        ? new Revocation(resource, own).done(progress)
        : progress;
  }

  private static boolean isLeft(Resource resource, Ownership own) {
    return resource.roles().dataLakeRole().isPresent() && new Revocation(resource, own).isNeeded();
  }

  /** The policy may have a name of the template's that a delete by ARN alone does not know. */
  private static String policyName(Resource resource, Sighting seen) {
    return Optional.ofNullable(resource.desired().getPolicyName())
        .or(() -> seen.found().flatMap(f -> new ModelReader(resource, f).ownPolicyName()))
        .orElse(resource.names().policyName());
  }

  private static OperationFailed foreign(FoundEndpoint found) {
    return new OperationFailed(
        HandlerErrorCode.NotFound,
        "The endpoint %s was made by hand or for another resource and was not adopted by an update; it is left as it is."
            .formatted(found.endpoint().endpointArn()));
  }
}
