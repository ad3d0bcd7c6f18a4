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
 * Deletes role and policy of the endpoint, where they are owned. The role is deleted last: as long
 * as it exists, the rest of the resource can be found.
 */
public final class DeleteAccess implements Step {

  private final Resource resource;
  private final Ownership ownership;

  /** Creates the step. */
  public DeleteAccess(Resource resource, Ownership ownership) {
    this.resource = resource;
    this.ownership = ownership;
  }

  /** Returns whether IAM shows an owned role or policy. */
  public boolean hasAccess() {
    return findRole().filter(this::isOwned).isPresent()
        || findPolicy().filter(this::isOwned).isPresent();
  }

  /**
   * Deletes role and policy. Where IAM does not show one of them, this is confirmed first: a create
   * that was interrupted a moment ago may have created it.
   */
  @Override
  public Progress run(Progress progress) {
    var role = findRole();
    var policy = findPolicy();
    role.filter(this::isOwned).ifPresent(this::detach);
    policy.filter(this::isOwned).ifPresent(this::delete);
    return role.isPresent() && policy.isPresent()
        ? deleteRole(role, progress)
        : progress.confirm(
            "Confirming that role and policy no longer exist",
            certain -> deleteRole(role, certain));
  }

  private Progress deleteRole(Optional<Role> role, Progress progress) {
    role.filter(this::isOwned).ifPresent(this::delete);
    return progress;
  }

  private Optional<Role> findRole() {
    return resource.dataLake().findRole(resource.names().roleName());
  }

  private Optional<Policy> findPolicy() {
    return resource.dataLake().findPolicy(resource.names().policyArn());
  }

  private boolean isOwned(Role role) {
    return ownership.of(role) == Ownership.Verdict.OWNED;
  }

  private boolean isOwned(Policy policy) {
    return ownership.of(policy) == Ownership.Verdict.OWNED;
  }

  private void detach(Role role) {
    resource.dataLake().detachPolicy(role.roleName(), resource.names().policyArn());
  }

  private void delete(Role role) {
    var name = role.roleName();
    delete(() -> resource.dataLake().deleteRole(name), () -> detachAll(name));
  }

  private void delete(Policy policy) {
    var arn = policy.arn();
    delete(() -> resource.dataLake().deletePolicy(arn), () -> deleteVersions(arn));
  }

  /** Deletes a resource; where something depends on it, removes that first. */
  private static void delete(Runnable deletion, Runnable removeDependents) {
    try {
      deletion.run();
    } catch (AwsCallException e) {
      if (!e.is(DeleteConflictException.class)) {
        throw e;
      }
      removeDependents.run();
      deletion.run();
    }
  }

  private void detachAll(String roleName) {
    // A role cannot be deleted while a policy is attached to it, even one attached by hand.
    resource.dataLake().attachedPolicies(roleName).stream()
        .map(AttachedPolicy::policyArn)
        .forEach(arn -> resource.dataLake().detachPolicy(roleName, arn));
  }

  private void deleteVersions(String policyArn) {
    resource.dataLake().policyVersions(policyArn).stream()
        .filter(Predicate.not(v -> v.isDefaultVersion()))
        .forEach(v -> resource.dataLake().deletePolicyVersion(policyArn, v.versionId()));
  }
}
