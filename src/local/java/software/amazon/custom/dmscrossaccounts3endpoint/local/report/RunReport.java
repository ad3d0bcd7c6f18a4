package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.arns.Arn;

/**
 * What happened in a run.
 *
 * @param failedStep the step that did not hold, empty where none failed or steps have no names
 * @param began the moment that all times of the report count from
 * @param calls all calls, those of no endpoint included, in the order in which they were answered
 * @param unattributed how many of them are those of no endpoint
 */
public record RunReport(
    RunFacts facts,
    Ending ending,
    String failedStep,
    Instant began,
    Instant ended,
    List<EndpointRun> endpoints,
    List<ReportedCall> calls,
    int unattributed) {

  /**
   * Endpoints that belong together.
   *
   * @param name empty where there are no groups
   */
  public record Group(String name, List<EndpointRun> endpoints) {}

  /**
   * What one account holds that it did not hold at the start.
   *
   * @param use what the account is for
   */
  public record AccountLeft(String account, String use, List<String> arns) {}

  /** How long it took. */
  public Duration lasted() {
    return Duration.between(began, ended);
  }

  /** The endpoints in their groups, in the order in which each began. */
  public List<Group> groups() {
    return endpoints.stream()
        .collect(
            Collectors.groupingBy(
                run -> run.subject().group(), LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(group -> new Group(group.getKey(), group.getValue()))
        .toList();
  }

  /** The calls, counted service by service. */
  public List<ServiceTally> services() {
    return ServiceTally.of(calls);
  }

  /** How many events all endpoints have. */
  public int events() {
    return endpoints.stream().mapToInt(EndpointRun::events).sum();
  }

  /** How soon endpoints were ready; empty where none was. */
  public Optional<ReadyTimes> readyTimes() {
    return ReadyTimes.of(endpoints);
  }

  /** The endpoints whose roles have a history of trust. */
  public List<EndpointRun> trusted() {
    return endpoints.stream().filter(run -> !run.trust().versions().isEmpty()).toList();
  }

  /** The phases that any operation was in, in the order in which they came first. */
  public List<String> phases() {
    return endpoints.stream()
        .flatMap(run -> run.operations().stream())
        .flatMap(operation -> operation.phases().stream())
        .map(OperationRun.Phase::name)
        .distinct()
        .toList();
  }

  /** What is left, account by account. */
  public List<AccountLeft> left() {
    Map<String, List<String>> byAccount = new LinkedHashMap<>();
    facts.accounts().keySet().forEach(account -> byAccount.put(account, new ArrayList<>()));
    for (var arn : ending.left()) {
      var account = Arn.fromString(arn).accountId().orElse("");
      byAccount.computeIfAbsent(account, key -> new ArrayList<>()).add(arn);
    }
    return byAccount.entrySet().stream()
        .map(
            each ->
                new AccountLeft(
                    each.getKey(),
                    facts.accounts().getOrDefault(each.getKey(), ""),
                    List.copyOf(each.getValue())))
        .toList();
  }
}
