package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import java.time.Duration;
import java.time.Instant;

/** The clock that CloudFormation waits by: the real one, or one that a test moves. */
public interface Time {

  /**
   * Tells the time.
   *
   * @return now
   */
  Instant now();

  /**
   * Comes back when this much time has passed.
   *
   * @param duration zero or more
   * @throws IllegalStateException when the thread was interrupted meanwhile; it stays interrupted
   */
  void pass(Duration duration);

  /**
   * The time of the machine.
   *
   * @return a clock whose {@link #pass} sleeps
   */
  static Time real() {
    return new Time() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public void pass(Duration duration) {
        try {
          Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while waiting", e);
        }
      }
    };
  }
}
