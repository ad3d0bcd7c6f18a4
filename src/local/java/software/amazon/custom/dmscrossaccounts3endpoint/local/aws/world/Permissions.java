package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;

/**
 * What one role may do: its identity policies within its boundary, and for a session within the
 * session's policies (IAM User Guide, "Policy evaluation logic").
 */
public final class Permissions {
  /** The outcome of an evaluation, with why in the words that AWS uses in its error messages. */
  public record Verdict(boolean allowed, String because) {
    private static final Verdict ALLOWED = new Verdict(true, "");

    private static Verdict silent(String kind, String action) {
      return new Verdict(false, "because no " + kind + " allows the " + action + " action");
    }

    private static Verdict denied(String kind) {
      return new Verdict(false, "with an explicit deny in " + kind);
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
