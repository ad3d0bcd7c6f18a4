package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Looks whether the names of a resource are free, before anything is made. It only reads: the event
 * after it is the first that tells CloudFormation the resource's ARN, and whatever a create makes
 * afterwards can be rolled back by it.
 */
public final class Claim {

  private final Resource resource;

  /** Creates the step. */
  public Claim(Resource resource) {
    this.resource = resource;
  }

  /**
   * Looks.
   *
   * @throws OperationFailed {@code AlreadyExists} where something has one of the names that this
   *     very request did not make
   */
  public Progress check(Progress progress) {
    checkEndpoint();
    checkRole();
    checkPolicy();
    return progress;
  }

  private void checkEndpoint() {
    var names = resource.names();
    var dms = resource.dms();
    dms.findEndpoint(names.endpointArn())
        .or(() -> dms.findEndpointByIdentifier(names.endpointIdentifier()))
        .filter(e -> !resource.isOfThisRequest(dms.tags(e.endpointArn())))
        .ifPresent(
            e -> {
              throw OperationFailed.taken(
                  "Account %s has an endpoint %s already (%s). Choose another EndpointIdentifier or ResourceIdentifier, or import it."
                      .formatted(names.dmsAccount(), e.endpointIdentifier(), e.endpointArn()));
            });
  }

  private void checkRole() {
    var names = resource.names();
    resource
        .dataLake()
        .findRole(names.roleName())
        .filter(r -> !resource.isOfThisRequest(DataLakeAccount.tagsOf(r)))
        .ifPresent(
            r -> {
              throw OperationFailed.taken(
                  "Account %s has a role %s already (%s). Choose another RoleName, or delete that role if nothing uses it."
                      .formatted(names.dataLakeAccount(), names.roleName(), r.arn()));
            });
  }

  private void checkPolicy() {
    var names = resource.names();
    resource
        .dataLake()
        .findPolicy(names.policyArn())
        .filter(p -> !resource.isOfThisRequest(DataLakeAccount.tagsOf(p)))
        .ifPresent(
            p -> {
              throw OperationFailed.taken(
                  "Account %s has a policy %s already. Choose another PolicyName, or delete that policy if nothing uses it."
                      .formatted(names.dataLakeAccount(), p.arn()));
            });
  }
}
