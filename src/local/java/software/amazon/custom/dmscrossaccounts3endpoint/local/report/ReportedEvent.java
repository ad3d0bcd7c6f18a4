package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Instant;
import java.util.List;

/**
 * A progress event, and what led to it.
 *
 * @param status {@code IN_PROGRESS}, {@code SUCCESS} or {@code FAILED}; {@code NO_ANSWER} where
 *     none came
 * @param phase what the operation was doing until then
 * @param errorCode of a failed event, else empty
 * @param calls those of the invocation
 */
public record ReportedEvent(
    Instant at,
    String status,
    String phase,
    String errorCode,
    String message,
    List<ReportedCall> calls) {

  /** Where an invocation gave no event. */
  static final String NO_ANSWER = "NO_ANSWER";

  /** Error code and message in one text. */
  public String text() {
    if (errorCode.isEmpty() || message.isEmpty()) {
      return errorCode + message;
    }
    return errorCode + ": " + message;
  }

  /** The calls of the invocation in words. */
  public String callsInWords() {
    return ReportedCall.inWords(calls);
  }
}
