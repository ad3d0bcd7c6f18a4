package software.amazon.custom.dmscrossaccounts3endpoint;

import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.BEGIN;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.DELETE_ENDPOINT;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.ENSURE_ACCESS;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.HANDSHAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.RESTORE_TRUST;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.STABILIZE;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.TEST;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.UPDATE_IN_PLACE;

import java.util.Objects;
import java.util.Set;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.EndpointLookup;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;
import software.amazon.custom.dmscrossaccounts3endpoint.rules.ModelRules;
import software.amazon.custom.dmscrossaccounts3endpoint.rules.UpdateRules;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.ConnectionCheck;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.DeleteAccess;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.DeleteEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.EmulatorMode;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.EndpointPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.EndpointRole;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.EndpointTags;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.EndpointTrust;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Handshake;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.ReplacementDiff;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Stabilize;

/**
 * Updates the resource. Tags, policy, boundary and trust are changed in place. {@code
 * ModifyEndpoint} does not work for endpoints that write to another account, so that any other
 * change deletes the endpoint and creates it again, under the same ARN. Role and policy come first:
 * where they can't be made, the endpoint stays.
 */
final class UpdateHandler implements Handler {

  private static final String ROLE_CHANGED =
      "The endpoint itself has not changed; its role and policy have the new settings already.";

  private final EmulatorMode emulatorMode;

  UpdateHandler(EmulatorMode emulatorMode) {
    this.emulatorMode = emulatorMode;
  }

  @Override
  public ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation) {
    var finder = new ResourceFinder(operation);
    var endpointArn = finder.endpointArn();
    return new Update(operation, finder, endpointArn)
        .run(operation.progress(Models.copy(operation.desired()).withEndpointArn(endpointArn)));
  }

  private final class Update {

    private final Operation operation;
    private final ResourceFinder finder;
    private final String endpointArn;

    private Update(Operation operation, ResourceFinder finder, String endpointArn) {
      this.operation = operation;
      this.finder = finder;
      this.endpointArn = endpointArn;
    }

    private ProgressEvent<ResourceModel, CallbackContext> run(Progress progress) {
      var begun = progress.during(BEGIN, this::begin);
      var known = new ResourceFinder(operation.withContext(begun.context()));
      var resource = known.toUpdate(endpointArn, new EndpointLookup.NotQueried());
      var own = Ownership.ofResource(resource);
      var stabilize = new Stabilize(known, resource, emulatorMode);
      var trust = new EndpointTrust(resource, own);
      return trust
          .guarded(
              begun.during(UPDATE_IN_PLACE, this::adapt).transition(UPDATE_IN_PLACE, STABILIZE),
              p ->
                  p.during(ENSURE_ACCESS, new EndpointRole(resource, own))
                      .during(ENSURE_ACCESS, new EndpointPolicy(resource, own))
                      .transition(ENSURE_ACCESS, DELETE_ENDPOINT)
                      .during(DELETE_ENDPOINT, new DeleteEndpoint(resource, ROLE_CHANGED))
                      .transition(DELETE_ENDPOINT, HANDSHAKE)
                      .during(HANDSHAKE, new Handshake(resource, own, emulatorMode))
                      .transition(HANDSHAKE, TEST))
          .during(RESTORE_TRUST, trust::restoreAndFail)
          .during(TEST, new ConnectionCheck(resource))
          .transition(TEST, STABILIZE)
          .during(STABILIZE, stabilize)
          .orElse(stabilize::success);
    }

    /** Finds out what is to be done, and whether it can be; changes nothing. */
    private Progress begin(Progress progress) {
      var seen = finder.find(endpointArn);
      var resource = finder.toUpdate(endpointArn, seen);
      UpdateRules.check(resource, operation.previous(), seen);
      ModelRules.check(resource);
      if (!(seen instanceof FoundEndpoint found)) {
        return progress.confirm(
            "Waiting to be sure that the endpoint is missing",
            certain -> recreateMissing(resource, certain));
      }
      var differences = ReplacementDiff.between(resource, found, operation.previous());
      if (contradictsTemplate(resource, differences)) {
        // The answer may be older than the change that this update takes back, or than the last.
        return progress.confirm(
            "Waiting to be sure what DMS holds", certain -> decide(resource, found, certain));
      }
      return decide(resource, found, progress);
    }

    /** Whether DMS shows a difference that the template does not make, or the other way round. */
    private boolean contradictsTemplate(Resource resource, Set<String> differences) {
      return operation
          .previous()
          .filter(before -> ReplacementDiff.between(resource, before) == differences.isEmpty())
          .isPresent();
    }

    private Progress decide(Resource resource, FoundEndpoint found, Progress progress) {
      var differences = ReplacementDiff.between(resource, found, operation.previous());
      if (differences.isEmpty()) {
        return know(resource, progress).enter(UPDATE_IN_PLACE);
      }
      UpdateRules.checkRecreation(resource, differences);
      var isActive = found.status().equals("active");
      return progress
          .then(new DeleteEndpoint(resource)::requireUnused)
          // A tag that DMS refuses is refused before the endpoint is deleted.
          .then(p -> isActive ? new EndpointTags(resource, found).ensureUserTags(p) : p)
          .then(
              p ->
                  keepAttributes(resource, found, know(resource, p))
                      .enter(ENSURE_ACCESS)
                      .save(
                          "The endpoint is deleted and created again, because of "
                              + String.join(", ", differences)));
    }

    /** An update was cut off between the delete and the create. */
    private Progress recreateMissing(Resource resource, Progress progress) {
      var own = Ownership.ofResource(resource);
      if (!new DeleteAccess(resource, own).isLeft()) {
        throw HandlerException.notFound(endpointArn);
      }
      var gone = progress.with(progress.context().withEndpointDeletedAt(progress.now()));
      return know(finder.asRecorded(resource), gone)
          .enter(ENSURE_ACCESS)
          .save("The endpoint is missing: creating it again");
    }

    /** Keeps the attributes that the caller cannot see for the endpoint that is created again. */
    private Progress keepAttributes(Resource resource, FoundEndpoint found, Progress progress) {
      return resource.keepsAttributes()
          ? progress.with(
              progress
                  .context()
                  .withLocated(
                      Objects.requireNonNull(progress.context().located())
                          .withKeptAttributes(found.actual().otherAttributes().asText())))
          : progress;
    }

    private Progress know(Resource resource, Progress progress) {
      var located = resource.locatedResources(resource.names().policyName());
      return progress.with(progress.context().withLocated(located));
    }

    /** Brings what can be changed in place to what is wanted. */
    private Progress adapt(Progress progress) {
      var seen = finder.find(endpointArn);
      if (!(seen instanceof FoundEndpoint found)) {
        return progress.confirm(
            "Waiting for DMS to show the endpoint",
            certain -> {
              throw HandlerException.notFound(endpointArn);
            });
      }
      var resource = finder.toUpdate(endpointArn, found);
      // Tags first: nothing has changed where DMS refuses one.
      var tagged = progress.then(new EndpointTags(resource, found));
      // A role that this type did not make is left as it is.
      if (found.serviceRole().filter(resource.names().roleArn()::equals).isEmpty()) {
        return tagged;
      }
      var own = Ownership.ofResource(resource);
      return tagged
          .then(new EndpointRole(resource, own))
          .then(new EndpointPolicy(resource, own))
          .then(p -> new EndpointTrust(resource, own).ensureRecorded(p, found, emulatorMode));
    }
  }
}
