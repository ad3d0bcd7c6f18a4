package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calls of one service, counted. */
public record ServiceTally(String service, List<OperationTally> operations) {

  /**
   * The calls of one operation.
   *
   * @param errors how many were answered with each error code
   */
  public record OperationTally(String operation, int calls, Map<String, Long> errors) {}

  /** All services that were called, by name. */
  static List<ServiceTally> of(List<ReportedCall> calls) {
    return calls.stream()
        .collect(groupingBy(ReportedCall::service, TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(service -> new ServiceTally(service.getKey(), operations(service.getValue())))
        .toList();
  }

  private static List<OperationTally> operations(List<ReportedCall> calls) {
    return calls.stream()
        .collect(groupingBy(ReportedCall::operation, TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(
            operation ->
                new OperationTally(
                    operation.getKey(), operation.getValue().size(), errors(operation.getValue())))
        .toList();
  }

  private static Map<String, Long> errors(List<ReportedCall> calls) {
    return calls.stream()
        .filter(ReportedCall::refused)
        .collect(groupingBy(ReportedCall::error, TreeMap::new, counting()));
  }

  /** How many calls the service had. */
  public int calls() {
    return operations.stream().mapToInt(OperationTally::calls).sum();
  }
}
