package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;

/** Who waits for an AWS that is busy, where, and for how long. */
class TurnsTest {

  private static final String DMS = "dms 111122223333";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final LocalClock clock = LocalClock.virtual(NOW);
  private final Congestion congestion = new Congestion();

  private Turns turns(Object about) {
    return new Turns(congestion, clock::instant, clock::advance, about);
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

  @Test
  void whoHasNothingToLoseGoesAwayAtOnce() {
    var turns = turns("a");

    assertThat(turns.comingBack(() -> attempts(turns))).isEqualTo(1);
    assertThat(passed()).isZero();
  }

  @Test
  void whoHasLookedAlreadyStaysForAWhile() {
    var turns = turns("a");
    turns.answered(DMS);

    assertThat(turns.comingBack(() -> attempts(turns))).isBetween(2, 4);
    assertThat(passed()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
  }

  @Test
  void whoCanNotComeBackStaysAsLongAsAReadMayTake() {
    // However long all the others have to wait.
    IntStream.range(0, 100).forEach(i -> congestion.refused(DMS));

    assertThat(attempts(turns("a"))).isBetween(3, 5);
    assertThat(passed()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(12));
  }

  @Test
  void whoWasRefusedAloneStaysAwayForTwiceAsLongEachTime() {
    var turns = turns("a");
    turns.comingBack(() -> turns.again(DMS, 0));

    assertThat(turns.absence(0)).isEqualTo(3);
    assertThat(turns.absence(20)).isEqualTo(40);
    assertThat(turns.absence(100)).isEqualTo(120);
  }

  @Test
  void whereManyAreRefusedEachStaysAwayForLongAndWhereTheyAreLetThroughNoMore() {
    for (var i = 0; i < 100; i++) {
      var turns = turns(i);
      turns.comingBack(() -> turns.again(DMS, 0));
    }
    var turns = turns("a");
    turns.comingBack(() -> turns.again(DMS, 0));
    assertThat(turns.absence(0)).isEqualTo(Congestion.LONGEST);

    IntStream.range(0, 1000).forEach(i -> turns.answered(DMS));
    assertThat(turns.absence(0)).isEqualTo(3);
  }

  @Test
  void oneServiceOfOneAccountTellsNothingOfAnother() {
    IntStream.range(0, 100).forEach(i -> congestion.refused("iam 444455556666"));

    var turns = turns("a");
    turns.comingBack(() -> turns.again(DMS, 0));

    assertThat(turns.absence(0)).isEqualTo(3);
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
