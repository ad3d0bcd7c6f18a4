package software.amazon.custom.dmscrossaccounts3endpoint;

import com.fasterxml.jackson.databind.JsonMappingException;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.Action;

/** Describes problems of a request that prevent a handler from running. */
final class RequestProblems {

  private RequestProblems() {}

  /** Returns the message for a value of the wrong type, with its path within the model. */
  static String of(JsonMappingException e) {
    var path = new StringBuilder();
    e.getPath().stream()
        .map(r -> r.getFieldName() == null ? String.valueOf(r.getIndex()) : r.getFieldName())
        .filter(name -> !name.equals("requestData") && !name.equals("resourceProperties"))
        .forEach(name -> path.append(path.isEmpty() ? "" : ".").append(name));
    return "%s has a value of the wrong type: %s"
        .formatted(path.isEmpty() ? "The request" : path.toString(), firstLine(e));
  }

  /** Returns the message for a missing action, account or Region; null where none is missing. */
  static @Nullable String of(
      @Nullable Action action, @Nullable String region, @Nullable String account) {
    if (action == null) {
      return "The request has no action.";
    }
    if (account == null || !account.matches("[0-9]{12}")) {
      return "The request has no valid account id.";
    }
    return region == null || !region.matches("[a-z]{2,}(-[a-z]{1,20}){1,4}-[0-9]{1,3}")
        ? "The request has no valid Region."
        : null;
  }

  /** Returns the first line of a message. The other lines of Jackson contain the input. */
  static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
