package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Deletes the endpoint's role and policy, where they carry the endpoint's mark. The role goes last:
 * as long as it is there, what is left of the resource can be found.
 */
public final class Revocation {

  private final Resource resource;
  private final Predicate<Map<String, String>> ours;

  /**
   * Creates the step.
   *
   * @param ours tells from the tags of a role or a policy whether it may be deleted
   */
  public Revocation(Resource resource, Predicate<Map<String, String>> ours) {
    this.resource = resource;
    this.ours = ours;
  }

  /** Whether a role or a policy of the resource is there. */
  public boolean isNeeded() {
    return ownRole().isPresent() || ownPolicy().isPresent();
  }

  /** Deletes what is there. */
  public Progress done(Progress progress) {
    var role = ownRole();
    role.ifPresent(this::detachAll);
    ownPolicy().ifPresent(this::delete);
    role.map(Role::roleName).ifPresent(resource.dataLake()::deleteRole);
    return progress;
  }

  private Optional<Role> ownRole() {
    return resource
        .dataLake()
        .findRole(resource.names().roleName())
        .filter(r -> Marks.PATH.equals(r.path()))
        .filter(r -> ours.test(DataLakeAccount.tagsOf(r)));
  }

  private Optional<Policy> ownPolicy() {
    return resource
        .dataLake()
        .findPolicy(resource.names().policyArn())
        .filter(p -> ours.test(DataLakeAccount.tagsOf(p)));
  }

  private void detachAll(Role role) {
    // A role can't be deleted while anything is attached to it, be it by hand.
    resource.dataLake().attachedPolicies(role.roleName()).stream()
        .map(AttachedPolicy::policyArn)
        .forEach(arn -> resource.dataLake().detachPolicy(role.roleName(), arn));
  }

  private void delete(Policy policy) {
    resource.dataLake().policyVersions(policy.arn()).stream()
        .filter(Predicate.not(v -> v.isDefaultVersion()))
        .forEach(v -> resource.dataLake().deletePolicyVersion(policy.arn(), v.versionId()));
    resource.dataLake().deletePolicy(policy.arn());
  }
}
