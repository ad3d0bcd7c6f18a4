package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;

/**
 * Whose the endpoint, the role and the policy of an operation are, as far as their tags tell: the
 * one place that decides what may be changed and deleted. What does not carry the mark of the very
 * endpoint is never ours.
 *
 * <p>Tags may be seen later than what they are on, and what was deleted may be seen for a while: an
 * endpoint under our ARN that shows no tags yet is not foreign yet, and neither is what an earlier
 * request made under the same names.
 */
public final class Ownership {

  /**
   * The {@code Status} in the model of a create that has not ended, which its rollback brings
   * along.
   */
  public static final String UNFINISHED = "creating";

  /** What the tags tell. */
  public enum Verdict {
    /** The operation may change and delete it. */
    OURS,
    /** Perhaps an old answer; certain when it stays so. */
    UNCLEAR,
    /** Never to be touched. */
    ANOTHERS
  }

  private final String endpointArn;
  private final Predicate<Map<String, String>> ours;
  private final Predicate<Map<String, String>> anothers;

  private Ownership(
      String endpointArn,
      Predicate<Map<String, String>> ours,
      Predicate<Map<String, String>> anothers) {
    this.endpointArn = endpointArn;
    this.ours = ours;
    this.anothers = anothers;
  }

  /** For a create: ours is what this very request made, however often it is delivered. */
  public static Ownership ofRequest(Resource resource) {
    return new Ownership(resource.names().endpointArn(), resource::isOfThisRequest, tags -> false);
  }

  /** For an update: ours is what carries the mark of the endpoint. */
  public static Ownership ofResource(Resource resource) {
    return new Ownership(resource.names().endpointArn(), tags -> true, tags -> false);
  }

  /**
   * For a delete: ours is what carries the mark of the endpoint, but for what another create has
   * made of the same name. That is known where this delete takes back a create that never ended,
   * and the owner on record is another stack or another resource: the create has lost a race. A
   * resource whose create has ended is deleted whatever stack it has been moved to.
   */
  public static Ownership toDelete(Operation operation, String endpointArn) {
    var mine = Resource.ownerMark(operation);
    Predicate<Map<String, String>> anothers =
        tags ->
            takesBackACreate(operation)
                && mine.isPresent()
                && tags.get(Marks.OWNER) != null
                && !mine.get().equals(tags.get(Marks.OWNER));
    return new Ownership(endpointArn, tags -> true, anothers);
  }

  private static boolean takesBackACreate(Operation operation) {
    var model = operation.desired();
    return model.getExternalId() == null
        && (UNFINISHED.equals(model.getStatus())
            || Boolean.TRUE.equals(operation.request().getRollback()));
  }

  /** Whose an endpoint with these tags is. */
  public Verdict ofEndpoint(Map<String, String> tags) {
    return tags.isEmpty() ? Verdict.UNCLEAR : of(tags);
  }

  /** Whose a role is; one at another path than this type's is not ours, whatever its tags say. */
  public Verdict of(Role role) {
    return Marks.isOwnPath(role.path()) ? of(DataLakeAccount.tagsOf(role)) : Verdict.ANOTHERS;
  }

  /** Whose a policy is. */
  public Verdict of(Policy policy) {
    return of(DataLakeAccount.tagsOf(policy));
  }

  private Verdict of(Map<String, String> tags) {
    if (!Marks.areOn(tags, endpointArn) || anothers.test(tags)) {
      return Verdict.ANOTHERS;
    }
    return ours.test(tags) ? Verdict.OURS : Verdict.UNCLEAR;
  }

  /**
   * Lets an operation go on only where something is its own.
   *
   * @param verdict on the thing
   * @param thing what has the name, for the user
   * @param advice what the user can do
   * @return empty where it is ours; a progress that waits where that is not clear
   * @throws OperationFailed {@code AlreadyExists} where it is another's
   */
  public static Optional<Progress> refused(
      Verdict verdict, Progress progress, String thing, String advice) {
    return switch (verdict) {
      case OURS -> Optional.empty();
      case UNCLEAR ->
          Optional.of(
              progress.doubt(
                  "Waiting to be sure whose %s is, which is there".formatted(thing),
                  certain -> {
                    throw taken(thing, advice);
                  }));
      case ANOTHERS -> throw taken(thing, advice);
    };
  }

  private static OperationFailed taken(String thing, String advice) {
    return OperationFailed.taken(
        "There is %s already, and it was not made for this resource. %s".formatted(thing, advice));
  }
}
