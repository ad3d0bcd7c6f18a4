package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a call that AWS throttled is made again. Within an invocation it is waited for a while where
 * something would be lost by going away: looks would have to be looked at again. Where nothing has
 * been answered yet, an operation goes away at once and comes back when {@link #absence} is over;
 * one that can't come back has nothing but the invocation.
 *
 * <p>All waits are spread, by what the invocation is about and the moment, so that those who were
 * refused together don't come back together.
 */
public final class Turns {

  /** Of the 60 seconds of an invocation (handler contract), with room for a slow call. */
  private static final Duration STAY = Duration.ofSeconds(20);

  /** Of the 30 seconds of a read or a list. */
  private static final Duration SHORT_STAY = Duration.ofSeconds(12);

  private static final double FIRST_OF_A_READ = 1;

  /** A longer wait than this is one between invocations. */
  private static final double LONGEST_WAIT = 15;

  /** Nobody stays away for longer because of what it alone was refused. */
  private static final double LONGEST_ALONE = 120;

  /** The fractional part of the golden ratio's multiples is spread evenly. */
  private static final double GOLDEN_RATIO = 0.6180339887498949;

  private final Congestion congestion;
  private final Supplier<Instant> now;
  private final Consumer<Duration> pause;
  private final Instant begun;
  private final int about;
  private boolean comesBack;
  private boolean answered;
  private int refusals;
  private @Nullable String refusedLast;

  /**
   * The turns of an invocation.
   *
   * @param about what the invocation is about, whatever tells it from others
   */
  Turns(
      Congestion congestion,
      Supplier<Instant> now,
      Consumer<Duration> pause,
      @Nullable Object about) {
    this.congestion = congestion;
    this.now = now;
    this.pause = pause;
    this.begun = now.get();
    this.about = about == null ? 0 : about.hashCode();
  }

  /** A call was answered, be it with an error. */
  void answered(String where) {
    answered = true;
    congestion.answered(where);
  }

  /**
   * A call was throttled.
   *
   * @param attempt how often this very call was, from 0
   * @return whether to make it again, now that it was waited for; otherwise the failure goes on
   */
  boolean again(String where, int attempt) {
    congestion.refused(where);
    refusedLast = where;
    refusals++;
    if (comesBack && !answered) {
      return false;
    }
    // There is no time in a read for the turns of all others.
    var first =
        comesBack
            ? Math.max(Congestion.SHORTEST, Math.min(LONGEST_WAIT, congestion.seconds(where)))
            : FIRST_OF_A_READ;
    var wait = Duration.ofMillis((long) (1000 * spread(first * (1 << Math.min(attempt, 5)))));
    if (now.get().plus(wait).isAfter(begun.plus(comesBack ? STAY : SHORT_STAY))) {
      return false;
    }
    pause.accept(wait);
    return true;
  }

  /**
   * Runs something whose failure an operation can come back after.
   *
   * @return what it returns
   */
  public <T> T comingBack(Supplier<T> step) {
    var before = comesBack;
    comesBack = true;
    try {
      return step.get();
    } finally {
      comesBack = before;
    }
  }

  /** Whether any call of the invocation was throttled. */
  public boolean anyRefused() {
    return refusals > 0;
  }

  /**
   * How long an operation that was throttled stays away.
   *
   * @param before how long it stayed away the last time, in seconds; 0 where it did not
   * @return seconds, before they are {@linkplain #spread spread}
   */
  public double absence(double before) {
    var known = refusedLast == null ? 0 : congestion.seconds(refusedLast);
    var alone = Math.min(LONGEST_ALONE, Math.max(Congestion.SHORTEST, 2 * before));
    return Math.max(known, alone);
  }

  /** A time between a half and one and a half of this. */
  public double spread(double seconds) {
    var seed = (31L * about + now.get().getEpochSecond()) * 31 + refusals;
    var fraction = (seed & 0xffff_ffffL) * GOLDEN_RATIO % 1;
    return seconds * (0.5 + fraction);
  }
}
