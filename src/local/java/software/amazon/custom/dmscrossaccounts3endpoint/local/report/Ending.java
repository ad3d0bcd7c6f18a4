package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.Collection;
import java.util.List;

/**
 * How a run ended.
 *
 * @param held whether every step held
 * @param message what the run says at its end
 * @param left ARNs of what the accounts hold that they did not hold at the start
 */
public record Ending(boolean held, String message, List<String> left) {

  /** Every step held. */
  public static Ending held(Collection<String> left) {
    return new Ending(true, "every step held", List.copyOf(left));
  }

  /**
   * A step did not hold.
   *
   * @param message which, and why
   */
  public static Ending failed(String message, Collection<String> left) {
    return new Ending(false, message, List.copyOf(left));
  }
}
