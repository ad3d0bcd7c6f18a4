package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Objects;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.ErrorTable;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Restores the conditions of the trust policy when an operation fails. No failure leaves a role
 * that trusts DMS acting for any account.
 */
public final class TrustGuard implements Step {

  private final Resource resource;
  private final Ownership ownership;

  /** Creates the guard of a resource's role. */
  public TrustGuard(Resource resource, Ownership ownership) {
    this.resource = resource;
    this.ownership = ownership;
  }

  /**
   * Runs steps during which the trust policy may have no conditions. Where they fail, the operation
   * enters {@link Phase#RESTORE_TRUST} before it ends.
   */
  public Progress guard(Progress progress, Step steps) {
    try {
      return steps.run(progress);
    } catch (HandlerException e) {
      return restoreBefore(progress, e);
    } catch (AwsCallException e) {
      return restoreBefore(progress, ErrorTable.explain(e));
    }
  }

  private Progress restoreBefore(Progress progress, HandlerException failure) {
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
   * Restores the source conditions of a trust policy without conditions, then ends the operation
   * with the failure in the context.
   *
   * @throws HandlerException always, once the trust policy has conditions or the role does not
   *     exist; where the trust policy cannot be changed, the message names the role
   */
  @Override
  public Progress run(Progress progress) {
    var failure = Objects.requireNonNull(progress.context().failure(), "no failure to end with");
    try {
      resource
          .dataLake()
          .findRole(resource.names().roleName())
          .filter(role -> ownership.of(role) == Ownership.Verdict.OWNED)
          .filter(this::isWithoutExternalId)
          .ifPresent(new EndpointTrust(resource, ownership)::addSourceConditions);
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
   * Returns whether IAM shows one of the two documents that this type writes before the external id
   * is known. The document with source conditions is included, because the answer may be older than
   * their removal.
   */
  private boolean isWithoutExternalId(Role role) {
    var document = DataLakeAccount.trustOf(role);
    return resource.trust().isWidened(document) || resource.trust().isOpening(document);
  }
}
