package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;

/**
 * Wait of a step.
 *
 * @param text shown to the user meanwhile
 * @param limit longest time, counted from the beginning of the phase
 * @param timeout creates the failure that ends the operation after that time
 */
public record Wait(String text, Duration limit, Supplier<HandlerException> timeout) {

  /**
   * Returns a wait that ends with {@code NotStabilized}.
   *
   * @param text shown to the user meanwhile
   * @param limit longest time, counted from the beginning of the phase
   * @param problem beginning of the failure's message, to which the limit is added
   */
  public static Wait of(String text, Duration limit, String problem) {
    return new Wait(
        text,
        limit,
        () ->
            new HandlerException(
                HandlerErrorCode.NotStabilized,
                "%s within %s. Last status: %s.".formatted(problem, inWords(limit), text)));
  }

  /** Returns a time as text: in whole minutes from one minute on, otherwise in seconds. */
  public static String inWords(Duration time) {
    return time.toMinutes() > 0
        ? time.toMinutes() + (time.toMinutes() == 1 ? " minute" : " minutes")
        : time.toSeconds() + " seconds";
  }
}
