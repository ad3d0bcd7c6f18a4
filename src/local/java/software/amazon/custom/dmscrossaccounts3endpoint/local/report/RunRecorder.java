package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.arns.Arn;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;

/**
 * Recorder of a run: the events of every endpoint and the calls that reached the local AWS. Safe
 * for use by several threads; a report can be made at any moment.
 */
public final class RunRecorder {

  /** A call and its place in the order of all that happened; virtual time does not tell it. */
  record NumberedCall(int number, Call call) {}

  private final Supplier<Instant> clock;
  private final Instant began;
  private final List<EndpointRecorder> endpoints = new ArrayList<>();
  private final List<NumberedCall> calls = new ArrayList<>();
  private int number;

  /**
   * Begins a record.
   *
   * @param clock the time that the run goes by
   */
  public RunRecorder(Supplier<Instant> clock) {
    this.clock = clock;
    this.began = clock.get();
  }

  /** Records one more endpoint; the report has them in this order. */
  public synchronized EndpointRecorder endpoint(EndpointOfRun subject) {
    var recorder = new EndpointRecorder(this, subject);
    endpoints.add(recorder);
    return recorder;
  }

  /** Takes a call; {@code LocalAws.observe} gives them in the order in which they were answered. */
  public synchronized void called(Call call) {
    calls.add(new NumberedCall(++number, call));
  }

  /**
   * Returns the run so far.
   *
   * @param failure why a step did not hold; empty where every step held
   * @param left ARNs of resources that were not there at the start
   */
  public synchronized RunReport report(
      RunFacts facts, Optional<String> failure, Collection<String> left) {
    var owners = new CallOwners(endpoints);
    Map<EndpointRecorder, Deque<NumberedCall>> owned = new HashMap<>();
    var others = new ArrayList<RunReport.Call>();
    for (var call : calls) {
      owners
          .of(call.call())
          .ifPresentOrElse(
              owner -> owned.computeIfAbsent(owner, key -> new ArrayDeque<>()).add(call),
              () -> others.add(reported(call.call())));
    }
    var reports = new ArrayList<RunReport.Endpoint>();
    for (var endpoint : endpoints) {
      var its = owned.getOrDefault(endpoint, new ArrayDeque<>());
      reports.add(endpoint.report(its));
      its.forEach(call -> others.add(reported(call.call())));
    }
    var end =
        reports.stream()
            .flatMap(endpoint -> endpoint.operations().stream())
            .mapToDouble(RunReport.Operation::end)
            .reduce(seconds(clock.get()), Math::max);
    var step =
        endpoints.stream()
            .map(EndpointRecorder::lastStep)
            .filter(Objects::nonNull)
            .reduce("", (first, second) -> second);
    return new RunReport(
        facts,
        failure.isEmpty(),
        failure.orElse("every step held"),
        failure.isEmpty() ? "" : step,
        began.toString(),
        end,
        List.copyOf(reports),
        List.copyOf(others),
        byAccount(facts, left));
  }

  private static List<RunReport.AccountLeft> byAccount(RunFacts facts, Collection<String> left) {
    Map<String, List<String>> byAccount = new LinkedHashMap<>();
    facts.accounts().keySet().forEach(account -> byAccount.put(account, new ArrayList<>()));
    for (var arn : left) {
      var account = Arn.fromString(arn).accountId().orElse("");
      byAccount.computeIfAbsent(account, key -> new ArrayList<>()).add(arn);
    }
    return byAccount.entrySet().stream()
        .map(
            each ->
                new RunReport.AccountLeft(
                    each.getKey(),
                    facts.accounts().getOrDefault(each.getKey(), ""),
                    List.copyOf(each.getValue())))
        .toList();
  }

  RunReport.Call reported(Call call) {
    return new RunReport.Call(
        seconds(call.at()),
        call.service(),
        call.operation(),
        call.error() == null ? "" : call.error());
  }

  double seconds(Instant moment) {
    return Duration.between(began, moment).toMillis() / 1000.0;
  }

  Instant now() {
    return clock.get();
  }

  int next() {
    return ++number;
  }
}
