package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.time.Instant;
import software.amazon.cloudformation.Action;

/**
 * Time that one invocation may use. CloudFormation ends an invocation after 60 seconds, a READ or a
 * LIST after 30 (handler contract); the rest is for the start of the container and the answer.
 */
public final class TimeBudget {

  /** Longest time of one call with all its attempts. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

  /** A call begins only where there is this much time for it. */
  private static final Duration SHORTEST_CALL = Duration.ofSeconds(5);

  private static final Duration MUTATING = Duration.ofSeconds(50);

  /** A READ makes five calls in a row; this lets each take five seconds. */
  private static final Duration READING = Duration.ofSeconds(28);

  private final CallClock clock;
  private final Instant end;

  /** Creates the budget of an invocation that begins now. */
  TimeBudget(Action action, CallClock clock) {
    this.clock = clock;
    var isReading = action == Action.READ || action == Action.LIST;
    this.end = clock.now().plus(isReading ? READING : MUTATING);
  }

  private Duration left() {
    return Duration.between(clock.now(), end);
  }

  /** Returns whether there is time for this wait and for another call after it. */
  public boolean allows(Duration wait) {
    return left().minus(wait).compareTo(SHORTEST_CALL) >= 0;
  }

  /**
   * Returns the longest time of the next call, with all its attempts.
   *
   * @throws OutOfTimeException where there is not enough time for a call
   */
  Duration forNextCall() {
    if (!allows(Duration.ZERO)) {
      throw new OutOfTimeException();
    }
    var left = left();
    return clock.timeout(left.compareTo(LONGEST_CALL) < 0 ? left : LONGEST_CALL);
  }
}
