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
import software.amazon.custom.dmscrossaccounts3endpoint.steps.TrustGuard;

/**
 * Updates the resource. Tags, policy, boundary and trust policy are changed in place. {@code
 * ModifyEndpoint} does not work for endpoints that write to another account, so that any other
 * change deletes the endpoint and creates it again under the same ARN. Role and policy are updated
 * first: where that fails, the endpoint stays.
 */
final class UpdateHandler implements Handler {

  private static final String ACCESS_CHANGED =
      "The endpoint itself has not changed; its role and policy have the new settings.";

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
      var started = progress.during(BEGIN, this::begin);
      var startedFinder = new ResourceFinder(operation.withContext(started.context()));
      var resource = startedFinder.toUpdate(endpointArn, new EndpointLookup.NotQueried());
      var own = Ownership.ofResource(resource);
      var stabilize = new Stabilize(startedFinder, resource, emulatorMode);
      var trust = new TrustGuard(resource, own);
      return trust
          .guard(
              started
                  .during(UPDATE_IN_PLACE, this::updateInPlace)
                  .transition(UPDATE_IN_PLACE, STABILIZE),
              p ->
                  p.during(ENSURE_ACCESS, new EndpointRole(resource, own))
                      .during(ENSURE_ACCESS, new EndpointPolicy(resource, own))
                      .transition(ENSURE_ACCESS, DELETE_ENDPOINT)
                      .during(DELETE_ENDPOINT, new DeleteEndpoint(resource, ACCESS_CHANGED))
                      .transition(DELETE_ENDPOINT, HANDSHAKE)
                      .during(HANDSHAKE, new Handshake(resource, own, emulatorMode))
                      .transition(HANDSHAKE, TEST))
          .during(RESTORE_TRUST, trust)
          .during(TEST, new ConnectionCheck(resource))
          .transition(TEST, STABILIZE)
          .during(STABILIZE, stabilize)
          .orElse(stabilize::success);
    }

    /** Validates the update and decides which phase comes next; changes nothing in AWS. */
    private Progress begin(Progress progress) {
      var lookup = finder.find(endpointArn);
      var resource = finder.toUpdate(endpointArn, lookup);
      UpdateRules.check(resource, operation.previous(), lookup);
      ModelRules.check(resource);
      if (!(lookup instanceof FoundEndpoint found)) {
        return progress.confirm(
            "Confirming that the endpoint does not exist",
            certain -> recreateMissing(resource, certain));
      }
      var differences = ReplacementDiff.between(resource, found, operation.previous());
      if (contradictsTemplate(resource, differences)) {
        // The answer may be older than the last change, which this update may revert.
        return progress.confirm(
            "Confirming the settings that DMS shows",
            certain -> decide(resource, found, differences, certain));
      }
      return decide(resource, found, differences, progress);
    }

    /** Returns whether only one of DMS and the previous template shows a difference. */
    private boolean contradictsTemplate(Resource resource, Set<String> differences) {
      return operation
          .previous()
          .filter(before -> ReplacementDiff.between(resource, before) == differences.isEmpty())
          .isPresent();
    }

    private Progress decide(
        Resource resource, FoundEndpoint found, Set<String> differences, Progress progress) {
      if (differences.isEmpty()) {
        return rememberLocation(resource, progress).enter(UPDATE_IN_PLACE);
      }
      UpdateRules.checkRecreation(resource, differences);
      var isActive = found.status().equals("active");
      return progress
          .then(new DeleteEndpoint(resource)::requireUnused)
          // Tags are added first, so that DMS rejects a wrong one before the endpoint is deleted.
          .then(p -> isActive ? new EndpointTags(resource, found).ensureUserTags(p) : p)
          .then(
              p ->
                  keepAttributes(resource, found, rememberLocation(resource, p))
                      .enter(ENSURE_ACCESS)
                      .save(
                          "The endpoint is deleted and created again, because of "
                              + String.join(", ", differences)));
    }

    /** Continues an update that was interrupted between deletion and creation of the endpoint. */
    private Progress recreateMissing(Resource resource, Progress progress) {
      var own = Ownership.ofResource(resource);
      if (!new DeleteAccess(resource, own).hasAccess()) {
        throw HandlerException.notFound(endpointArn);
      }
      var confirmed = progress.with(progress.context().withEndpointDeletedAt(progress.now()));
      return rememberLocation(finder.asRecorded(resource), confirmed)
          .enter(ENSURE_ACCESS)
          .save("The endpoint does not exist: creating it again");
    }

    /** Keeps the attributes that the caller cannot read for the endpoint that is created again. */
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

    private Progress rememberLocation(Resource resource, Progress progress) {
      var located = resource.locatedResources(resource.names().policyName());
      return progress.with(progress.context().withLocated(located));
    }

    /** Updates tags, role, policy and trust policy of an endpoint that stays. */
    private Progress updateInPlace(Progress progress) {
      var lookup = finder.find(endpointArn);
      if (!(lookup instanceof FoundEndpoint found)) {
        return progress.confirm(
            "Waiting for DMS to show the endpoint",
            certain -> {
              throw HandlerException.notFound(endpointArn);
            });
      }
      var resource = finder.toUpdate(endpointArn, found);
      // Tags first: where DMS rejects one, nothing has changed.
      var tagged = progress.then(new EndpointTags(resource, found));
      // A role that this type did not create is not changed.
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
