package software.amazon.custom.dmscrossaccounts3endpoint;

import com.fasterxml.jackson.databind.JsonMappingException;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.Action;

/** What is wrong with a request before any handler sees it, in words. */
final class RequestProblems {

  private RequestProblems() {}

  /** What a value of the wrong type is called, by its path within the model. */
  static String of(JsonMappingException e) {
    var path = new StringBuilder();
    e.getPath().stream()
        .map(r -> r.getFieldName() == null ? String.valueOf(r.getIndex()) : r.getFieldName())
        .filter(name -> !name.equals("requestData") && !name.equals("resourceProperties"))
        .forEach(name -> path.append(path.isEmpty() ? "" : ".").append(name));
    return "%s has a value of the wrong type: %s"
        .formatted(path.isEmpty() ? "The request" : path.toString(), firstLine(e));
  }

  /** What the handlers can't do without; null where it is all there. */
  static @Nullable String of(
      @Nullable Action action, @Nullable String region, @Nullable String account) {
    if (action == null) {
      return "The request names no action.";
    }
    if (account == null || !account.matches("[0-9]{12}")) {
      return "The request names no account.";
    }
    return region == null || !region.matches("[a-z]{2,}(-[a-z]{1,20}){1,4}-[0-9]{1,3}")
        ? "The request names no Region."
        : null;
  }

  /** The first line of a message: Jackson's others show the input. */
  static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
