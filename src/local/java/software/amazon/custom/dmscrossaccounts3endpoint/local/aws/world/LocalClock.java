package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The time of a local AWS: what is creating, deleting, propagating or expiring goes by it. Nothing
 * here ever sleeps; state is worked out from the time when it is asked for.
 */
public abstract class LocalClock extends Clock {
  /** The machine's time. It can't be advanced. */
  public static LocalClock system() {
    return new Running();
  }

  /**
   * A time that stands still until it is advanced. It starts at the machine's present second,
   * because clients compare the expiration of sessions with the machine's clock.
   */
  public static LocalClock virtual() {
    return virtual(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** A time that stands still at {@code start} until it is advanced. */
  public static LocalClock virtual(Instant start) {
    return new Standing(start);
  }

  /**
   * Moves the time forward.
   *
   * @throws UnsupportedOperationException by {@link #system()}
   * @throws IllegalArgumentException when {@code time} is negative
   */
  public abstract void advance(Duration time);

  /**
   * Goes to another moment, back or forth.
   *
   * @throws UnsupportedOperationException by {@link #system()}
   */
  abstract void set(Instant moment);

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  private static final class Running extends LocalClock {
    @Override
    public Instant instant() {
      return Instant.now();
    }

    @Override
    public void advance(Duration time) {
      throw new UnsupportedOperationException("The machine's time can't be advanced.");
    }

    @Override
    void set(Instant moment) {
      throw new UnsupportedOperationException("The machine's time can't be set.");
    }
  }

  private static final class Standing extends LocalClock {
    private Instant now;

    private Standing(Instant start) {
      now = start;
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public synchronized void advance(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("Time goes forward only: " + time);
      }
      now = now.plus(time);
    }

    @Override
    synchronized void set(Instant moment) {
      now = moment;
    }
  }
}
