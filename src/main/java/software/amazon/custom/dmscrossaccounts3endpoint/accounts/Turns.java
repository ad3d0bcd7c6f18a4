package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is where AWS throttles: when the calls of an invocation are made, and made again.
 * What lies behind is the {@link Pace} of the container. An operation that has not begun waits
 * outside, without a call. One that is under way waits within its invocation for a while, where it
 * would have to look again at what it has seen, and otherwise goes away and comes back. One that
 * can't come back, because it is a read or a list, is let ahead, and has nothing but the
 * invocation.
 *
 * <p>Whoever was refused comes back at a time that is spread, by what the invocation is about and
 * the moment, so that those who were refused together don't.
 */
public final class Turns {

  /** How an operation stands among those that wait for the same. */
  public enum Standing {
    /** It has changed nothing and was not sent away so far. */
    NEW,
    /** It has changed nothing and was sent away before. */
    WAITING,
    /** It is under way. */
    BEGUN
  }

  /** Of the 60 seconds of an invocation (handler contract), with room for a slow call. */
  private static final Duration STAY = Duration.ofSeconds(20);

  /** Of the 30 seconds of a read or a list. */
  private static final Duration SHORT_STAY = Duration.ofSeconds(12);

  private static final double FIRST_OF_A_READ = 1;

  /** How long anybody stays away at least, in seconds. */
  private static final double SHORTEST = 3;

  /** A longer wait than this is one between invocations. */
  private static final double LONGEST_WAIT = 15;

  /** Nobody stays away for longer because of what it alone was refused. */
  private static final double LONGEST_ALONE = 120;

  /** The fractional part of the golden ratio's multiples is spread evenly. */
  private static final double GOLDEN_RATIO = 0.6180339887498949;

  private final Map<String, Pace> paces;
  private final Supplier<Instant> now;
  private final Consumer<Duration> pause;
  private final Instant begun;
  private final int about;
  private Standing standing = Standing.BEGUN;
  private boolean comesBack;
  private boolean answered;
  private int refusals;
  private @Nullable Pace busy;

  /**
   * The turns of an invocation.
   *
   * @param paces what the container has learned, by service and account
   * @param about what the invocation is about, whatever tells it from others
   */
  Turns(
      Map<String, Pace> paces,
      Supplier<Instant> now,
      Consumer<Duration> pause,
      @Nullable Object about) {
    this.paces = paces;
    this.now = now;
    this.pause = pause;
    this.begun = now.get();
    this.about = about == null ? 0 : about.hashCode();
  }

  private Pace pace(String where) {
    return paces.computeIfAbsent(where, w -> new Pace());
  }

  /**
   * Returns when a call may be made.
   *
   * @throws NotYet where the operation is to wait outside
   */
  void await(String where) {
    if (!comesBack) {
      return;
    }
    var pace = pace(where);
    if (isOutside()) {
      if (!pace.takeFirst(now.get())) {
        busy = pace;
        throw new NotYet(where);
      }
      return;
    }
    var wait = pace.take(now.get());
    if (!wait.isZero() && hasTimeFor(wait)) {
      pause.accept(wait);
    }
  }

  /** Whether the operation has not begun. */
  private boolean isOutside() {
    return standing != Standing.BEGUN && !answered;
  }

  private boolean hasTimeFor(Duration wait) {
    return !now.get().plus(wait).isAfter(begun.plus(comesBack ? STAY : SHORT_STAY));
  }

  /** A call was answered, be it with an error. */
  void answered(String where) {
    var pace = pace(where);
    if (standing == Standing.WAITING && !answered) {
      pace.left();
    }
    answered = true;
    pace.answered();
  }

  /**
   * A call was throttled.
   *
   * @param attempt how often this very call was, from 0
   * @return whether to make it again, now that it was waited for; otherwise the failure goes on
   */
  boolean again(String where, int attempt) {
    busy = pace(where);
    busy.refused(now.get());
    refusals++;
    if (comesBack && !answered) {
      return false;
    }
    // There is no time in a read for the turns of all others.
    var longer = (comesBack ? SHORTEST : FIRST_OF_A_READ) * (1 << Math.min(attempt, 5));
    var needed =
        comesBack ? Math.min(LONGEST_WAIT, Math.max(longer, busy.secondsForOne())) : longer;
    var wait = Duration.ofMillis((long) (1000 * spread(needed)));
    if (!hasTimeFor(wait)) {
      return false;
    }
    pause.accept(wait);
    return true;
  }

  /**
   * Runs something whose failure an operation can come back after.
   *
   * @param as how the operation stands
   * @return what it returns
   * @throws NotYet where the operation is to wait until it may begin
   */
  public <T> T comingBack(Standing as, Supplier<T> step) {
    var before = comesBack;
    comesBack = true;
    standing = as;
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
   * How long an operation that was throttled stays away if it knows of nobody else.
   *
   * @param before how long that was the last time, in seconds; 0 for the first
   * @return seconds
   */
  public static double longer(double before) {
    return Math.min(LONGEST_ALONE, Math.max(SHORTEST, 2 * before));
  }

  /**
   * Sends the operation away from what is busy.
   *
   * @param alone how long it stays away if it knows of nobody else, in seconds
   * @return how long it stays away, in seconds, before that is {@linkplain #spread spread}
   */
  public double sendAway(double alone) {
    var least = Math.max(SHORTEST, alone);
    if (busy == null) {
      return least;
    }
    if (!isOutside()) {
      return Math.max(least, Math.min(LONGEST_WAIT, busy.secondsForOne()));
    }
    if (standing == Standing.NEW) {
      busy.joined();
    }
    return Math.max(least, busy.secondsInLine());
  }

  /** A time between a half and one and a half of this. */
  public double spread(double seconds) {
    var seed = (31L * about + now.get().getEpochSecond()) * 31 + refusals;
    var fraction = (seed & 0xffff_ffffL) * GOLDEN_RATIO % 1;
    return seconds * (0.5 + fraction);
  }
}
