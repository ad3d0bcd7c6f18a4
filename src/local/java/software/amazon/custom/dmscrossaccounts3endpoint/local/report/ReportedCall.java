package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;

/**
 * A call to AWS, without what was asked.
 *
 * @param service {@code dms}, {@code iam}, {@code sts} or another
 * @param error the error code that was answered, empty when the call succeeded
 */
public record ReportedCall(Instant at, String service, String operation, String error) {

  static ReportedCall of(Call call) {
    return new ReportedCall(
        call.at(), call.service(), call.operation(), call.error() == null ? "" : call.error());
  }

  /** Whether AWS did not do it. */
  public boolean refused() {
    return !error.isEmpty();
  }

  /** The action, and the error where there was one. */
  public String inWords() {
    return service + ":" + operation + (refused() ? " (" + error + ")" : "");
  }

  /** Calls in the order in which each was made first, with their numbers. */
  static String inWords(List<ReportedCall> calls) {
    var counted = new LinkedHashMap<String, Integer>();
    calls.forEach(call -> counted.merge(call.inWords(), 1, Integer::sum));
    return counted.entrySet().stream()
        .map(each -> each.getKey() + (each.getValue() == 1 ? "" : " ×" + each.getValue()))
        .collect(Collectors.joining(", "));
  }
}
