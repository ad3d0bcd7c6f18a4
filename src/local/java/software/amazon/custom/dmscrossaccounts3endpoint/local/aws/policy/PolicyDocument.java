package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy;

import java.util.List;
import java.util.function.Predicate;

/** A policy that was read and found well formed, and what it decides. */
public record PolicyDocument(List<PolicyStatement> statements) {
  /** What a policy has to say about a request. */
  public enum Decision {
    ALLOWED,
    DENIED,
    SILENT
  }

  /** As identity policy, boundary or session policy. */
  public Decision decide(String action, String resource, ContextKeys keys) {
    return decide(
        statement ->
            statement.coversAction(action)
                && statement.coversResource(resource, keys)
                && statement.conditionsHold(keys));
  }

  /** As trust policy. */
  public Decision decideFor(Predicate<PolicyPrincipal> who, String action, ContextKeys keys) {
    return decide(
        statement ->
            statement.names(who)
                && statement.coversAction(action)
                && statement.conditionsHold(keys));
  }

  /** As policy of a resource that is not a role. */
  public Decision decideFor(
      Predicate<PolicyPrincipal> who, String action, String resource, ContextKeys keys) {
    return decide(
        statement ->
            statement.names(who)
                && statement.coversAction(action)
                && statement.coversResource(resource, keys)
                && statement.conditionsHold(keys));
  }

  /** An explicit deny wins over whatever else is said. */
  private Decision decide(Predicate<PolicyStatement> applies) {
    var applying = statements.stream().filter(applies).toList();
    if (applying.stream().anyMatch(statement -> !statement.allows())) {
      return Decision.DENIED;
    }
    return applying.isEmpty() ? Decision.SILENT : Decision.ALLOWED;
  }

  /** What several policies of one kind decide together. */
  public static Decision decideTogether(
      List<PolicyDocument> documents, String action, String resource, ContextKeys keys) {
    var decisions =
        documents.stream().map(document -> document.decide(action, resource, keys)).toList();
    if (decisions.contains(Decision.DENIED)) {
      return Decision.DENIED;
    }
    return decisions.contains(Decision.ALLOWED) ? Decision.ALLOWED : Decision.SILENT;
  }
}
