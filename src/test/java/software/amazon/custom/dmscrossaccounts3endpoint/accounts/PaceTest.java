package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a container learns of how fast a service takes calls. */
class PaceTest {

  private final Pace pace = new Pace();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private void pass(double seconds) {
    now = now.plusMillis((long) (1000 * seconds));
  }

  /**
   * Calls for ten minutes, as fast as the pace allows, a service that takes so many calls in a
   * second, and tells which part of what it takes was called.
   */
  private static double partUsed(double callsPerSecond) {
    var pace = new Pace();
    var begun = Instant.parse("2026-01-01T00:00:00Z");
    var now = begun;
    var room = 0.0;
    var calls = 0;
    pace.refused(now);
    while (now.isBefore(begun.plusSeconds(600))) {
      var wait = Math.max(10, pace.take(now).toMillis());
      now = now.plusMillis(wait);
      room = Math.min(5, room + wait * callsPerSecond / 1000);
      if (room >= 1) {
        room--;
        calls++;
        pace.answered();
      } else {
        pace.refused(now);
      }
    }
    return calls / 600.0 / callsPerSecond;
  }

  @Test
  void nothingIsHeldBackUntilACallIsThrottled() {
    IntStream.range(0, 1000)
        .forEach(
            i -> {
              assertThat(pace.take(now)).isZero();
              assertThat(pace.takeFirst(now)).isTrue();
              pace.answered();
            });
    assertThat(pace.secondsInLine()).isZero();
  }

  @Test
  void whoIsUnderWayWaitsForATokenOfItsOwnButNotForLong() {
    pace.refused(now);
    pace.answered();
    pace.answered();

    var first = pace.take(now);
    var second = pace.take(now);
    assertThat(first).isPositive();
    assertThat(second.toMillis()).isCloseTo(2 * first.toMillis(), within(2L));

    IntStream.range(0, 100).forEach(i -> pace.take(now));
    assertThat(pace.take(now)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void whoHasNotBegunWaitsUntilThereIsMoreThanThoseNeedThatHave() {
    pace.refused(now);
    assertThat(pace.takeFirst(now)).isFalse();

    pass(25);
    assertThat(pace.takeFirst(now)).isTrue();
    assertThat(pace.takeFirst(now)).isFalse();
    assertThat(pace.take(now)).isZero();
  }

  @Test
  void theRateIsFoundFromBelowAndFromAbove() {
    assertThat(partUsed(0.1)).isBetween(0.8, 1.02);
    assertThat(partUsed(2)).isBetween(0.8, 1.02);
    assertThat(partUsed(20)).isBetween(0.8, 1.02);
  }

  @Test
  void theMoreWaitTheLongerTheyStayAway() {
    pace.refused(now);
    pace.joined();
    var alone = pace.secondsInLine();
    pace.joined();

    assertThat(pace.secondsInLine()).isEqualTo(2 * alone);
    pace.left();
    assertThat(pace.secondsInLine()).isEqualTo(alone);
    pace.left();
    pace.left();
    assertThat(pace.secondsInLine()).isZero();
  }

  @Test
  void nobodyStaysAwayForLongerThanItTakesToLearnAnew() {
    pace.refused(now);
    IntStream.range(0, 1000).forEach(i -> pace.joined());
    assertThat(pace.secondsInLine()).isEqualTo(60);

    pace.refused(now);
    assertThat(pace.secondsInLine()).isEqualTo(200);
  }

  @Test
  void whatIsKnownIsForgotten() {
    pace.refused(now);
    pace.joined();
    pass(301);

    assertThat(pace.takeFirst(now)).isTrue();
    assertThat(pace.takeFirst(now)).isTrue();
    assertThat(pace.take(now)).isZero();
    assertThat(pace.secondsInLine()).isZero();
  }

  @Test
  void aRateThatNobodyLimitsStaysANumber() {
    pace.refused(now);
    IntStream.range(0, 100_000).forEach(i -> pace.answered());
    pass(1);

    assertThat(pace.take(now)).isZero();
    assertThat(pace.secondsForOne()).isEqualTo(0.01);
  }
}
