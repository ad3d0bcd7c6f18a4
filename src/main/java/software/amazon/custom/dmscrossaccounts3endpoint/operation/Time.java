package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Clock of the deadlines, and of the waits within an invocation. */
public interface Time {

  /** Returns the present moment. */
  Instant now();

  /**
   * Waits.
   *
   * @throws IllegalStateException when the thread was interrupted meanwhile; it stays interrupted
   */
  void pass(Duration time);

  /**
   * Returns the time that a library has to sleep by itself in order to wait this long. A virtual
   * clock lets the time pass here and returns zero.
   */
  default Duration left(Duration wait) {
    return wait;
  }

  /** Returns the machine's time. */
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
