package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * The pair of accounts of one environment.
 *
 * @param examination that looks at them
 * @param environment of the type configuration
 */
record Pair(Examination examination, Environment environment) {

  /** An endpoint that nobody has: what could be made is asked for it. */
  private static final String NOBODYS = "doctor";

  String name() {
    return environment.getName();
  }

  Subject subject(String what) {
    return Subject.of(name(), what);
  }

  String lakeRole() {
    return environment.getDataLakeRoleArn();
  }

  String lakeAccount() {
    return EndpointNames.accountOf(lakeRole());
  }

  /** The role that is assumed in the DMS account; empty where the execution role calls DMS. */
  Optional<String> dmsRole() {
    return Optional.ofNullable(environment.getDmsRoleArn());
  }

  String dmsAccount() {
    return dmsRole().map(EndpointNames::accountOf).orElseGet(() -> examination.caller().account());
  }

  Optional<String> boundary() {
    return Optional.ofNullable(environment.getPermissionsBoundaryArn());
  }

  /** Whether the boundary, if there is one, can be one of roles in the data-lake account. */
  boolean boundaryIsOfItsAccount() {
    return boundary()
        .map(EndpointNames::accountOf)
        .filter(account -> !account.equals(lakeAccount()) && !account.equals("aws"))
        .isEmpty();
  }

  /** The IAM path of what the type makes in the environment. */
  String path() {
    return examination.environments().options(Optional.of(name()), Optional.of(lakeRole())).path();
  }

  /** The names of an endpoint that the environment could have. */
  EndpointNames example() {
    var arn =
        EndpointNames.endpointArn(
            examination.partition(), examination.region(), dmsAccount(), NOBODYS);
    var access = DefaultNames.accessName(NOBODYS, arn);
    return new EndpointNames(
        examination.partition(),
        examination.region(),
        dmsAccount(),
        lakeAccount(),
        NOBODYS,
        NOBODYS,
        access,
        access,
        path());
  }
}
