package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How soon endpoints were ready: the time from the first invocation of a create to its success.
 *
 * @param sorted the shortest first; never empty
 */
public record ReadyTimes(List<Duration> sorted) {

  /** Those of the endpoints that became ready; empty where none did. */
  static Optional<ReadyTimes> of(List<EndpointRun> endpoints) {
    var times = endpoints.stream().flatMap(run -> run.timeToReady().stream()).sorted().toList();
    return times.isEmpty() ? Optional.empty() : Optional.of(new ReadyTimes(times));
  }

  /** The shortest. */
  public Duration least() {
    return sorted.get(0);
  }

  /** Half of the endpoints took no longer. */
  public Duration median() {
    return quantile(0.5);
  }

  /** Nine of ten endpoints took no longer. */
  public Duration ninety() {
    return quantile(0.9);
  }

  /** The longest. */
  public Duration most() {
    return sorted.get(sorted.size() - 1);
  }

  private Duration quantile(double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
