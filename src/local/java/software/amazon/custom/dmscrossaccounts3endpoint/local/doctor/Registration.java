package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.DescribeTypeResponse;
import software.amazon.awssdk.services.cloudformation.model.RegistryType;
import software.amazon.awssdk.services.cloudformation.model.TypeNotFoundException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;

/** The type as it is registered in the caller's account and Region; asked for once. */
final class Registration {

  private final ServiceClients clients;
  private final Runner caller;
  private final String typeName;
  private @Nullable Object answer;

  Registration(ServiceClients clients, Runner caller, String typeName) {
    this.clients = clients;
    this.caller = caller;
    this.typeName = typeName;
  }

  /**
   * Its default version; empty where no type of that name is registered.
   *
   * @throws AwsCallException where it can't be told
   */
  Optional<DescribeTypeResponse> described() {
    if (answer == null) {
      answer = ask();
    }
    if (answer instanceof AwsCallException failed) {
      if (failed.is(TypeNotFoundException.class)) {
        return Optional.empty();
      }
      throw failed;
    }
    return Optional.of((DescribeTypeResponse) answer);
  }

  private Object ask() {
    try (var cloudFormation = clients.cloudFormation(caller.credentials())) {
      return AwsCalls.made(
          "cloudformation:DescribeType",
          caller.arn(),
          () -> cloudFormation.describeType(r -> r.type(RegistryType.RESOURCE).typeName(typeName)));
    } catch (AwsCallException e) {
      return e;
    }
  }

  /** The role that its handlers run as; empty where there is none or it can't be told. */
  Optional<String> executionRole() {
    try {
      return described().map(DescribeTypeResponse::executionRoleArn);
    } catch (AwsCallException e) {
      return Optional.empty();
    }
  }
}
