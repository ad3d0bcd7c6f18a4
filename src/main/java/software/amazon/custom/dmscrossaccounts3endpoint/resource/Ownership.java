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
 * Decides which endpoint, role and policy an operation may change and delete: the one place that
 * does. Nothing is owned that does not carry the ownership tag with the ARN of this endpoint.
 *
 * <p>Tags may be seen later than the resource they are on, and a deleted resource may be seen for a
 * while: an endpoint under this ARN that shows no tags yet is not foreign yet, and neither is a
 * resource that an earlier request made under the same names.
 */
public final class Ownership {

  /** Value of {@code Status} in the model of a create that has not ended. */
  public static final String UNFINISHED = "creating";

  /** Result of a decision. */
  public enum Verdict {
    /** The operation may change and delete it. */
    OWNED,
    /** The answer may be old; it is decided when it stays the same. */
    UNKNOWN,
    /** Never to be touched. */
    FOREIGN
  }

  private final String endpointArn;
  private final Predicate<Map<String, String>> owned;
  private final Predicate<Map<String, String>> foreign;

  private Ownership(
      String endpointArn,
      Predicate<Map<String, String>> owned,
      Predicate<Map<String, String>> foreign) {
    this.endpointArn = endpointArn;
    this.owned = owned;
    this.foreign = foreign;
  }

  /**
   * Returns the ownership of a create: of what this request made, however often it is delivered.
   */
  public static Ownership ofRequest(Resource resource) {
    return new Ownership(resource.names().endpointArn(), resource::isOfThisRequest, tags -> false);
  }

  /** Returns the ownership of an update: of everything with the endpoint's ownership tag. */
  public static Ownership ofResource(Resource resource) {
    return new Ownership(resource.names().endpointArn(), tags -> true, tags -> false);
  }

  /**
   * Returns the ownership of a delete. A finished resource belongs to whoever has it in a template
   * now, whatever stack created it. A delete that rolls back a create owns only what was made for
   * the same logical resource of the same stack: another create may have made the endpoint between
   * the check of the names and this create's own call.
   *
   * <p>A rollback is known by the request's flag, or by the model of a create that has not ended;
   * no source says whether CloudFormation sends both.
   */
  public static Ownership toDelete(Operation operation, String endpointArn) {
    var owner = Resource.ownerMark(operation).orElse(null);
    Predicate<Map<String, String>> foreign =
        tags -> rollsBackCreate(operation) && !Objects.equals(owner, tags.get(OwnershipTags.OWNER));
    return new Ownership(endpointArn, tags -> true, foreign);
  }

  private static boolean rollsBackCreate(Operation operation) {
    var model = operation.desired();
    return model.getExternalId() == null
        && (UNFINISHED.equals(model.getStatus())
            || Boolean.TRUE.equals(operation.request().getRollback()));
  }

  /** Decides on an endpoint with these tags. */
  public Verdict ofEndpoint(Map<String, String> tags) {
    return tags.isEmpty() ? Verdict.UNKNOWN : of(tags);
  }

  /** Decides on a role; one outside this type's path is foreign, whatever its tags say. */
  public Verdict of(Role role) {
    return OwnershipTags.isOwnPath(role.path())
        ? of(DataLakeAccount.tagsOf(role))
        : Verdict.FOREIGN;
  }

  /** Decides on a policy. */
  public Verdict of(Policy policy) {
    return of(DataLakeAccount.tagsOf(policy));
  }

  private Verdict of(Map<String, String> tags) {
    if (!OwnershipTags.match(tags, endpointArn) || foreign.test(tags)) {
      return Verdict.FOREIGN;
    }
    return owned.test(tags) ? Verdict.OWNED : Verdict.UNKNOWN;
  }

  /**
   * Lets an operation that has begun go on only where a resource is its own.
   *
   * @param verdict on the resource
   * @param thing the resource that has the name, for the user
   * @param advice what the user can do
   * @return empty where it is owned; a progress that waits where that is not known yet
   * @throws HandlerException {@code AlreadyExists} where it is foreign
   */
  public static Optional<Progress> refused(
      Verdict verdict, Progress progress, String thing, String advice) {
    return switch (verdict) {
      case OWNED -> Optional.empty();
      case UNKNOWN ->
          Optional.of(
              progress.confirm(
                  "Waiting until it is certain that %s belongs to another resource"
                      .formatted(thing),
                  certain -> {
                    throw taken(thing, advice);
                  }));
      case FOREIGN -> throw taken(thing, advice);
    };
  }

  /** Returns the failure of an operation whose name another resource has. */
  public static HandlerException taken(String thing, String advice) {
    return HandlerException.alreadyExists(
        "There is %s already, and it was not made for this resource. %s".formatted(thing, advice));
  }
}
