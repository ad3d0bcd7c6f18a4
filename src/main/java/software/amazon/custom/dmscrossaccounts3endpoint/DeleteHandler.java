package software.amazon.custom.dmscrossaccounts3endpoint;

import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.REMOVE;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.REVOKE;

import java.util.Map;
import java.util.Optional;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ModelReader;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder.Found;
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
    var progress = operation.progress(operation.desired().withEndpointArn(endpointArn));
    if (progress.isFirst()) {
      return begin(operation, finder, endpointArn, progress);
    }
    var resource = finder.of(endpointArn, null);
    return progress
        .during(REMOVE, p -> new Removal(resource).gone(p))
        .onwards(REMOVE, REVOKE)
        .during(REVOKE, p -> revoke(operation, resource, p))
        .orElse(() -> ProgressEvent.defaultSuccessHandler(null));
  }

  private static ProgressEvent<ResourceModel, CallbackContext> begin(
      Operation operation, ResourceFinder finder, String endpointArn, Progress progress) {
    var there = finder.find(endpointArn);
    var found = there.filter(f -> isOurs(operation, endpointArn, f.tags()));
    var resource = finder.of(endpointArn, found.orElse(null));
    if (found.isEmpty() && !isLeft(operation, resource)) {
      throw there.isPresent() ? foreign(endpointArn) : OperationFailed.notFound(endpointArn);
    }
    var next = progress.enter(found.isPresent() ? REMOVE : REVOKE);
    var names = resource.names();
    var facts =
        new CallbackContext.Facts(
            resource.roles().dataLakeRoleArn(),
            names.endpointIdentifier(),
            names.roleName(),
            policyName(resource, found));
    return next.with(next.context().knowing(facts))
        .pause(found.isPresent() ? "Deleting the endpoint" : "Deleting role and policy")
        .inProgress();
  }

  private static Progress revoke(Operation operation, Resource resource, Progress progress) {
    return resource.roles().dataLakeRole().isPresent()
        ? revocation(operation, resource).done(progress)
        : progress;
  }

  private static boolean isLeft(Operation operation, Resource resource) {
    return resource.roles().dataLakeRole().isPresent()
        && revocation(operation, resource).isNeeded();
  }

  private static Revocation revocation(Operation operation, Resource resource) {
    return new Revocation(
        resource, tags -> isOurs(operation, resource.names().endpointArn(), tags));
  }

  /** The policy may have a name of the template's that a delete by ARN alone does not know. */
  private static String policyName(Resource resource, Optional<Found> found) {
    return Optional.ofNullable(resource.desired().getPolicyName())
        .or(() -> found.flatMap(f -> new ModelReader(resource, f).ownPolicyName()))
        .orElse(resource.names().policyName());
  }

  private static OperationFailed foreign(String endpointArn) {
    return new OperationFailed(
        HandlerErrorCode.NotFound,
        "The endpoint %s was made by hand or for another resource and was not adopted by an update; it is left as it is."
            .formatted(endpointArn));
  }

  private static boolean isOurs(Operation operation, String endpointArn, Map<String, String> tags) {
    return Marks.areOn(tags, endpointArn) && !isRollbackOfAnother(operation, tags);
  }

  /**
   * Whether this is the rollback of a create that lost a race, and something was made for the
   * winner: another stack, or another resource, that asked for the same identifier. A resource
   * whose create succeeded, wherever it has been moved since, has an external id in its model.
   */
  private static boolean isRollbackOfAnother(Operation operation, Map<String, String> tags) {
    var owner = tags.get(Marks.OWNER);
    return owner != null
        && operation.desired().getExternalId() == null
        && Resource.ownerMark(operation).filter(mine -> !mine.equals(owner)).isPresent();
  }
}
