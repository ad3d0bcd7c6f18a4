package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.Turns.Standing;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;

/** Who waits for an AWS that is busy, where, and for how long. */
class TurnsTest {

  private static final String DMS = "dms 111122223333";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final LocalClock clock = LocalClock.virtual(NOW);
  private final Map<String, Pace> paces = new HashMap<>();

  private Turns turns(Object about) {
    return new Turns(paces, clock::instant, clock::advance, about);
  }

  private Duration passed() {
    return Duration.between(NOW, clock.instant());
  }

  /** How often a call was made that is never let through. */
  private static int attempts(Turns turns) {
    var attempt = 0;
    while (turns.again(DMS, attempt)) {
      attempt++;
    }
    return attempt + 1;
  }

  /** Makes a call that is throttled. */
  private static boolean refuse(Turns turns) {
    turns.await(DMS);
    return turns.again(DMS, 0);
  }

  /** Waits until it may make a call. */
  private static void await(Turns turns, Standing as) {
    turns.comingBack(
        as,
        () -> {
          turns.await(DMS);
          return null;
        });
  }

  @Test
  void whoHasNothingToLoseGoesAwayAtOnce() {
    var turns = turns("a");

    assertThat(turns.comingBack(Standing.BEGUN, () -> attempts(turns))).isEqualTo(1);
    assertThat(passed()).isZero();
  }

  @Test
  void whoHasLookedAlreadyStaysForAWhile() {
    var turns = turns("a");
    turns.answered(DMS);

    assertThat(turns.comingBack(Standing.BEGUN, () -> attempts(turns))).isBetween(2, 4);
    assertThat(passed()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
  }

  @Test
  void whoCanNotComeBackStaysAsLongAsAReadMayTake() {
    // However long all the others have to wait.
    IntStream.range(0, 100).forEach(i -> turns(i).again(DMS, 10));

    var turns = turns("a");
    turns.await(DMS);
    assertThat(passed()).isZero();
    assertThat(attempts(turns)).isBetween(3, 5);
    assertThat(passed()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(12));
  }

  @Test
  void whoWasRefusedAloneStaysAwayForTwiceAsLongEachTime() {
    assertThat(Turns.longer(0)).isEqualTo(3);
    assertThat(Turns.longer(20)).isEqualTo(40);
    assertThat(Turns.longer(100)).isEqualTo(120);
  }

  @Test
  void whoHasNotBegunCallsNobodyAndWaitsForAsLongAsThereAreOthers() {
    var first = turns(0);
    first.comingBack(Standing.NEW, () -> refuse(first));
    var seconds = first.sendAway(3);

    for (var i = 1; i < 5; i++) {
      var turns = turns(i);
      assertThatThrownBy(() -> turns.comingBack(Standing.NEW, () -> refuse(turns)))
          .isInstanceOf(NotYet.class)
          .hasMessageContaining(DMS);
      assertThat(turns.anyRefused()).isFalse();
      var longer = turns.sendAway(0);
      assertThat(longer).isGreaterThan(seconds);
      seconds = longer;
    }
  }

  @Test
  void whoComesBackIsNotCountedAgainAndLeavesTheLineWhenItIsLetThrough() {
    var first = turns(0);
    first.comingBack(Standing.NEW, () -> refuse(first));
    var alone = first.sendAway(0);
    clock.advance(Duration.ofMinutes(1));

    var second = turns(1);
    second.comingBack(Standing.WAITING, () -> refuse(second));
    assertThat(second.sendAway(0)).isLessThan(2 * alone);
    clock.advance(Duration.ofMinutes(1));

    var third = turns(2);
    await(third, Standing.WAITING);
    third.answered(DMS);
    assertThat(paces.get(DMS).secondsInLine()).isZero();
  }

  @Test
  void whoIsUnderWayWaitsWithinItsInvocationAsLongAsItHasTime() {
    turns(0).again(DMS, 10);

    var turns = turns("a");
    var calls = 0;
    for (; calls < 100; calls++) {
      await(turns, Standing.BEGUN);
    }
    assertThat(calls).isEqualTo(100);
    assertThat(passed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
  }

  @Test
  void whatHasNotBegunButHasLookedIsUnderWay() {
    turns(0).again(DMS, 10);

    var turns = turns("a");
    turns.answered("iam 444455556666");
    await(turns, Standing.NEW);

    assertThat(passed()).isPositive();
  }

  @Test
  void oneServiceOfOneAccountTellsNothingOfAnother() {
    IntStream.range(0, 100).forEach(i -> turns(i).again("iam 444455556666", 10));

    var turns = turns("a");
    await(turns, Standing.NEW);

    assertThat(passed()).isZero();
  }

  @Test
  void whatIsThrottledWithoutAPaceIsLeftForAsLongAsOneIsAlone() {
    assertThat(turns("a").sendAway(0)).isEqualTo(3);
    assertThat(turns("a").sendAway(40)).isEqualTo(40);
  }

  @Test
  void thoseWhoWereRefusedTogetherDoNotComeBackTogether() {
    var seconds = IntStream.range(0, 1000).map(i -> (int) turns(i).spread(100)).toArray();

    assertThat(IntStream.of(seconds)).allMatch(s -> s >= 50 && s < 150);
    var perSecond = IntStream.range(50, 150).mapToLong(s -> count(seconds, s)).max().getAsLong();
    assertThat(perSecond).isLessThan(20);
  }

  private static long count(int[] seconds, int second) {
    return IntStream.of(seconds).filter(s -> s == second).count();
  }
}
