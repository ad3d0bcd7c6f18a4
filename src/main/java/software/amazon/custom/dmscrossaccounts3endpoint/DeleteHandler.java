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
 * Deletes the resource: the endpoint, then policy and role, each only where it is owned. The first
 * invocation deletes nothing. Its event keeps the facts that only the endpoint's tags have.
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
            p -> deleteAccess(finder.of(endpointArn, new EndpointLookup.NotQueried()), own, p))
        .orElse(p -> ProgressEvent.defaultSuccessHandler(null));
  }

  private static Progress begin(
      ResourceFinder finder, String endpointArn, Ownership own, Progress progress) {
    var lookup = finder.find(endpointArn);
    if (!(lookup instanceof FoundEndpoint found)) {
      return progress.confirm(
          "Confirming that the endpoint no longer exists",
          certain -> withoutEndpoint(finder.of(endpointArn, lookup), own, finder, certain));
    }
    var resource = finder.of(endpointArn, found);
    if (own.ofEndpoint(found.tags()) == Verdict.OWNED || usesOwnedRole(resource, found, own)) {
      return rememberLocation(resource, found, progress)
          .enter(DELETE_ENDPOINT)
          .save("Deleting the endpoint");
    }
    return own.ofEndpoint(found.tags()) == Verdict.FOREIGN
        ? withForeignEndpoint(finder, found, own, progress)
        : progress.confirm(
            "Confirming that the endpoint has no ownership tags",
            certain -> withForeignEndpoint(finder, found, own, certain));
  }

  /**
   * Returns whether the endpoint writes with this resource's own role. Such an endpoint is owned
   * even if its tags were removed by hand.
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
   * Keeps an endpoint that this resource does not own. Deletes role and policy that this resource's
   * create has created for the ARN, unless the endpoint uses the role.
   */
  private static Progress withForeignEndpoint(
      ResourceFinder finder, FoundEndpoint found, Ownership own, Progress progress) {
    var endpointArn = found.endpoint().endpointArn();
    var resource = asRecorded(finder, finder.of(endpointArn, new EndpointLookup.NotFound()));
    var isUsed = found.serviceRole().filter(resource.names().roleArn()::equals).isPresent();
    if (isUsed || !hasAccess(resource, own)) {
      throw foreign(found);
    }
    return startDeletingAccess(resource, progress);
  }

  /** Deletes role and policy of a resource whose endpoint does not exist. */
  private static Progress withoutEndpoint(
      Resource unknown, Ownership own, ResourceFinder finder, Progress progress) {
    var resource = asRecorded(finder, unknown);
    if (!hasAccess(resource, own)) {
      throw HandlerException.notFound(resource.names().endpointArn());
    }
    return startDeletingAccess(resource, progress);
  }

  private static Resource asRecorded(ResourceFinder finder, Resource resource) {
    return resource.roles().dataLakeRole().isPresent() ? finder.asRecorded(resource) : resource;
  }

  private static Progress startDeletingAccess(Resource resource, Progress progress) {
    return rememberLocation(resource, new EndpointLookup.NotFound(), progress)
        .enter(DELETE_ACCESS)
        .save("Deleting role and policy");
  }

  private static Progress rememberLocation(
      Resource resource, EndpointLookup lookup, Progress progress) {
    var located = resource.locatedResources(policyName(resource, lookup));
    return progress.with(progress.context().withLocated(located));
  }

  private static Progress deleteAccess(Resource resource, Ownership own, Progress progress) {
    return resource.roles().dataLakeRole().isPresent()
        ? new DeleteAccess(resource, own).run(progress)
        : progress;
  }

  private static boolean hasAccess(Resource resource, Ownership own) {
    return resource.roles().dataLakeRole().isPresent()
        && new DeleteAccess(resource, own).hasAccess();
  }

  /**
   * Returns the policy's name, which the template may have set and a model with an ARN only lacks.
   */
  private static String policyName(Resource resource, EndpointLookup lookup) {
    return Optional.ofNullable(resource.desired().getPolicyName())
        .or(() -> lookup.found().flatMap(f -> new ModelReader(resource, f).ownPolicyName()))
        .orElse(resource.names().policyName());
  }

  private static HandlerException foreign(FoundEndpoint found) {
    return new HandlerException(
        HandlerErrorCode.NotFound,
        "Nothing was deleted, because the endpoint %s does not belong to this resource: it has no ownership tags of this resource, and its service role %s is not the role of this resource. It was made by hand or for another resource, or its ownership tags were removed."
            .formatted(
                found.endpoint().endpointArn(), found.serviceRole().orElse("(none is shown)")));
  }
}
