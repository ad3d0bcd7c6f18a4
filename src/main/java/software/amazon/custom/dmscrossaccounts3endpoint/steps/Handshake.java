package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.AccessDeniedException;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.KmsKeyNotAccessibleException;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.databasemigration.model.S3AccessDeniedException;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Wait;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;

/**
 * Steps 3 to 5 of the manual procedure: create the endpoint, learn its external id, bring the trust
 * policy to it, create again.
 *
 * <p>It is not documented whether DMS keeps the endpoint of the first call, nor where it shows the
 * external id: "value returned by a call to CreateEndpoint" (API reference), while
 * terraform-provider-aws reads it from DescribeEndpoints (users report that it is there, issue
 * 8663). So every invocation looks at what is there and does the next thing: an endpoint that has
 * failed is deleted, one that is not there is created, and only one that is active, trusted by the
 * id that is known to be its own, and has the wanted settings ends the step. An id that only the
 * answer of a call told is the endpoint's own where the endpoint carries the name of that very
 * call; where the answer was lost, only a new endpoint tells. Right after a change of IAM, DMS
 * denies access for some seconds; that is waited for.
 */
public final class Handshake implements Step {

  private static final int ATTEMPT_LENGTH = 8;

  private final Resource resource;
  private final Ownership ownership;
  private final EndpointTrust trust;
  private final EmulatorMode emulatorMode;

  /**
   * Creates the step.
   *
   * @param emulatorMode what is accepted of an AWS that is not AWS
   */
  public Handshake(Resource resource, Ownership ownership, EmulatorMode emulatorMode) {
    this.resource = resource;
    this.ownership = ownership;
    this.trust = new EndpointTrust(resource, ownership);
    this.emulatorMode = emulatorMode;
  }

  /** Looks at the endpoint and does the next thing. */
  @Override
  public Progress run(Progress progress) {
    var context = progress.context();
    if (!context.hasWaited() && context.attempt() == null) {
      // It was not there before role and policy were made; where it is, DMS says so.
      return create(progress);
    }
    var there = resource.dms().findEndpoint(resource.names().endpointArn());
    return there.isEmpty() ? create(progress) : goOn(withTags(there.get()), progress);
  }

  private FoundEndpoint withTags(Endpoint endpoint) {
    return new FoundEndpoint(endpoint, resource.dms().tags(endpoint.endpointArn()));
  }

  private Progress goOn(FoundEndpoint found, Progress progress) {
    if (found.status().equals("deleting")) {
      return waitForDms(progress, "Waiting for DMS to delete the last attempt");
    }
    var refused = PreExistenceCheck.refused(ownership, found, progress);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (found.status().equals("failed")) {
      return startOver(found, progress, progress.context(), "it has failed");
    }
    var id = idOf(found, progress.context());
    if (id.isEmpty()) {
      return withoutId(found, progress);
    }
    if (mayBeTheDeleted(id.get(), progress)) {
      return waitForDms(progress, "Waiting for DMS to show the endpoint that was just made");
    }
    var trusted = trust.ensure(progress, id.get());
    return found.status().equals("active")
        ? trusted.then(p -> settle(found, p))
        : trusted.then(p -> waitForDms(p, "Waiting for the endpoint, which is " + found.status()));
  }

  /**
   * The external id of an endpoint, where it is known to be its own. Tags that are not those of the
   * last answered call may be those of an endpoint that this operation has deleted.
   */
  private Optional<String> idOf(FoundEndpoint found, CallbackContext context) {
    var isOfAttempt = resource.isOfAttempt(found.tags(), context.attempt());
    var isFirst = context.endpointDeletedAt() == null && context.attempt() == null;
    return DmsAccount.externalIdOf(found.endpoint())
        .or(() -> isOfAttempt || isFirst ? found.externalId() : Optional.empty())
        .or(() -> isOfAttempt ? context.lastExternalId() : Optional.empty());
  }

  /**
   * Whether the answer may be older than the deletion of an attempt: only an id that was told for
   * the present attempt is certainly not the deleted one's.
   */
  private static boolean mayBeTheDeleted(String id, Progress progress) {
    var context = progress.context();
    var isTold =
        context.attempt() != null && context.lastExternalId().filter(id::equals).isPresent();
    return progress.mayBeOld(context.endpointDeletedAt()) && !isTold;
  }

  private Progress withoutId(FoundEndpoint found, Progress progress) {
    if (emulatorMode.accepts(progress.context().looksWithoutId())) {
      return settle(found, progress);
    }
    var context = progress.context();
    var isActive = found.status().equals("active");
    if (isActive
        && !resource.isOfAttempt(found.tags(), context.attempt())
        && !emulatorMode.emulated()) {
      return progress.confirm(
          "Waiting for DMS to show the endpoint's external id, which no answer has told",
          certain ->
              startOver(
                  found, certain, certain.context(), "the answer with its external id was lost"));
    }
    return waitForDms(
        progress.with(context.withOneMoreLookWithoutId()),
        "Waiting for DMS to give the endpoint an external id; it is " + found.status());
  }

  /**
   * What DMS dropped of the settings goes in as extra connection attributes, with a new endpoint.
   */
  private Progress settle(FoundEndpoint found, Progress progress) {
    var context = progress.context();
    var lost = resource.missingSettings(found);
    if (!lost.isEmpty()) {
      var names = String.join(", ", lost);
      if (progress.mayBeOld(context.endpointDeletedAt())) {
        return waitForDms(progress, "Waiting for DMS to show S3Settings as asked for: " + names);
      }
      if (context.asAttributes().containsAll(lost)) {
        throw new HandlerException(
            HandlerErrorCode.NotStabilized,
            "DMS does not take over these S3Settings, neither as settings nor as extra connection attributes: %s."
                .formatted(names));
      }
      return startOver(
          found,
          progress,
          context.withAsAttributes(Set.copyOf(lost)),
          "DMS did not take over " + names);
    }
    return record(found, progress);
  }

  /** Records the external id as a tag where DMS does not show it. */
  private Progress record(FoundEndpoint found, Progress progress) {
    if (DmsAccount.externalIdOf(found.endpoint()).isEmpty()) {
      idOf(found, progress.context())
          .map(OwnershipTags::encode)
          .filter(id -> !id.equals(found.tags().get(OwnershipTags.EXTERNAL_ID)))
          .map(id -> TagSet.toDms(Map.of(OwnershipTags.EXTERNAL_ID, id)))
          .ifPresent(tags -> resource.dms().addTags(found.endpoint().endpointArn(), tags));
    }
    return progress;
  }

  /**
   * Deletes an attempt, so that the next look creates another.
   *
   * @param next the context of the next attempt, once this one is deleted
   */
  private Progress startOver(
      FoundEndpoint attempt, Progress progress, CallbackContext next, String why) {
    if (progress.mayBeOld(progress.context().endpointDeletedAt())) {
      // It may be the one that was deleted a moment ago.
      return waitForDms(progress, "Waiting for DMS to show the endpoint as it is; " + why);
    }
    // Whatever becomes of an attempt, the next one may be given the same id.
    var trusted =
        DmsAccount.externalIdOf(attempt.endpoint())
            .map(id -> told(progress, id).then(p -> trust.ensure(p, id)))
            .orElse(progress);
    return trusted.then(
        p ->
            deleted(attempt.endpoint())
                ? waitForAccess(
                    p.with(
                        p.context()
                            .withAsAttributes(next.asAttributes())
                            .withEndpointDeletedAt(p.now())
                            .withAttempt(null)),
                    "Creating the endpoint again, because " + why,
                    null)
                : waitForAccess(
                    p, "Waiting until the endpoint can be deleted, because " + why, null));
  }

  private static Progress told(Progress progress, String externalId) {
    return progress.with(progress.context().withExternalId(externalId));
  }

  private Progress create(Progress progress) {
    var attempt = UUID.randomUUID().toString().substring(0, ATTEMPT_LENGTH);
    try {
      var endpoint =
          resource.dms().createEndpoint(request(attempt, progress.context().asAttributes()));
      if (isElsewhere(endpoint)) {
        throw misplaced(endpoint);
      }
      var answered = answered(progress, attempt);
      return DmsAccount.externalIdOf(endpoint)
          .map(id -> told(answered, id).then(p -> trust.ensure(p, id)))
          .orElse(answered)
          .then(
              p -> waitForAccess(p, "Endpoint created; looking at it and its trust policy", null));
    } catch (AwsCallException e) {
      if (e.is(ResourceAlreadyExistsException.class)) {
        return existing(progress, e);
      }
      if (isLate(e)) {
        return denied(progress, e);
      }
      throw RefusedInput.explained(e, resource).<RuntimeException>map(x -> x).orElse(e);
    }
  }

  /** Denied, and yet the endpoint may be there: it is gone on with, or else waited for. */
  private Progress denied(Progress progress, AwsCallException denial) {
    var there = resource.dms().findEndpoint(resource.names().endpointArn());
    if (there.isPresent()) {
      return goOn(withTags(there.get()), progress);
    }
    if (forbidsCrossAccount(denial)) {
      throw notAllowListed("", denial);
    }
    return trust
        .removeConditions(progress.with(progress.context().withDenied(true)))
        .then(
            p ->
                waitForAccess(
                    p,
                    p.context().hasTrustWithoutConditions()
                        ? "Waiting for DMS to see the role, which trusts it without source conditions until the external id is known (%s)"
                            .formatted(denial.awsMessage())
                        : "Waiting for DMS to see the role (%s)".formatted(denial.awsMessage()),
                    denial));
  }

  /**
   * Returns whether a denial says that these accounts may not pass a role to each other, which does
   * not pass with time. No error code tells: other services answer so in their message
   * ("Cross-account pass role is not allowed"). A denial with any other text is waited for.
   */
  private static boolean forbidsCrossAccount(AwsCallException denial) {
    return denial.awsMessage().toLowerCase(Locale.ROOT).contains("cross-account pass role");
  }

  /** An answer after denials tells that DMS has learned of the role: what is next is near. */
  private static Progress answered(Progress progress, String attempt) {
    var context = progress.context();
    var next = context.withAttempt(attempt).withDenied(false);
    return context.wasDenied() ? progress.changed(next) : progress.with(next);
  }

  /** Whether DMS may say so because it does not see yet what the role may do. */
  private static boolean isLate(AwsCallException e) {
    return e.is(AccessDeniedException.class)
        || e.is(S3AccessDeniedException.class)
        || e.is(KmsKeyNotAccessibleException.class);
  }

  /** What to do about an endpoint that was not found by its ARN and yet is there. */
  private Progress existing(Progress progress, AwsCallException refusal) {
    var names = resource.names();
    var other = resource.dms().findEndpointLike(names.endpointIdentifier(), names.endpointArn());
    if (other.isPresent()) {
      var refused = PreExistenceCheck.refused(ownership, withTags(other.get()), progress);
      if (refused.isPresent()) {
        return refused.get();
      }
      if (isElsewhere(other.get())) {
        throw misplaced(other.get());
      }
    }
    return waitForDms(
        progress, "Waiting for DMS to show the endpoint (%s)".formatted(refusal.awsMessage()));
  }

  private boolean isElsewhere(Endpoint endpoint) {
    return !resource.names().endpointArn().equals(endpoint.endpointArn());
  }

  /**
   * Returns the failure where DMS made the endpoint under another ARN than the one that was asked
   * for. The endpoint is left: a session that may delete it could delete any other endpoint too.
   */
  private HandlerException misplaced(Endpoint elsewhere) {
    var names = resource.names();
    return new HandlerException(
        HandlerErrorCode.GeneralServiceException,
        "DMS made endpoint %2$s where %1$s was asked for. If DMS has kept it, it is left; delete it with: aws dms delete-endpoint --region %3$s --endpoint-arn %2$s"
            .formatted(names.endpointArn(), elsewhere.endpointArn(), names.region()));
  }

  /** Begins to delete an endpoint; false where it is busy. */
  private boolean deleted(Endpoint endpoint) {
    return resource.dms().deleteEndpoint(endpoint.endpointArn()).isEmpty();
  }

  private CreateEndpointRequest request(String attempt, Set<String> asAttributes) {
    var names = resource.names();
    var settings = resource.settings();
    var tags = new TreeMap<>(resource.tags());
    tags.putAll(resource.creationMarks(attempt));
    return CreateEndpointRequest.builder()
        .endpointIdentifier(names.endpointIdentifier())
        .resourceIdentifier(names.resourceIdentifier())
        .endpointType(ReplicationEndpointTypeValue.TARGET)
        .engineName("s3")
        .s3Settings(S3SettingsTranslator.toDms(settings, names.roleArn()))
        .extraConnectionAttributes(
            resource
                .attributes()
                .and(
                    S3SettingsTranslator.asAttributes(
                        settings, withAlwaysAsAttributes(asAttributes)))
                .asText())
        .tags(TagSet.toDms(tags))
        .build();
  }

  /**
   * Adds CdcPath to the settings that are sent as extra connection attributes as well. DMS echoes
   * it as a setting, and yet a task fails with "Parameter cdcPath is required" until it is also
   * sent as an attribute (reported by users; terraform-provider-aws sends both).
   */
  private static Set<String> withAlwaysAsAttributes(Set<String> names) {
    var all = new TreeSet<>(names);
    all.add("CdcPath");
    return all;
  }

  /** Waits for what does not depend on permissions. */
  private Progress waitForDms(Progress progress, String text) {
    return progress.waitFor(
        Wait.of(
            text,
            resource.options().handshake(),
            "The endpoint %s was not ready".formatted(resource.names().endpointArn())));
  }

  private Progress waitForAccess(Progress progress, String text, @Nullable AwsCallException last) {
    var limit = resource.options().handshake();
    return progress.waitFor(
        new Wait(text, limit, () -> notAllowListed(" within " + Wait.inWords(limit), last)));
  }

  private HandlerException notAllowListed(String time, @Nullable AwsCallException last) {
    var names = resource.names();
    return new HandlerException(
        HandlerErrorCode.AccessDenied,
        "DMS in account %s could not use role %s in account %s%s%s. AWS must have allow-listed account %s for cross-account access to account %s: ask AWS Support for it, naming both accounts and DMS with S3 targets.%s%s"
            .formatted(
                names.dmsAccount(),
                names.roleArn(),
                names.dataLakeAccount(),
                time,
                last == null ? "" : " (" + last.awsMessage() + ")",
                names.dmsAccount(),
                names.dataLakeAccount(),
                hints(),
                last == null ? "" : " (" + last.reference() + ")"));
  }

  /** What the type configuration demands and DMS may not be able to do. */
  private String hints() {
    var options = resource.options();
    return (options.keepsSourceConditions()
            ? " The type configuration asks for SourceConditions, which DMS may not send."
            : "")
        + (options.allowsFallback()
            ? ""
            : " The type configuration forbids TrustFallback, which DMS may need.");
  }
}
