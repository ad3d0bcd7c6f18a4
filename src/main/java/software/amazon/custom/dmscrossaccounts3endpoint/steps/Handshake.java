package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.databasemigration.model.AccessDeniedException;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.databasemigration.model.S3AccessDeniedException;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.ConnectionAttributes;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.TagSet;

/**
 * Steps 3 to 5 of the manual procedure: create the endpoint, learn its external id, bring the trust
 * policy to it, create again.
 *
 * <p>It is not documented whether DMS keeps the endpoint of the first call. Users of
 * terraform-provider-aws report that it is there with its external id (issue 8663); the manual
 * procedure calls twice. So every invocation looks at what is there and does the next thing: an
 * endpoint that is there gives the external id, one that has failed is deleted, one that is not
 * there is created, and only one that is active, trusted and has the wanted settings ends the step.
 * Right after a change of IAM, DMS denies access for some seconds; that is waited for.
 */
public final class Handshake {

  /**
   * IAM's changes are seen within a minute or so; a pair of accounts that is not allow-listed stays
   * denied.
   */
  static final Duration LIMIT = Duration.ofMinutes(10);

  private final Resource resource;
  private final Access access;
  private final Predicate<Map<String, String>> ours;
  private final Leniency leniency;

  /**
   * Creates the step.
   *
   * @param ours tells from the tags of an endpoint whether it may be changed
   * @param leniency what is accepted of an AWS that is not AWS
   */
  public Handshake(
      Resource resource, Access access, Predicate<Map<String, String>> ours, Leniency leniency) {
    this.resource = resource;
    this.access = access;
    this.ours = ours;
    this.leniency = leniency;
  }

  /** Looks at the endpoint and does the next thing. */
  public Progress complete(Progress progress) {
    return find().map(e -> goOn(e, progress)).orElseGet(() -> create(progress));
  }

  private Optional<Endpoint> find() {
    return resource.dms().findEndpoint(resource.names().endpointArn());
  }

  private Progress goOn(Endpoint endpoint, Progress progress) {
    if (!ours.test(resource.dms().tags(endpoint.endpointArn()))) {
      throw taken(endpoint);
    }
    return switch (DmsAccount.statusOf(endpoint)) {
      case "failed" -> startOver(endpoint, progress, progress.context(), "it has failed");
      case "deleting" -> waitForDms(progress, "Waiting for DMS to delete the last attempt");
      default ->
          DmsAccount.externalIdOf(endpoint).isPresent()
              ? withExternalId(endpoint, progress)
              : withoutExternalId(endpoint, progress);
    };
  }

  private Progress withExternalId(Endpoint endpoint, Progress progress) {
    var status = DmsAccount.statusOf(endpoint);
    return status.equals("active")
        ? finish(endpoint, progress)
        : waitForDms(progress, "Waiting for the endpoint, which is " + status);
  }

  private Progress withoutExternalId(Endpoint endpoint, Progress progress) {
    return leniency.accepts(progress.context().looks())
        ? finish(endpoint, progress)
        : waitForDms(
            progress.with(progress.context().looked()),
            "Waiting for DMS to give the endpoint an external id; it is "
                + DmsAccount.statusOf(endpoint));
  }

  private Progress finish(Endpoint endpoint, Progress progress) {
    return access.trust(DmsAccount.externalIdOf(endpoint))
        ? settle(endpoint, progress)
        : waitForDms(progress, "Waiting for IAM to show the role");
  }

  /**
   * What DMS dropped of the settings goes in as extra connection attributes, with a new endpoint.
   */
  private Progress settle(Endpoint endpoint, Progress progress) {
    var missing =
        S3SettingsTranslator.held(endpoint.s3Settings(), endpoint.extraConnectionAttributes())
            .missing(resource.desired().getS3Settings());
    if (missing.isEmpty()) {
      return progress;
    }
    if (progress.context().attributes().containsAll(missing)) {
      throw new OperationFailed(
          HandlerErrorCode.NotStabilized,
          "DMS does not take over these S3Settings, neither as settings nor as extra connection attributes: %s."
              .formatted(String.join(", ", missing)));
    }
    return startOver(
        endpoint,
        progress,
        progress.context().withAttributes(missing),
        "DMS did not take over " + String.join(", ", missing));
  }

  /**
   * Deletes an attempt, so that the next look creates another.
   *
   * @param next the context of the next attempt, once this one is deleted
   */
  private Progress startOver(
      Endpoint endpoint, Progress progress, CallbackContext next, String why) {
    trustIdOf(endpoint);
    return deleted(endpoint)
        ? waitFor(progress.with(next), "Creating the endpoint again, because " + why, null)
        : waitFor(progress, "Waiting until the endpoint can be deleted, because " + why, null);
  }

  private Progress create(Progress progress) {
    try {
      var endpoint = resource.dms().createEndpoint(request(progress.context().attributes()));
      if (isElsewhere(endpoint)) {
        return undo(endpoint, progress);
      }
      trustIdOf(endpoint);
      return waitFor(
          progress,
          "Endpoint created; its external id is in the trust policy; looking at both",
          null);
    } catch (AwsCallFailed e) {
      if (e.is(ResourceAlreadyExistsException.class)) {
        return existing(progress, e.awsMessage());
      }
      if (e.is(AccessDeniedException.class) || e.is(S3AccessDeniedException.class)) {
        // Denied, and yet the endpoint may be there: the next look tells.
        return waitFor(
            progress, "Waiting for DMS to see the role (%s)".formatted(e.awsMessage()), e);
      }
      throw e;
    }
  }

  /** What to do about an endpoint that was not found by its ARN and yet is there. */
  private Progress existing(Progress progress, String why) {
    var other = resource.dms().findEndpointByIdentifier(resource.names().endpointIdentifier());
    if (other.filter(e -> !ours.test(resource.dms().tags(e.endpointArn()))).isPresent()) {
      throw taken(other.get());
    }
    return other.filter(this::isElsewhere).isPresent()
        ? undo(other.get(), progress)
        : waitForDms(progress, "Waiting for DMS to show the endpoint (%s)".formatted(why));
  }

  private boolean isElsewhere(Endpoint endpoint) {
    return !resource.names().endpointArn().equals(endpoint.endpointArn());
  }

  /** The ARN is known before the first call; an endpoint under another one would be nobody's. */
  private Progress undo(Endpoint elsewhere, Progress progress) {
    if (!deleted(elsewhere)) {
      return waitForDms(
          progress,
          "Waiting until %s, which nobody asked for, can be deleted"
              .formatted(elsewhere.endpointArn()));
    }
    throw new OperationFailed(
        HandlerErrorCode.GeneralServiceException,
        "DMS made endpoint %s where %s was asked for, and it was deleted again."
            .formatted(elsewhere.endpointArn(), resource.names().endpointArn()));
  }

  /** Begins to delete an endpoint; false where it is busy. */
  private boolean deleted(Endpoint endpoint) {
    return resource.dms().deleteEndpoint(endpoint.endpointArn()).isEmpty();
  }

  /** Whatever becomes of an attempt, the next one may be given the same id. */
  private void trustIdOf(Endpoint attempt) {
    DmsAccount.externalIdOf(attempt).ifPresent(id -> access.trust(Optional.of(id)));
  }

  private CreateEndpointRequest request(Set<String> attributes) {
    var names = resource.names();
    var settings = resource.settings();
    var tags = new TreeMap<>(resource.tags());
    tags.putAll(resource.endpointMarks());
    return CreateEndpointRequest.builder()
        .endpointIdentifier(names.endpointIdentifier())
        .resourceIdentifier(names.resourceIdentifier())
        .endpointType(ReplicationEndpointTypeValue.TARGET)
        .engineName("s3")
        .s3Settings(S3SettingsTranslator.toDms(settings, names.roleArn()))
        .extraConnectionAttributes(
            ConnectionAttributes.parse(resource.desired().getExtraConnectionAttributes())
                .and(S3SettingsTranslator.asAttributes(settings, attributes))
                .asText())
        .tags(TagSet.toDms(tags))
        .build();
  }

  private static OperationFailed taken(Endpoint endpoint) {
    return OperationFailed.taken(
        "The endpoint %s (%s) is there and was not made by this request. Choose another EndpointIdentifier or ResourceIdentifier."
            .formatted(endpoint.endpointIdentifier(), endpoint.endpointArn()));
  }

  /** Waits for what does not depend on permissions. */
  private Progress waitForDms(Progress progress, String text) {
    return progress.waitFor(
        text,
        LIMIT,
        () ->
            new OperationFailed(
                HandlerErrorCode.NotStabilized,
                "The endpoint %s was not ready within %d minutes. Last: %s."
                    .formatted(resource.names().endpointArn(), LIMIT.toMinutes(), text)));
  }

  private Progress waitFor(Progress progress, String text, AwsCallFailed last) {
    var names = resource.names();
    return progress.waitFor(
        text,
        LIMIT,
        () ->
            new OperationFailed(
                HandlerErrorCode.AccessDenied,
                "DMS in account %s could not use role %s in account %s within %d minutes%s. AWS must have allow-listed account %s for cross-account access to account %s: ask AWS Support for it, naming both accounts and DMS with S3 targets."
                    .formatted(
                        names.dmsAccount(),
                        names.roleArn(),
                        names.dataLakeAccount(),
                        LIMIT.toMinutes(),
                        last == null ? "" : " (" + last.awsMessage() + ")",
                        names.dmsAccount(),
                        names.dataLakeAccount())));
  }
}
