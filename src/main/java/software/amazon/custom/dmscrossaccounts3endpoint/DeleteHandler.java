package software.amazon.custom.dmscrossaccounts3endpoint;

import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.BEGIN;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.DELETE_ACCESS;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.DELETE_ENDPOINT;

import java.util.Optional;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.EndpointLookup;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ModelReader;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership.Verdict;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.DeleteAccess;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.DeleteEndpoint;

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
        .during(
            DELETE_ENDPOINT,
            p -> new DeleteEndpoint(finder.of(endpointArn, new EndpointLookup.NotQueried())).run(p))
        .transition(DELETE_ENDPOINT, DELETE_ACCESS)
        .during(
            DELETE_ACCESS,
            p -> revoke(finder.of(endpointArn, new EndpointLookup.NotQueried()), own, p))
        .orElse(p -> ProgressEvent.defaultSuccessHandler(null));
  }

  private static Progress begin(
      ResourceFinder finder, String endpointArn, Ownership own, Progress progress) {
    var seen = finder.find(endpointArn);
    if (!(seen instanceof FoundEndpoint found)) {
      return progress.confirm(
          "Waiting until it is certain that the endpoint is gone",
          certain -> withoutEndpoint(finder.of(endpointArn, seen), own, finder, certain));
    }
    var resource = finder.of(endpointArn, found);
    if (own.ofEndpoint(found.tags()) == Verdict.OWNED || usesOwnedRole(resource, found, own)) {
      return know(resource, found, progress).enter(DELETE_ENDPOINT).save("Deleting the endpoint");
    }
    return own.ofEndpoint(found.tags()) == Verdict.FOREIGN
        ? withForeignEndpoint(finder, found, own, progress)
        : progress.confirm(
            "Waiting until it is certain that the endpoint has no ownership tags",
            certain -> withForeignEndpoint(finder, found, own, certain));
  }

  /**
   * Returns whether the endpoint writes with this resource's own role. Such an endpoint is this
   * type's, although its tags may have been taken away by hand.
   */
  private static boolean usesOwnedRole(Resource resource, FoundEndpoint found, Ownership own) {
    return resource.roles().dataLakeRole().isPresent()
        && found.serviceRole().filter(resource.names().roleArn()::equals).isPresent()
        && resource
            .dataLake()
            .findRole(resource.names().roleName())
            .filter(role -> own.of(role) == Verdict.OWNED)
            .isPresent();
  }

  /**
   * Leaves an endpoint alone that another resource or nobody owns. Role and policy that this
   * resource's own create has made for the ARN are deleted, unless the endpoint writes with them.
   */
  private static Progress withForeignEndpoint(
      ResourceFinder finder, FoundEndpoint found, Ownership own, Progress progress) {
    var endpointArn = found.endpoint().endpointArn();
    var resource = asRecorded(finder, finder.of(endpointArn, new EndpointLookup.NotFound()));
    var isUsed = found.serviceRole().filter(resource.names().roleArn()::equals).isPresent();
    if (isUsed || !isLeft(resource, own)) {
      throw foreign(found);
    }
    return deleteAccess(resource, progress);
  }

  /** Deletes role and policy of a resource whose endpoint is gone. */
  private static Progress withoutEndpoint(
      Resource unknown, Ownership own, ResourceFinder finder, Progress progress) {
    var resource = asRecorded(finder, unknown);
    if (!isLeft(resource, own)) {
      throw HandlerException.notFound(resource.names().endpointArn());
    }
    return deleteAccess(resource, progress);
  }

  private static Resource asRecorded(ResourceFinder finder, Resource resource) {
    return resource.roles().dataLakeRole().isPresent() ? finder.asRecorded(resource) : resource;
  }

  private static Progress deleteAccess(Resource resource, Progress progress) {
    return know(resource, new EndpointLookup.NotFound(), progress)
        .enter(DELETE_ACCESS)
        .save("Deleting role and policy");
  }

  private static Progress know(Resource resource, EndpointLookup seen, Progress progress) {
    var located = resource.locatedResources(policyName(resource, seen));
    return progress.with(progress.context().withLocated(located));
  }

  private static Progress revoke(Resource resource, Ownership own, Progress progress) {
    return resource.roles().dataLakeRole().isPresent()
        ? new DeleteAccess(resource, own).run(progress)
        : progress;
  }

  private static boolean isLeft(Resource resource, Ownership own) {
    return resource.roles().dataLakeRole().isPresent() && new DeleteAccess(resource, own).isLeft();
  }

  /** The policy may have a name of the template's that a delete by ARN alone does not know. */
  private static String policyName(Resource resource, EndpointLookup seen) {
    return Optional.ofNullable(resource.desired().getPolicyName())
        .or(() -> seen.found().flatMap(f -> new ModelReader(resource, f).ownPolicyName()))
        .orElse(resource.names().policyName());
  }

  private static HandlerException foreign(FoundEndpoint found) {
    return new HandlerException(
        HandlerErrorCode.NotFound,
        "The endpoint %s does not belong to this resource: it has no ownership tags of it, and its service role %s is not the role of this resource. It was made by hand or for another resource, or its tags were removed. Nothing was deleted; it is left as it is."
            .formatted(
                found.endpoint().endpointArn(), found.serviceRole().orElse("(none is shown)")));
  }
}
