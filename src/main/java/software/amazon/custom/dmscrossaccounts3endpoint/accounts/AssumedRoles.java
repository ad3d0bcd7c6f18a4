package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.Optional;

/**
 * Which roles are assumed for one endpoint.
 *
 * @param environment entry of the type configuration that they come from; empty where the template
 *     names them
 * @param dataLakeRole role in the data-lake account; empty only for an endpoint that this type did
 *     not make
 * @param dmsRole role in the DMS account; empty where the handler's own credentials are used there
 * @param boundary of the role that this type makes
 */
public record AssumedRoles(
    Optional<String> environment,
    Optional<String> dataLakeRole,
    Optional<String> dmsRole,
    Boundary boundary) {

  /** The role in the data-lake account of an endpoint of this type. */
  public String dataLakeRoleArn() {
    return dataLakeRole.orElseThrow();
  }
}
