package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time on the page. */
class TimesTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 900, 11_000, 59_999, 600_000, 36_000_000, 9_000_000_000L})
  void anAxisHasFewTicksAndAllAreOnIt(long millis) {
    var scale = new TimeScale(Instant.EPOCH, Duration.ofMillis(millis), 100, 800);

    assertThat(scale.ticks()).hasSizeBetween(1, 13).startsWith(0).isSorted();
    assertThat(scale.ticks())
        .allSatisfy(
            tick -> assertThat(scale.x(Instant.EPOCH.plusSeconds(tick))).isBetween(100.0, 900.0));
  }

  @Test
  void aMomentIsWhereItsShareOfTheTimeIs() {
    var scale = new TimeScale(Instant.EPOCH, Duration.ofSeconds(10), 100, 800);

    assertThat(scale.x(Instant.EPOCH.plusMillis(2_500))).isEqualTo(300);
    assertThat(scale.inWords(Instant.EPOCH.plusMillis(2_500))).isEqualTo("+2.5 s");
  }

  @Test
  void quantilesAreTimesThatWereMeasured() {
    var times = new ReadyTimes(IntStream.rangeClosed(1, 20).mapToObj(Duration::ofSeconds).toList());

    assertThat(times.least()).hasSeconds(1);
    assertThat(times.median()).hasSeconds(10);
    assertThat(times.ninety()).hasSeconds(18);
    assertThat(times.most()).hasSeconds(20);
  }
}
