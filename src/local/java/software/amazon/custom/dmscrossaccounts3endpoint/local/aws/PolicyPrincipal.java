package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

/**
 * One principal of a statement.
 *
 * @param type {@code AWS}, {@code Service}, {@code Federated}, {@code CanonicalUser}; {@code *} for
 *     a bare wildcard
 */
record PolicyPrincipal(String type, String value) {
  boolean isAnyone() {
    return value.equals("*") && (type.equals("*") || type.equals("AWS"));
  }
}
