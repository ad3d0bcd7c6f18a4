package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.ErrorTable;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
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
  Progress ensure(Progress progress, String externalId) {
    if (externalId.equals(progress.context().trustedId())) {
      // Brought there by this operation; what IAM shows may be older.
      return progress;
    }
    if (progress.hasNewAccess()) {
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
   * @throws HandlerException {@code NotStabilized} where the id is lost; a trust policy without any
   *     condition then has its source conditions again, another one is left as it is
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
            "Waiting until it is certain that the trust policy has lost the external id",
            certain -> {
              var isOpen = resource.trust().isWidened(DataLakeAccount.trustOf(role.get()));
              if (isOpen) {
                restore(role.get());
              }
              throw lost(role.get(), isOpen);
            });
  }

  private HandlerException lost(Role role, boolean restored) {
    return new HandlerException(
        HandlerErrorCode.NotStabilized,
        "The trust policy of role %s asks for no external id, and DMS does not show the id of endpoint %s. %s To get a new id, change one of its S3Settings, or delete the endpoint by hand and update again."
            .formatted(
                role.arn(),
                resource.names().endpointArn(),
                restored
                    ? "It trusted DMS on behalf of any account and now trusts it on behalf of account %s only."
                        .formatted(resource.names().dmsAccount())
                    : "It was left as it is."));
  }

  /**
   * Where DMS can't use a new role within a time that propagation explains, its check may come
   * without {@code aws:SourceAccount} and {@code aws:SourceArn}: the role then trusts DMS without
   * them until the external id is known, as in the manual procedure. Does nothing where the trust
   * policy asks for an external id, and where the type configuration forbids it.
   */
  Progress removeConditions(Progress progress) {
    if (progress.age() < FALLBACK.toSeconds()
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

  /**
   * Runs a part of an operation during which the trust policy may be without conditions. Where it
   * fails, the operation goes on to {@link #restoreAndFail} before it ends.
   */
  public Progress guarded(Progress progress, Step part) {
    try {
      return part.run(progress);
    } catch (HandlerException e) {
      return failing(progress, e);
    } catch (AwsCallException e) {
      return failing(progress, ErrorTable.explain(e));
    }
  }

  private Progress failing(Progress progress, HandlerException failure) {
    if (!resource.options().allowsFallback()) {
      throw failure;
    }
    var context =
        progress.context().withFailure(new CallbackContext.Failure(failure.code(), text(failure)));
    return progress.with(context).enter(Phase.RESTORE_TRUST);
  }

  private static String text(HandlerException failure) {
    return String.valueOf(failure.getMessage());
  }

  /**
   * Gives a trust policy without conditions its source conditions back, then ends the operation
   * with the failure in the context. No failure leaves a role that trusts DMS on behalf of any
   * account.
   *
   * @throws HandlerException always, once the trust policy has conditions or the role is gone;
   *     where it can't be changed, the message names the role
   */
  public Progress restoreAndFail(Progress progress) {
    var failure = Objects.requireNonNull(progress.context().failure(), "no failure to end with");
    try {
      resource
          .dataLake()
          .findRole(resource.names().roleName())
          .filter(role -> ownership.of(role) == Ownership.Verdict.OWNED)
          .filter(this::isWithoutExternalId)
          .ifPresent(this::restore);
    } catch (AwsCallException e) {
      if (!ErrorTable.retryTime(e).isZero()) {
        throw e;
      }
      throw new HandlerException(failure.code(), failure.message() + notRestored(progress, e));
    }
    throw new HandlerException(failure.code(), failure.message());
  }

  private String notRestored(Progress progress, AwsCallException e) {
    return progress.context().hasTrustWithoutConditions()
        ? " The role %s trusts DMS on behalf of any account, and its trust policy could not be changed: delete the role. %s"
            .formatted(resource.names().roleArn(), ErrorTable.explain(e).getMessage())
        : "";
  }

  /**
   * Returns whether IAM shows one of the documents that this type writes before the external id is
   * known. An answer may be older than the removal of the source conditions, so that one with them
   * counts as well.
   */
  private boolean isWithoutExternalId(Role role) {
    var document = DataLakeAccount.trustOf(role);
    return resource.trust().isWidened(document) || resource.trust().isOpening(document);
  }

  private void restore(Role role) {
    resource.dataLake().updateTrust(role.roleName(), resource.trust().opening());
  }
}
