package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.TrustPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Updates the trust policy of the endpoint's role: step 4 of the manual procedure. The condition on
 * an external id is only ever changed to the external id of the endpoint, and never removed.
 */
public final class EndpointTrust {

  /** Changes in IAM mostly propagate within seconds; a later denial has another cause. */
  private static final Duration FALLBACK_DELAY = Duration.ofSeconds(60);

  private final Resource resource;
  private final Ownership ownership;

  /** Creates the updater of the trust policy of a resource. */
  public EndpointTrust(Resource resource, Ownership ownership) {
    this.resource = resource;
    this.ownership = ownership;
  }

  /**
   * Ensures that the trust policy requires exactly this external id. Waits where IAM does not show
   * the role.
   */
  Progress ensure(Progress progress, String externalId) {
    if (externalId.equals(progress.context().trustedId())) {
      // This operation has written it; the answer of IAM may be older.
      return progress;
    }
    if (progress.hasNewAccess()) {
      // This operation created the role a moment ago; IAM may not show it yet.
      return update(progress, externalId);
    }
    var names = resource.names();
    var role = resource.dataLake().findRole(names.roleName());
    if (role.isEmpty()) {
      return progress.waitFor(Propagation.of("role " + names.roleName()));
    }
    var notOwned =
        Ownership.waitUnlessOwned(
            ownership.of(role.get()),
            progress,
            "role " + role.get().arn(),
            "It was replaced while this operation ran: try again.");
    if (notOwned.isPresent()) {
      return notOwned.get();
    }
    return resource.trust().isFinished(DataLakeAccount.trustOf(role.get()), externalId)
        ? progress.with(progress.context().withTrustedId(externalId))
        : update(progress, externalId);
  }

  private Progress update(Progress progress, String externalId) {
    resource
        .dataLake()
        .updateTrust(resource.names().roleName(), resource.trust().finished(externalId));
    return progress.changed(progress.context().withTrustedId(externalId));
  }

  /**
   * Ensures that the trust policy of an endpoint that is not recreated requires its external id.
   * The id is the one that DMS shows, or else that in the tags, or else that in the trust policy.
   *
   * @throws HandlerException {@code NotStabilized} where the id is in none of them; a trust policy
   *     without any condition then has its source conditions again, another one is not changed
   */
  public Progress ensureRecorded(
      Progress progress, FoundEndpoint found, EmulatorMode emulatorMode) {
    var known = found.externalId();
    if (known.isPresent()) {
      return ensure(progress, known.get());
    }
    var role = resource.dataLake().findRole(resource.names().roleName());
    if (role.isEmpty()) {
      return progress.waitFor(Propagation.of("role " + resource.names().roleName()));
    }
    var recorded = TrustPolicy.externalIdIn(DataLakeAccount.trustOf(role.get()));
    if (recorded.isPresent()) {
      return ensure(progress, recorded.get());
    }
    return emulatorMode.emulated()
        ? progress
        : progress.confirm(
            "Confirming that the trust policy has no external id",
            certain -> {
              var isOpen = resource.trust().isWidened(DataLakeAccount.trustOf(role.get()));
              if (isOpen) {
                addSourceConditions(role.get());
              }
              throw missingId(role.get(), isOpen);
            });
  }

  private HandlerException missingId(Role role, boolean restored) {
    return new HandlerException(
        HandlerErrorCode.NotStabilized,
        "The trust policy of role %s requires no external id, and DMS does not show the id of endpoint %s. %s To get a new id, change one of the S3Settings, or delete the endpoint by hand and update again."
            .formatted(
                role.arn(),
                resource.names().endpointArn(),
                restored
                    ? "It trusted DMS on behalf of any account; now it trusts DMS on behalf of account %s only."
                        .formatted(resource.names().dmsAccount())
                    : "It was not changed."));
  }

  /**
   * Removes the source conditions where DMS cannot use a new role for longer than propagation
   * takes: DMS may not send {@code aws:SourceAccount} and {@code aws:SourceArn} when it checks the
   * role. The role then trusts DMS without them until the external id is known, as in the manual
   * procedure. Does nothing where the trust policy requires an external id, or where the type
   * configuration forbids it.
   */
  Progress removeConditions(Progress progress) {
    if (progress.age() < FALLBACK_DELAY.toSeconds()
        || progress.context().hasTrustWithoutConditions()
        || progress.context().lastExternalId().isPresent()
        || !resource.options().allowsFallback()) {
      return progress;
    }
    var roleName = resource.names().roleName();
    var isOpening =
        resource
            .dataLake()
            .findRole(roleName)
            .map(DataLakeAccount::trustOf)
            .filter(resource.trust()::isOpening)
            .isPresent();
    if (!isOpening) {
      return progress;
    }
    resource.dataLake().updateTrust(roleName, resource.trust().widened());
    return progress.changed(progress.context().withTrustWithoutConditions());
  }

  /** Replaces the trust policy by the one with source conditions that a new role has. */
  void addSourceConditions(Role role) {
    resource.dataLake().updateTrust(role.roleName(), resource.trust().opening());
  }
}
