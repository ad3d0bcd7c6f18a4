package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.TrustPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * The trust policy of the endpoint's role: step 4 of the manual procedure. It is only ever brought
 * to the external id of the endpoint; never away from one.
 */
public final class EndpointTrust {

  /** IAM's changes are mostly seen within seconds; after this time it is not them. */
  private static final Duration FALLBACK = Duration.ofSeconds(60);

  private final Resource resource;
  private final Ownership ownership;

  /** Creates the step. */
  public EndpointTrust(Resource resource, Ownership ownership) {
    this.resource = resource;
    this.ownership = ownership;
  }

  /**
   * Brings the trust policy to exactly this external id. Waits where IAM does not show the role.
   */
  Progress bring(Progress progress, String externalId) {
    if (externalId.equals(progress.context().trustedId())) {
      // Brought there by this operation; what IAM shows may be older.
      return progress;
    }
    if (progress.hasJustMadeAccess()) {
      // The role was made or looked at for it a moment ago, whether IAM shows it yet or not.
      return write(progress, externalId);
    }
    var names = resource.names();
    var role = resource.dataLake().findRole(names.roleName());
    if (role.isEmpty()) {
      return progress.waitFor(Propagation.of("role " + names.roleName()));
    }
    var refused =
        Ownership.refused(
            ownership.of(role.get()),
            progress,
            "a role " + role.get().arn(),
            "It was exchanged while this operation ran: try again.");
    if (refused.isPresent()) {
      return refused.get();
    }
    return resource.trust().isFinished(DataLakeAccount.trustOf(role.get()), externalId)
        ? progress.with(progress.context().withTrustedId(externalId))
        : write(progress, externalId);
  }

  private Progress write(Progress progress, String externalId) {
    resource
        .dataLake()
        .updateTrust(resource.names().roleName(), resource.trust().finished(externalId));
    return progress.changed(progress.context().withTrustedId(externalId));
  }

  /**
   * Brings the trust policy of an endpoint that stays as it is to the endpoint's external id: as
   * DMS shows it, or as it is on record. The trust policy itself is the last record of it.
   *
   * @throws OperationFailed {@code NotStabilized} where the id is lost; the trust policy is left as
   *     it is then
   */
  public Progress keep(Progress progress, FoundEndpoint found, Leniency leniency) {
    var known = found.externalId();
    if (known.isPresent()) {
      return bring(progress, known.get());
    }
    var role = resource.dataLake().findRole(resource.names().roleName());
    if (role.isEmpty()) {
      return progress.waitFor(Propagation.of("role " + resource.names().roleName()));
    }
    var recorded = TrustPolicy.externalIdIn(DataLakeAccount.trustOf(role.get()));
    if (recorded.isPresent()) {
      return bring(progress, recorded.get());
    }
    return leniency.emulated()
        ? progress
        : progress.doubt(
            "Waiting to be sure that the trust policy has lost the external id",
            certain -> {
              throw lost(role.get());
            });
  }

  private OperationFailed lost(Role role) {
    return new OperationFailed(
        HandlerErrorCode.NotStabilized,
        "The trust policy of role %s asks for no external id, and DMS does not show the id of endpoint %s. It was left as it is. A new endpoint tells a new id: change one of its S3Settings, or delete the endpoint by hand and update again."
            .formatted(role.arn(), resource.names().endpointArn()));
  }

  /**
   * Where DMS can't use a new role within a time that propagation explains, its check may come
   * without {@code aws:SourceAccount} and {@code aws:SourceArn}: the role then trusts DMS without
   * them until the external id is known, as in the manual procedure. Does nothing where the trust
   * policy asks for an external id, and where the type configuration forbids it.
   */
  Progress widen(Progress progress) {
    if (progress.age() < FALLBACK.toSeconds()
        || progress.context().isWidened()
        || progress.context().toldId().isPresent()
        || !resource.switches().allowsFallback()) {
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
    return progress.changed(progress.context().withWidened(true));
  }
}
