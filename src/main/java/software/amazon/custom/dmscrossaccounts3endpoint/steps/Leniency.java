package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import software.amazon.awssdk.services.databasemigration.model.Endpoint;

/**
 * What is accepted of an emulator of AWS and never of AWS itself. Some emulators leave an endpoint
 * in {@code creating} for ever, and give it no external id; whoever tests a stack on one wants the
 * stack to come up all the same. On AWS an endpoint is done when it is {@code active}, and one
 * without an external id would let any customer of DMS use the role.
 *
 * <p>An emulator is told by {@code AWS_ENDPOINT_URL}, by which the SDK reaches it. In the registry
 * the handler's environment is CloudFormation's, which sets no such variable.
 *
 * @param emulated whether AWS is an emulator
 */
public record Leniency(boolean emulated) {

  /** How many looks an emulator gets to behave as AWS does. */
  private static final int LOOKS = 4;

  /** What the process's settings say. */
  public static Leniency ofProcess() {
    return new Leniency(
        System.getProperty("aws.endpointUrl") != null
            || System.getenv().keySet().stream().anyMatch(k -> k.startsWith("AWS_ENDPOINT_URL")));
  }

  boolean acceptsAsActive(Endpoint endpoint, int looks) {
    return emulated && looks >= LOOKS && "creating".equals(endpoint.status());
  }

  boolean acceptsWithoutExternalId(int looks) {
    return emulated && looks >= LOOKS;
  }
}
