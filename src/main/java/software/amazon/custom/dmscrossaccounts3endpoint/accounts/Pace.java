package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast a service of an account takes calls, as far as a container has learned. AWS tells nobody
 * how fast, nor how many others call it at the same time; so nothing is known, and nothing held
 * back, until a call is throttled. From then on it is a token bucket of the container's own, which
 * fills at a rate that grows with every answer and shrinks with every refusal, so that the calls of
 * a container come just a little faster than they are let through. Who is under way takes a token
 * in advance and waits for it; who has not begun may begin where there is more than those need.
 *
 * <p>What is known is forgotten where no call has been throttled for a while. The numbers are those
 * with which crowds of 36 to 2,000 operations in 1 to 200 containers made few calls and were soon
 * done; how AWS throttles is documented for no service that is called here but DMS (user guide,
 * "Quotas"), and what is measured is five calls a second after a burst of twenty.
 */
final class Pace {

  /**
   * The longest wait for a token, in seconds: who is under way has looks to lose, and rather calls.
   */
  private static final double LONGEST_WAIT = 5;

  /** The rate after the first refusal, in calls per second: of others nothing is known. */
  private static final double FIRST = 0.1;

  private static final double SLOWEST = 0.02;
  private static final double FASTEST = 100;

  /** How the rate grows with an answer as long as it was never too fast. */
  private static final double FIRST_GROWTH = 2;

  private static final double GROWTH = 1.02;
  private static final double SHRINKAGE = 0.85;

  /** How many tokens there may be, or as many as two seconds bring. */
  private static final double ROOM = 3;

  private static final double ROOM_SECONDS = 2;

  /** How many there have to be for an operation to begin. */
  private static final double TO_BEGIN = 2;

  /** How long what is known is true, in seconds. */
  private static final double MEMORY = 300;

  /** Longer than this nobody stays away who has not begun, in seconds. */
  private static final double LONGEST_IN_LINE = 200;

  /** The same as long as the rate may be much too slow. */
  private static final double LONGEST_AT_FIRST = 60;

  /** In calls per second; 0 where nothing is known. */
  private double rate;

  private double tokens;

  /** In epoch seconds. */
  private double filledAt;

  private double refusedAt;

  /** Whether there was a second refusal. */
  private boolean everTooFast;

  private int waiting;

  /** A call was throttled. */
  synchronized void refused(Instant now) {
    forgetOrFill(now);
    everTooFast = rate > 0;
    rate = everTooFast ? Math.max(SLOWEST, rate * SHRINKAGE) : FIRST;
    tokens = everTooFast ? Math.min(tokens, 0) : 0;
    refusedAt = seconds(now);
  }

  /** A call was answered. */
  synchronized void answered() {
    rate = Math.min(FASTEST, rate * (everTooFast ? GROWTH : FIRST_GROWTH));
  }

  /** Takes a token for a call that is made in any case, after this time. */
  synchronized Duration take(Instant now) {
    forgetOrFill(now);
    if (rate == 0) {
      return Duration.ZERO;
    }
    tokens = Math.max(tokens - 1, -LONGEST_WAIT * rate);
    return Duration.ofMillis((long) (1000 * Math.max(0, -tokens / rate)));
  }

  /** Takes a token for the first call of an operation, unless others are to go first. */
  synchronized boolean takeFirst(Instant now) {
    forgetOrFill(now);
    if (rate == 0) {
      return true;
    }
    if (tokens < TO_BEGIN) {
      return false;
    }
    tokens--;
    return true;
  }

  /** One more operation waits until it may begin. */
  synchronized void joined() {
    waiting++;
  }

  /** One that had waited has begun; be it that it waited for another container. */
  synchronized void left() {
    waiting = Math.max(0, waiting - 1);
  }

  /** How long whoever has not begun stays away, in seconds: a token for each of those who wait. */
  synchronized double secondsInLine() {
    return Math.min(everTooFast ? LONGEST_IN_LINE : LONGEST_AT_FIRST, waiting * secondsForOne());
  }

  /** How long a token takes, in seconds; 0 where nothing is known. */
  synchronized double secondsForOne() {
    return rate == 0 ? 0 : 1 / rate;
  }

  private void forgetOrFill(Instant now) {
    if (rate > 0 && seconds(now) - refusedAt > MEMORY) {
      rate = 0;
      waiting = 0;
    }
    var more = Math.max(0, seconds(now) - filledAt) * rate;
    tokens = Math.min(Math.max(ROOM, ROOM_SECONDS * rate), tokens + more);
    filledAt = seconds(now);
  }

  private static double seconds(Instant now) {
    return now.toEpochMilli() / 1000.0;
  }
}
