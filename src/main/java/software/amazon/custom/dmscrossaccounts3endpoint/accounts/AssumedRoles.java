package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.Optional;

/**
 * Which roles are assumed for one endpoint.
 *
 * @param environment entry of the type configuration that they come from; null where the template
 *     names them
 * @param dataLakeRoleArn role in the data-lake account; null only for an endpoint that this type
 *     did not make
 * @param dmsRoleArn role in the DMS account; null where the handler's own credentials are used
 *     there
 * @param permissionsBoundaryArn boundary of the role that this type makes; null for none
 */
public record AssumedRoles(
    String environment, String dataLakeRoleArn, String dmsRoleArn, String permissionsBoundaryArn) {

  /** The environment that they come from, where they do. */
  public Optional<String> environmentName() {
    return Optional.ofNullable(environment);
  }

  /** The role in the data-lake account, where it is known. */
  public Optional<String> dataLakeRole() {
    return Optional.ofNullable(dataLakeRoleArn);
  }

  /** The role in the DMS account; empty where the handler's own credentials are used. */
  public Optional<String> dmsRole() {
    return Optional.ofNullable(dmsRoleArn);
  }
}
