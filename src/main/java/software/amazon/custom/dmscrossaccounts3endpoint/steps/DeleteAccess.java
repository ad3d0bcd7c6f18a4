package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Deletes the endpoint's role and policy, where they carry the endpoint's mark. The role goes last:
 * as long as it is there, what is left of the resource can be found.
 */
public final class DeleteAccess implements Step {

  private final Resource resource;
  private final Ownership ownership;

  /** Creates the step. */
  public DeleteAccess(Resource resource, Ownership ownership) {
    this.resource = resource;
    this.ownership = ownership;
  }

  /** Whether IAM shows a role or a policy of the resource. */
  public boolean isLeft() {
    return findRole().filter(this::isOurs).isPresent()
        || findPolicy().filter(this::isOurs).isPresent();
  }

  /**
   * Deletes what is there. What IAM does not show is gone only when it stays so: neither the role
   * nor the policy of a create that was cut off a moment ago may be left behind.
   */
  @Override
  public Progress run(Progress progress) {
    var role = findRole();
    var policy = findPolicy();
    role.filter(this::isOurs).ifPresent(this::detach);
    policy.filter(this::isOurs).ifPresent(this::delete);
    return role.isPresent() && policy.isPresent()
        ? withoutRole(role, progress)
        : progress.confirm(
            "Waiting to be sure that role and policy are gone",
            certain -> withoutRole(role, certain));
  }

  private Progress withoutRole(Optional<Role> role, Progress progress) {
    role.filter(this::isOurs).ifPresent(this::delete);
    return progress;
  }

  private Optional<Role> findRole() {
    return resource.dataLake().findRole(resource.names().roleName());
  }

  private Optional<Policy> findPolicy() {
    return resource.dataLake().findPolicy(resource.names().policyArn());
  }

  private boolean isOurs(Role role) {
    return ownership.of(role) == Ownership.Verdict.OWNED;
  }

  private boolean isOurs(Policy policy) {
    return ownership.of(policy) == Ownership.Verdict.OWNED;
  }

  private void detach(Role role) {
    resource.dataLake().detachPolicy(role.roleName(), resource.names().policyArn());
  }

  private void delete(Role role) {
    try {
      resource.dataLake().deleteRole(role.roleName());
    } catch (AwsCallException e) {
      requireConflict(e);
      detachAll(role);
      resource.dataLake().deleteRole(role.roleName());
    }
  }

  private static void requireConflict(AwsCallException e) {
    if (!e.is(DeleteConflictException.class)) {
      throw e;
    }
  }

  private void detachAll(Role role) {
    // A role can't be deleted while anything is attached to it, be it by hand.
    resource.dataLake().attachedPolicies(role.roleName()).stream()
        .map(AttachedPolicy::policyArn)
        .forEach(arn -> resource.dataLake().detachPolicy(role.roleName(), arn));
  }

  private void delete(Policy policy) {
    try {
      resource.dataLake().deletePolicy(policy.arn());
    } catch (AwsCallException e) {
      requireConflict(e);
      deleteVersions(policy);
      resource.dataLake().deletePolicy(policy.arn());
    }
  }

  private void deleteVersions(Policy policy) {
    resource.dataLake().policyVersions(policy.arn()).stream()
        .filter(Predicate.not(v -> v.isDefaultVersion()))
        .forEach(v -> resource.dataLake().deletePolicyVersion(policy.arn(), v.versionId()));
  }
}
