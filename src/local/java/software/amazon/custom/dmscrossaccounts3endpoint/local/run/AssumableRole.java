package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

/**
 * A role that the provider is to assume, and that therefore has to be there beforehand.
 *
 * @param account its account
 * @param name its name, with its path where it has one
 * @param trustedAccount the account whose execution role may assume it
 * @param externalId what must be given to assume it, or {@code null}
 */
record AssumableRole(String account, String name, String trustedAccount, String externalId) {}
