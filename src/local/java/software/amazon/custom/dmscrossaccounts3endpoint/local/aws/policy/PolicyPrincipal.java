package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy;

/**
 * One principal of a statement.
 *
 * @param type {@code AWS}, {@code Service}, {@code Federated}, {@code CanonicalUser}; {@code *} for
 *     a bare wildcard
 */
public record PolicyPrincipal(String type, String value) {
  public boolean isAnyone() {
    return value.equals("*") && (type.equals("*") || type.equals("AWS"));
  }
}
