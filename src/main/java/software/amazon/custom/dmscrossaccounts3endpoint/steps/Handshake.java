package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Set;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.ResourceAlreadyExistsException;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Steps 3 to 5 of the manual procedure: creates the endpoint, gets its external id, updates the
 * trust policy, and creates the endpoint again where DMS did not keep it.
 *
 * <p>It is not documented whether DMS keeps the endpoint of the first call, nor where it shows the
 * external id: "value returned by a call to CreateEndpoint" (API reference), while
 * terraform-provider-aws reads it from DescribeEndpoints (users report that it is there, issue
 * 8663). For that reason every invocation queries the endpoint and decides on the next action. A
 * failed endpoint is deleted; a missing one is created. The step ends when the endpoint is active
 * and has the requested settings, and its role requires the external id that certainly belongs to
 * it. An id that was only in the answer of a call belongs to the endpoint whose tags have the name
 * of that call. If that answer was lost, a new endpoint is created. For some seconds after a change
 * in IAM, DMS denies access; the step waits until it does not.
 */
public final class Handshake implements Step {

  private final Resource resource;
  private final Ownership ownership;
  private final EmulatorMode emulatorMode;
  private final EndpointTrust trust;
  private final ExternalIdLookup externalIds;
  private final HandshakeWait waits;
  private final MisplacedEndpoint misplaced;

  /** Creates the step. */
  public Handshake(Resource resource, Ownership ownership, EmulatorMode emulatorMode) {
    this.resource = resource;
    this.ownership = ownership;
    this.emulatorMode = emulatorMode;
    this.trust = new EndpointTrust(resource, ownership);
    this.externalIds = new ExternalIdLookup(resource);
    this.waits = new HandshakeWait(resource);
    this.misplaced = new MisplacedEndpoint(resource, waits);
  }

  /** Queries the endpoint and takes the next action. */
  @Override
  public Progress run(Progress progress) {
    var context = progress.context();
    if (!context.hasWaited() && context.attempt() == null) {
      // The endpoint did not exist before role and policy were created. If it does, DMS says so.
      return create(progress);
    }
    var endpoint = resource.dms().findEndpoint(resource.names().endpointArn());
    return endpoint.isEmpty() ? create(progress) : continueWith(withTags(endpoint.get()), progress);
  }

  private FoundEndpoint withTags(Endpoint endpoint) {
    return new FoundEndpoint(endpoint, resource.dms().tags(endpoint.endpointArn()));
  }

  private Progress create(Progress progress) {
    var attempt = CreateEndpoint.newAttempt();
    try {
      var request = CreateEndpoint.request(resource, attempt, progress.context().asAttributes());
      var endpoint = resource.dms().createEndpoint(request);
      return misplaced.isMisplaced(endpoint)
          ? misplaced.delete(endpoint, progress)
          : afterCreate(endpoint, attempt, progress);
    } catch (AwsCallException e) {
      if (e.is(ResourceAlreadyExistsException.class)) {
        return resolveExisting(progress, e);
      }
      if (CreateEndpoint.isAccessError(e)) {
        return afterAccessError(progress, e);
      }
      throw CreateEndpoint.failure(e, resource);
    }
  }

  private Progress afterCreate(Endpoint endpoint, String attempt, Progress progress) {
    var created = withAttempt(progress, attempt);
    return DmsAccount.externalIdOf(endpoint)
        .map(id -> withExternalId(created, id).then(p -> trust.ensure(p, id)))
        .orElse(created)
        .then(p -> waits.forAccess(p, "Endpoint created; checking its status and trust policy"));
  }

  /**
   * An answer after access errors shows that DMS can use the role now: the next waits are short.
   */
  private static Progress withAttempt(Progress progress, String attempt) {
    var context = progress.context();
    var next = context.withAttempt(attempt).withDenied(false);
    return context.wasDenied() ? progress.changed(next) : progress.with(next);
  }

  private static Progress withExternalId(Progress progress, String externalId) {
    return progress.with(progress.context().withExternalId(externalId));
  }

  /** Continues with the endpoint, which may exist in spite of the error, or waits for access. */
  private Progress afterAccessError(Progress progress, AwsCallException error) {
    var endpoint = resource.dms().findEndpoint(resource.names().endpointArn());
    if (endpoint.isPresent()) {
      return continueWith(withTags(endpoint.get()), progress);
    }
    if (CreateEndpoint.forbidsCrossAccountRole(error)) {
      throw waits.notAllowListed(error);
    }
    return trust
        .removeConditions(progress.with(progress.context().withDenied(true)))
        .then(p -> waits.afterAccessError(p, error));
  }

  /** Resolves a conflict with an existing endpoint that DMS did not show under its ARN. */
  private Progress resolveExisting(Progress progress, AwsCallException error) {
    var names = resource.names();
    var other = resource.dms().findEndpointLike(names.endpointIdentifier(), names.endpointArn());
    if (other.isPresent()) {
      var notOwned = PreExistenceCheck.waitUnlessOwned(ownership, withTags(other.get()), progress);
      if (notOwned.isPresent()) {
        return notOwned.get();
      }
      if (misplaced.isMisplaced(other.get())) {
        return misplaced.delete(other.get(), progress);
      }
    }
    return waits.forEndpoint(
        progress, "Waiting for DMS to show the endpoint (%s)".formatted(error.awsMessage()));
  }

  private Progress continueWith(FoundEndpoint found, Progress progress) {
    if (found.status().equals("deleting")) {
      return waits.forEndpoint(progress, "Waiting for DMS to delete the previous endpoint");
    }
    var notOwned = PreExistenceCheck.waitUnlessOwned(ownership, found, progress);
    if (notOwned.isPresent()) {
      return notOwned.get();
    }
    if (found.status().equals("failed")) {
      return recreate(found, progress, progress.context(), "it has failed");
    }
    var id = externalIds.of(found, progress.context());
    if (id.isEmpty()) {
      return withoutExternalId(found, progress);
    }
    if (ExternalIdLookup.mayBeOfDeletedEndpoint(id.get(), progress)) {
      return waits.forEndpoint(progress, "Waiting for DMS to show the new endpoint");
    }
    var trusted = trust.ensure(progress, id.get());
    return found.status().equals("active")
        ? trusted.then(p -> finish(found, p))
        : trusted.then(
            p ->
                waits.forEndpoint(
                    p, "Waiting for the endpoint to become active; it is " + found.status()));
  }

  private Progress withoutExternalId(FoundEndpoint found, Progress progress) {
    var context = progress.context();
    if (emulatorMode.acceptsMissingId(context.looksWithoutId())) {
      return finish(found, progress);
    }
    var isActive = found.status().equals("active");
    if (isActive && !externalIds.isFromAttempt(found, context) && !emulatorMode.emulated()) {
      return progress.confirm(
          "Waiting for DMS to show the external id of the endpoint",
          certain ->
              recreate(
                  found, certain, certain.context(), "the answer with its external id was lost"));
    }
    return waits.forEndpoint(
        progress.with(context.withOneMoreLookWithoutId()),
        "Waiting for DMS to give the endpoint an external id; it is " + found.status());
  }

  /**
   * Ends the step where the endpoint has all settings. Otherwise recreates the endpoint, and sends
   * the missing settings as extra connection attributes.
   */
  private Progress finish(FoundEndpoint found, Progress progress) {
    var context = progress.context();
    var missing = resource.missingSettings(found);
    if (missing.isEmpty()) {
      externalIds.store(found, context);
      return progress;
    }
    var names = String.join(", ", missing);
    if (progress.mayBeOld(context.endpointDeletedAt())) {
      return waits.forEndpoint(
          progress, "Waiting for DMS to show the requested S3Settings: " + names);
    }
    if (context.asAttributes().containsAll(missing)) {
      throw new HandlerException(
          HandlerErrorCode.NotStabilized,
          "DMS did not apply these S3Settings, neither as settings nor as extra connection attributes: %s. Correct or remove them."
              .formatted(names));
    }
    return recreate(
        found,
        progress,
        context.withAsAttributes(Set.copyOf(missing)),
        "DMS did not apply " + names);
  }

  /**
   * Deletes an endpoint, so that the next invocation creates another one.
   *
   * @param next context of the next attempt, once the endpoint is deleted
   * @param reason reason for the user
   */
  private Progress recreate(
      FoundEndpoint found, Progress progress, CallbackContext next, String reason) {
    if (progress.mayBeOld(progress.context().endpointDeletedAt())) {
      // The answer may show the endpoint that was deleted a moment ago.
      return waits.forEndpoint(
          progress, "Waiting for DMS to show the present state of the endpoint; " + reason);
    }
    // DMS may give the same external id to the next endpoint.
    var trusted =
        DmsAccount.externalIdOf(found.endpoint())
            .map(id -> withExternalId(progress, id).then(p -> trust.ensure(p, id)))
            .orElse(progress);
    return trusted.then(p -> deleteForRecreation(found, p, next, reason));
  }

  private Progress deleteForRecreation(
      FoundEndpoint found, Progress progress, CallbackContext next, String reason) {
    if (resource.dms().deleteEndpoint(found.endpoint().endpointArn()).isPresent()) {
      return waits.forAccess(
          progress, "Waiting until the endpoint can be deleted, because " + reason);
    }
    var context =
        progress
            .context()
            .withAsAttributes(next.asAttributes())
            .withEndpointDeletedAt(progress.now())
            .withAttempt(null);
    return waits.forAccess(
        progress.with(context), "Creating the endpoint again, because " + reason);
  }
}
