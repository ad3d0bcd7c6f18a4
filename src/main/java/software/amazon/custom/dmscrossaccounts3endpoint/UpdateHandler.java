package software.amazon.custom.dmscrossaccounts3endpoint;

import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.GRANT;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.HANDSHAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.REMOVE;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.TEST;

import java.util.Optional;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder.Found;
import software.amazon.custom.dmscrossaccounts3endpoint.rules.ModelRules;
import software.amazon.custom.dmscrossaccounts3endpoint.rules.UpdateRules;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Access;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.ConnectionTest;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Difference;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.EndpointTags;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Handshake;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Leniency;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Removal;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Revocation;

/**
 * Updates the resource. Tags, policy, boundary and trust are changed in place. {@code
 * ModifyEndpoint} does not work for endpoints that write to another account, so that any other
 * change deletes the endpoint and creates it again, under the same ARN.
 */
final class UpdateHandler implements Handler {

  private final Leniency leniency;

  UpdateHandler(Leniency leniency) {
    this.leniency = leniency;
  }

  @Override
  public ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation) {
    var finder = new ResourceFinder(operation);
    var endpointArn = finder.endpointArn();
    var progress = operation.progress(operation.desired().withEndpointArn(endpointArn));
    if (progress.isFirst()) {
      return begin(operation, finder, endpointArn, progress);
    }
    var resource = finder.toUpdate(endpointArn, null);
    return recreate(resource, progress).orElse(() -> ReadHandler.success(operation, endpointArn));
  }

  private ProgressEvent<ResourceModel, CallbackContext> begin(
      Operation operation, ResourceFinder finder, String endpointArn, Progress progress) {
    var found = finder.find(endpointArn);
    var resource = finder.toUpdate(endpointArn, found.orElse(null));
    if (found.isEmpty() && !new Revocation(resource, resource::isMarked).isNeeded()) {
      throw OperationFailed.notFound(endpointArn);
    }
    UpdateRules.check(resource, operation.previous(), found);
    ModelRules.check(resource);
    if (found.isEmpty()) {
      // An update was cut off between the delete and the create.
      var identifier = new Access(resource, resource::isMarked).recordedIdentifier();
      return pauseFor(
          GRANT, resource, identifier, progress, "The endpoint is missing: creating it again");
    }
    var differences = Difference.between(resource, found.get(), operation.previous());
    if (!differences.isEmpty()) {
      UpdateRules.checkRecreation(resource, differences);
      new Access(resource, resource::isMarked).checkNames();
      return pauseFor(
          REMOVE,
          resource,
          Optional.of(found.get().endpoint().endpointIdentifier()),
          progress,
          "The endpoint is deleted and created again, because of "
              + String.join(", ", differences));
    }
    return inPlace(resource, found.get(), progress)
        .orElse(() -> ReadHandler.success(operation, endpointArn));
  }

  private static ProgressEvent<ResourceModel, CallbackContext> pauseFor(
      CallbackContext.Phase phase,
      Resource resource,
      Optional<String> identifier,
      Progress progress,
      String why) {
    var names = resource.names();
    var facts =
        new CallbackContext.Facts(
            resource.roles().dataLakeRoleArn(),
            identifier.orElse(names.endpointIdentifier()),
            names.roleName(),
            names.policyName());
    var next = progress.enter(phase);
    return next.with(next.context().knowing(facts)).pause(why).inProgress();
  }

  private static Progress inPlace(Resource resource, Found found, Progress progress) {
    var tags = new EndpointTags(resource, found.tags());
    // A role that this type did not make is left as it is.
    var ownRole = found.serviceRole().filter(resource.names().roleArn()::equals).isPresent();
    if (!ownRole) {
      return progress.then(tags::bring);
    }
    var access = new Access(resource, resource::isMarked);
    return progress
        .then(access::role)
        .then(access::policy)
        .then(p -> trust(access, DmsAccount.externalIdOf(found.endpoint()), p))
        .then(tags::bring);
  }

  private static Progress trust(Access access, Optional<String> externalId, Progress progress) {
    access.trust(externalId);
    return progress;
  }

  private Progress recreate(Resource resource, Progress progress) {
    var access = new Access(resource, resource::isMarked);
    var handshake = new Handshake(resource, access, resource::isMarked, leniency);
    return progress
        .during(REMOVE, p -> new Removal(resource).gone(p))
        .onwards(REMOVE, GRANT)
        .during(GRANT, access::role)
        .during(GRANT, access::policy)
        .onwards(GRANT, HANDSHAKE)
        .during(HANDSHAKE, handshake::complete)
        .onwards(HANDSHAKE, TEST)
        .during(TEST, new ConnectionTest(resource)::pass);
  }
}
