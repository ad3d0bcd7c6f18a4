package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;

/**
 * Records a run while it happens: every endpoint's events, and every call that reached the local
 * AWS. Used by several threads at once; a report can be made at any moment.
 */
public final class RunRecorder {
  private final Supplier<Instant> clock;
  private final Instant began;
  private final List<EndpointRecorder> endpoints = new ArrayList<>();
  private final List<Recorded.Called> calls = new ArrayList<>();
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

  /** Records one more endpoint; endpoints are reported in the order of this. */
  public synchronized EndpointRecorder endpoint(EndpointOfRun subject) {
    var recorder = new EndpointRecorder(this, subject);
    endpoints.add(recorder);
    return recorder;
  }

  /** Takes a call; {@code LocalAws.observe} gives them in the order in which they were answered. */
  public void called(Call call) {
    inOrder(next -> calls.add(new Recorded.Called(next, call)));
  }

  /** What was recorded so far, as a value that does not change any more. */
  public synchronized RunReport report(RunFacts facts, Ending ending) {
    var lastStep =
        endpoints.stream()
            .map(EndpointRecorder::lastStep)
            .filter(step -> step != null)
            .reduce((first, second) -> second);
    var runs = EndpointRuns.of(endpoints, calls);
    return new RunReport(
        facts,
        ending,
        ending.held() ? "" : lastStep.orElse(""),
        began,
        runs.lastOf(clock.get()),
        runs.all(),
        calls.stream().map(called -> ReportedCall.of(called.call())).toList(),
        runs.unattributed());
  }

  Instant now() {
    return clock.get();
  }

  synchronized void inOrder(IntConsumer record) {
    record.accept(++number);
  }
}
