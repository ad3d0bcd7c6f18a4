package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;

/**
 * What is waited for, for how long, and what is thrown when that was not long enough.
 *
 * @param text shown to the user while it lasts
 * @param limit counted from the beginning of the phase, or of the doubt
 * @param tooLate what ends the operation
 */
public record Wait(String text, Duration limit, Supplier<OperationFailed> tooLate) {

  /** A wait that ends with {@code NotStabilized} and the text of what was waited for last. */
  public static Wait of(String text, Duration limit, String what) {
    return new Wait(
        text,
        limit,
        () ->
            new OperationFailed(
                HandlerErrorCode.NotStabilized,
                "%s within %s. Last: %s.".formatted(what, inWords(limit), text)));
  }

  /** A time in words: whole minutes where it is one or more. */
  public static String inWords(Duration time) {
    return time.toMinutes() > 0
        ? time.toMinutes() + (time.toMinutes() == 1 ? " minute" : " minutes")
        : time.toSeconds() + " seconds";
  }
}
