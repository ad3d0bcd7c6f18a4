package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;

/**
 * Calls to AWS, counted.
 *
 * @param calls in order
 */
record CallTally(List<Call> calls) {

  int size() {
    return calls.size();
  }

  /** How many of each action. */
  Map<String, Long> byAction() {
    return calls.stream()
        .collect(Collectors.groupingBy(Call::action, TreeMap::new, Collectors.counting()));
  }

  /** The actions that changed something. */
  List<String> changes() {
    return calls.stream()
        .filter(Call::succeeded)
        .filter(call -> !call.service().equals("sts"))
        .filter(call -> !call.operation().matches("(Describe|Get|List).*"))
        .map(Call::action)
        .distinct()
        .toList();
  }

  /** All actions with their numbers in one line. */
  @Override
  public String toString() {
    return byAction().entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
