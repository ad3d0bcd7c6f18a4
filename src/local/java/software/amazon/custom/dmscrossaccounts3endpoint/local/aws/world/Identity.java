package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;

/**
 * Who calls.
 *
 * @param kind what the credentials belong to
 * @param arn the caller as CloudTrail names it: a user or a session
 * @param userId the unique id that {@code GetCallerIdentity} answers
 * @param roleArn the ARN of the session's role, null for a user
 * @param sessionPolicies what cuts the session down; empty when nothing does
 * @param expires null for credentials that stay
 */
public record Identity(
    Kind kind,
    String account,
    String arn,
    String userId,
    String roleArn,
    List<PolicyDocument> sessionPolicies,
    LocalCredentials credentials,
    Instant expires) {
  public enum Kind {
    ADMINISTRATOR,
    ROLE_SESSION
  }

  public boolean isAdministrator() {
    return kind == Kind.ADMINISTRATOR;
  }

  /** What {@code aws:PrincipalArn} holds: the role of a session, not the session. */
  public String principalArn() {
    return roleArn == null ? arn : roleArn;
  }
}
