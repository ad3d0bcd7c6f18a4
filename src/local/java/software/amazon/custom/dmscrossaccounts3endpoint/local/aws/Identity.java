package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.time.Instant;
import java.util.List;

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
record Identity(
    Kind kind,
    String account,
    String arn,
    String userId,
    String roleArn,
    List<PolicyDocument> sessionPolicies,
    LocalCredentials credentials,
    Instant expires) {
  enum Kind {
    ADMINISTRATOR,
    ROLE_SESSION
  }

  boolean isAdministrator() {
    return kind == Kind.ADMINISTRATOR;
  }

  /** What {@code aws:PrincipalArn} holds: the role of a session, not the session. */
  String principalArn() {
    return roleArn == null ? arn : roleArn;
  }
}
