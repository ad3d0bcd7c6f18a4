package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;

class TimeToReadyTest {

  @ParameterizedTest
  @EnumSource
  void aCreateIsReadySoonAfterTheEarliestMomentWithFewLooks(HandshakeDialect dialect) {
    for (var seconds : new int[] {0, 2, 7, 10, 25, 60}) {
      var create = TimeToReady.of(dialect, Duration.ofSeconds(seconds));

      assertThat(create.isSoon()).as(create.toString()).isTrue();
      assertThat(create.looks()).as(create.toString()).isLessThanOrEqualTo(20);
    }
  }
}
