package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;

/**
 * Decides which endpoint, role and policy an operation may change and delete. All decisions are
 * made here. A resource without the ownership tag that has the ARN of this endpoint is never owned.
 *
 * <p>AWS may show tags later than their resource, and may show a deleted resource for a while. So
 * the verdict is {@link Verdict#UNKNOWN} for an endpoint under this ARN without tags, and for a
 * resource that an earlier request created under the same names.
 */
public final class Ownership {

  /** Value of {@code Status} in the model of a create that has not ended. */
  public static final String UNFINISHED = "creating";

  /** Result of a decision. */
  public enum Verdict {
    /** The operation may change and delete it. */
    OWNED,
    /** The answer may be old; it has to be confirmed. */
    UNKNOWN,
    /** The operation must not change or delete it. */
    FOREIGN
  }

  private final String endpointArn;
  private final Predicate<Map<String, String>> isOwned;
  private final Predicate<Map<String, String>> isForeign;

  private Ownership(
      String endpointArn,
      Predicate<Map<String, String>> isOwned,
      Predicate<Map<String, String>> isForeign) {
    this.endpointArn = endpointArn;
    this.isOwned = isOwned;
    this.isForeign = isForeign;
  }

  /**
   * Returns the ownership of a create: it owns the resources that this request created, even if the
   * request is delivered more than once.
   */
  public static Ownership ofRequest(Resource resource) {
    return new Ownership(
        resource.names().endpointArn(), resource.managedTags()::isFromThisRequest, tags -> false);
  }

  /**
   * Returns the ownership of an update: it owns every resource with the endpoint's ownership tag.
   */
  public static Ownership ofResource(Resource resource) {
    return new Ownership(resource.names().endpointArn(), tags -> true, tags -> false);
  }

  /**
   * Returns the ownership of a delete. A finished resource belongs to the stack that has it in its
   * template now, even if another stack created it. A delete that rolls back a create owns only the
   * resources that were created for the same logical resource of the same stack: another create may
   * have created the endpoint after this create had checked the names.
   *
   * <p>A request is a rollback where its flag says so, or where its model is that of a create that
   * has not ended. No source says whether CloudFormation sends both.
   */
  public static Ownership toDelete(Operation operation, String endpointArn) {
    var owner = ManagedTags.ownerTag(operation).orElse(null);
    Predicate<Map<String, String>> isForeign =
        tags -> rollsBackCreate(operation) && !Objects.equals(owner, tags.get(OwnershipTags.OWNER));
    return new Ownership(endpointArn, tags -> true, isForeign);
  }

  private static boolean rollsBackCreate(Operation operation) {
    var model = operation.desired();
    return model.getExternalId() == null
        && (UNFINISHED.equals(model.getStatus())
            || Boolean.TRUE.equals(operation.request().getRollback()));
  }

  /** Returns the verdict on an endpoint with these tags. */
  public Verdict ofEndpoint(Map<String, String> tags) {
    return tags.isEmpty() ? Verdict.UNKNOWN : of(tags);
  }

  /** Returns the verdict on a role. A role outside this type's path is foreign with any tags. */
  public Verdict of(Role role) {
    return OwnershipTags.isOwnPath(role.path())
        ? of(DataLakeAccount.tagsOf(role))
        : Verdict.FOREIGN;
  }

  /** Returns the verdict on a policy. */
  public Verdict of(Policy policy) {
    return of(DataLakeAccount.tagsOf(policy));
  }

  private Verdict of(Map<String, String> tags) {
    if (!OwnershipTags.match(tags, endpointArn) || isForeign.test(tags)) {
      return Verdict.FOREIGN;
    }
    return isOwned.test(tags) ? Verdict.OWNED : Verdict.UNKNOWN;
  }

  /**
   * Waits or fails unless the operation owns a resource.
   *
   * @param verdict verdict on the resource
   * @param name resource as text for the user, such as {@code role x}
   * @param advice next step for the user
   * @return empty where the resource is owned; a progress that waits where that is not known
   * @throws HandlerException {@code AlreadyExists} where the resource is foreign
   */
  public static Optional<Progress> waitUnlessOwned(
      Verdict verdict, Progress progress, String name, String advice) {
    return switch (verdict) {
      case OWNED -> Optional.empty();
      case UNKNOWN ->
          Optional.of(
              progress.confirm(
                  "Confirming that the %s belongs to another resource".formatted(name),
                  certain -> {
                    throw alreadyExists(name, advice);
                  }));
      case FOREIGN -> throw alreadyExists(name, advice);
    };
  }

  /** Returns the failure for a name that another resource has. */
  public static HandlerException alreadyExists(String name, String advice) {
    return HandlerException.alreadyExists(
        "The %s already exists and was not created for this resource. %s".formatted(name, advice));
  }
}
