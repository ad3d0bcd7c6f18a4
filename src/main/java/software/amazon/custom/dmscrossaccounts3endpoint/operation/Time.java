package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.CallClock;

/** Clock for deadlines and for waits within an invocation. */
public interface Time extends CallClock {

  /**
   * Waits for a time.
   *
   * @throws IllegalStateException when the thread is interrupted while it waits; the interrupt flag
   *     stays set
   */
  void pass(Duration time);

  /** Returns the clock of the machine. */
  static Time ofMachine() {
    return new Time() {
      private final Clock clock = Clock.systemUTC();

      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public void pass(Duration time) {
        try {
          Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while waiting", e);
        }
      }
    };
  }
}
