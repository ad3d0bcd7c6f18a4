package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;

/**
 * A wait of a step.
 *
 * @param text shown to the user meanwhile
 * @param limit longest time, counted from the beginning of the phase
 * @param tooLate creates the failure that ends the operation after that time
 */
public record Wait(String text, Duration limit, Supplier<HandlerException> tooLate) {

  /** Returns a wait that ends with {@code NotStabilized}. */
  public static Wait of(String text, Duration limit, String what) {
    return new Wait(
        text,
        limit,
        () ->
            new HandlerException(
                HandlerErrorCode.NotStabilized,
                "%s within %s. Last: %s.".formatted(what, inWords(limit), text)));
  }

  /** Returns a time in words: whole minutes where it is one or more. */
  public static String inWords(Duration time) {
    return time.toMinutes() > 0
        ? time.toMinutes() + (time.toMinutes() == 1 ? " minute" : " minutes")
        : time.toSeconds() + " seconds";
  }
}
