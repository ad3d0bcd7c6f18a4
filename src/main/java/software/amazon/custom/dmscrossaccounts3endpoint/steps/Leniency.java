package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Set;

/**
 * What is accepted of an emulator of AWS and never of AWS itself. Some emulators give an endpoint
 * no external id, and leave it in {@code creating} for ever; whoever tests a stack on one wants the
 * stack to come up all the same. On AWS an endpoint is done when it is {@code active}, and one
 * without an external id would let any customer of DMS use the role. An emulator that plays the
 * external id is held to what AWS does.
 *
 * <p>An emulator is told by {@code AWS_ENDPOINT_URL}, by which the SDK reaches it. In the registry
 * the handler's environment is CloudFormation's, which sets no such variable.
 *
 * @param emulated whether AWS is an emulator
 */
public record Leniency(boolean emulated) {

  /** How many looks an emulator gets to behave as AWS does. */
  private static final int LOOKS = 5;

  /** What the process's settings say. */
  public static Leniency ofProcess() {
    return of(System.getProperty("aws.endpointUrl"), System.getenv().keySet());
  }

  static Leniency of(String endpointUrl, Set<String> environment) {
    return new Leniency(
        endpointUrl != null
            || environment.stream().anyMatch(key -> key.startsWith("AWS_ENDPOINT_URL")));
  }

  /**
   * Whether an endpoint without an external id is as good as it will get.
   *
   * @param looks how often it was seen so
   */
  boolean accepts(int looks) {
    return emulated && looks >= LOOKS;
  }
}
