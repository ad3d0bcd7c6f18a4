package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Locale;

/**
 * What is accepted of an emulator of AWS and never of AWS itself. Some emulators give an endpoint
 * no external id, and leave it in {@code creating} for ever; whoever tests a stack on one wants the
 * stack to come up all the same. On AWS an endpoint is done when it is {@code active}, and one
 * without an external id would let any customer of DMS use the role. An emulator that plays the
 * external id is held to what AWS does.
 *
 * <p>An emulator is declared by {@link #SWITCH} and by nothing else; the registry never sets it.
 *
 * @param emulated whether AWS is an emulator that needs this
 */
public record EmulatorMode(boolean emulated) {

  /** System property, or in capitals and with underscores environment variable: {@code true}. */
  public static final String SWITCH = "dms.s3.endpoint.lenient.emulator";

  /** How many looks an emulator gets to behave as AWS does. */
  private static final int LOOKS = 5;

  /** What the process's settings say. */
  public static EmulatorMode ofProcess() {
    return new EmulatorMode(
        Boolean.getBoolean(SWITCH)
            || Boolean.parseBoolean(
                System.getenv(SWITCH.toUpperCase(Locale.ROOT).replace('.', '_'))));
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
