package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Locale;

/**
 * Mode for emulators of AWS that do not assign an external id to an endpoint and leave it in status
 * {@code creating}. With this mode a stack can be tested on them. On AWS an endpoint is complete
 * when it is {@code active}, and a role without an external id could be used by any customer of
 * DMS. An emulator that assigns an external id is treated like AWS.
 *
 * <p>Only {@link #SWITCH} turns the mode on; the registry never sets it.
 *
 * @param emulated whether the mode is on
 */
public record EmulatorMode(boolean emulated) {

  /**
   * Name of the system property that turns the mode on with {@code true}. The environment variable
   * has the same name in upper case with underscores.
   */
  public static final String SWITCH = "dms.s3.endpoint.lenient.emulator";

  /** Number of answers without an external id after which the endpoint is accepted. */
  private static final int MAX_ANSWERS = 5;

  /** Returns the mode that system property or environment variable request. */
  public static EmulatorMode ofProcess() {
    return new EmulatorMode(
        Boolean.getBoolean(SWITCH)
            || Boolean.parseBoolean(
                System.getenv(SWITCH.toUpperCase(Locale.ROOT).replace('.', '_'))));
  }

  /**
   * Returns whether an endpoint without an external id is accepted.
   *
   * @param answers number of answers that showed it without one
   */
  boolean acceptsMissingId(int answers) {
    return emulated && answers >= MAX_ANSWERS;
  }
}
