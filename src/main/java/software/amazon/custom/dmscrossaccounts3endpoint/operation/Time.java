package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time that deadlines run by, and that a handler may let pass within an invocation. */
public interface Time {

  /** The present moment. */
  Instant now();

  /**
   * Returns when this much time has passed.
   *
   * @throws IllegalStateException when the thread was interrupted meanwhile; it stays interrupted
   */
  void pass(Duration time);

  /** The machine's time. */
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
