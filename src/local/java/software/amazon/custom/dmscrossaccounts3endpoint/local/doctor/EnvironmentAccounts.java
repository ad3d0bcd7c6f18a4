package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * The two accounts of an environment.
 *
 * @param environment of the type configuration
 */
record EnvironmentAccounts(CheckContext context, Environment environment) {

  /** Name of an endpoint that does not exist: permissions are checked for it. */
  private static final String EXAMPLE = "doctor";

  String name() {
    return environment.getName();
  }

  /** Returns the findings of a check of something of this environment. */
  List<Finding> check(String what, Consumer<CheckTarget> check) {
    return new CheckTarget(name(), what).attempt(check).findings();
  }

  String lakeRole() {
    return environment.getDataLakeRoleArn();
  }

  String lakeAccount() {
    return EndpointNames.accountOf(lakeRole());
  }

  /** Returns the role in the DMS account; empty where the execution role calls DMS. */
  Optional<String> dmsRole() {
    return Optional.ofNullable(environment.getDmsRoleArn());
  }

  String dmsAccount() {
    return dmsRole().map(EndpointNames::accountOf).orElseGet(() -> context.caller().account());
  }

  Optional<String> boundary() {
    return Optional.ofNullable(environment.getPermissionsBoundaryArn());
  }

  /**
   * Returns whether the boundary, if there is one, can be one of roles in the data-lake account.
   */
  boolean boundaryIsOfItsAccount() {
    return boundary()
        .map(EndpointNames::accountOf)
        .filter(account -> !account.equals(lakeAccount()) && !account.equals("aws"))
        .isEmpty();
  }

  /** Returns the IAM path of roles and policies that the type creates. */
  String path() {
    return context.environments().options(Optional.of(name()), Optional.of(lakeRole())).path();
  }

  /** Returns the names of an endpoint that the environment could have. */
  EndpointNames example() {
    var partition = context.clients().partition();
    var arn = EndpointNames.endpointArn(partition, context.region(), dmsAccount(), EXAMPLE);
    var access = DefaultNames.accessName(EXAMPLE, arn);
    return new EndpointNames(
        partition,
        context.region(),
        dmsAccount(),
        lakeAccount(),
        EXAMPLE,
        EXAMPLE,
        access,
        access,
        path());
  }
}
