package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;

/**
 * What one role may do: its identity policies within its boundary, and for a session within the
 * session's policies (IAM User Guide, "Policy evaluation logic").
 */
public final class Permissions {
  /**
   * The outcome of an evaluation, with why in the words that AWS uses in its error messages.
   *
   * @param denied whether a policy says no, where it is not allowed; otherwise none says yes
   */
  public record Verdict(boolean allowed, boolean denied, String because) {
    private static final Verdict ALLOWED = new Verdict(true, false, "");

    private static Verdict silent(String kind, String action) {
      return new Verdict(false, false, "because no " + kind + " allows the " + action + " action");
    }

    private static Verdict denied(String kind) {
      return new Verdict(false, true, "with an explicit deny in " + kind);
    }
  }

  private final List<PolicyDocument> identity;
  private final Optional<List<PolicyDocument>> boundary;
  private final List<PolicyDocument> session;

  private Permissions(
      List<PolicyDocument> identity,
      Optional<List<PolicyDocument>> boundary,
      List<PolicyDocument> session) {
    this.identity = identity;
    this.boundary = boundary;
    this.session = session;
  }

  /**
   * What a session of a role may do.
   *
   * @param policy finds a managed policy by its ARN; one that can't be found allows nothing
   */
  public static Permissions of(
      Role role,
      Function<String, Optional<PolicyDocument>> policy,
      List<PolicyDocument> sessionPolicies) {
    var identity = new ArrayList<PolicyDocument>();
    role.attached().forEach(arn -> policy.apply(arn).ifPresent(identity::add));
    role.inline()
        .values()
        .forEach(text -> identity.add(PolicyParser.parse(text, PolicyParser.Kind.PERMISSIONS)));
    return new Permissions(
        identity,
        Optional.ofNullable(role.boundary()).map(arn -> policy.apply(arn).stream().toList()),
        sessionPolicies);
  }

  /** What a role of an account may do as IAM holds its policies now. */
  public static Permissions of(
      World world, String account, Role role, List<PolicyDocument> sessionPolicies) {
    return of(role, arn -> document(world, account, arn), sessionPolicies);
  }

  private static Optional<PolicyDocument> document(World world, String account, String arn) {
    return world
        .iam(account)
        .policy(arn)
        .map(policy -> policy.defaultVersion().document())
        .map(text -> PolicyParser.parse(text, PolicyParser.Kind.PERMISSIONS))
        .or(() -> world.awsManagedPolicies().document(arn));
  }

  /** Whether the boundary allows something; empty where there is no boundary. */
  public Optional<Boolean> boundaryAllows(String action, String resource, ContextKeys keys) {
    return boundary.map(
        b ->
            PolicyDocument.decideTogether(b, action, resource, keys)
                == PolicyDocument.Decision.ALLOWED);
  }

  /** The keys that the conditions of identity policies and boundary ask for. */
  public Set<String> conditionKeys() {
    var keys = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    Stream.concat(identity.stream(), boundary.stream().flatMap(List::stream))
        .flatMap(document -> document.statements().stream())
        .flatMap(statement -> statement.conditions().stream())
        .forEach(condition -> keys.add(condition.key()));
    return keys;
  }

  public Verdict verdict(String action, String resource, ContextKeys keys) {
    var byIdentity = PolicyDocument.decideTogether(identity, action, resource, keys);
    var byBoundary = boundary.map(b -> PolicyDocument.decideTogether(b, action, resource, keys));
    var bySession =
        session.isEmpty()
            ? Optional.<PolicyDocument.Decision>empty()
            : Optional.of(PolicyDocument.decideTogether(session, action, resource, keys));
    var denied = PolicyDocument.Decision.DENIED;
    if (byIdentity == denied) {
      return Verdict.denied("an identity-based policy");
    }
    if (byBoundary.filter(denied::equals).isPresent()) {
      return Verdict.denied("a permissions boundary");
    }
    if (bySession.filter(denied::equals).isPresent()) {
      return Verdict.denied("a session policy");
    }
    var silent = PolicyDocument.Decision.SILENT;
    if (byIdentity == silent) {
      return Verdict.silent("identity-based policy", action);
    }
    if (byBoundary.filter(silent::equals).isPresent()) {
      return Verdict.silent("permissions boundary", action);
    }
    if (bySession.filter(silent::equals).isPresent()) {
      return Verdict.silent("session policy", action);
    }
    return Verdict.ALLOWED;
  }
}
