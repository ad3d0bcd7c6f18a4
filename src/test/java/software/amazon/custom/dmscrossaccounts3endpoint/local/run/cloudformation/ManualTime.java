package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/** A clock that moves only when somebody waits, and tells how long they waited. */
final class ManualTime implements Time {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<Duration> passed = new ArrayList<>();

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void pass(Duration duration) {
    passed.add(duration);
    now = now.plus(duration);
  }

  List<Duration> passed() {
    return passed;
  }
}
