package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.time.Duration;
import java.time.Instant;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;

/**
 * Waits by moving the clock of a local AWS, so that hours pass at once.
 *
 * @param clock a clock that can be advanced
 */
public record VirtualTime(LocalClock clock) implements SimulatedTime {

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void pass(Duration duration) {
    clock.advance(duration);
  }
}
