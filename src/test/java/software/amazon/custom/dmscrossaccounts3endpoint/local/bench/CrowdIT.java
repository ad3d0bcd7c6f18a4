package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many endpoints at once, with AWS's throttling. */
class CrowdIT {

  private static final double MOST_CALLS = 1.5;

  private final Crowd unthrottled = Crowd.unthrottled(4);

  private Crowd succeed(int endpoints, int containers) {
    var crowd = Crowd.at(endpoints, containers);

    assertThat(crowd.created().ready()).hasSize(endpoints);
    assertThat(crowd.left()).isZero();
    assertThat(crowd.created().calls() / unthrottled.created().calls()).isLessThan(MOST_CALLS);
    assertThat(crowd.deleted().calls() / unthrottled.deleted().calls()).isLessThan(MOST_CALLS);
    assertThat(crowd.listedIn()).isLessThanOrEqualTo(30);
    assertThat(crowd.callsOfAList()).isLessThanOrEqualTo(2 + 2 * (endpoints + 99) / 100);
    assertThat(crowd.created().largestContext()).isLessThan(500);
    return crowd;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 200})
  void thirtySixSucceedAndNothingIsLeftOfThem(int containers) {
    succeed(36, containers);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 200})
  @Tag("nightly")
  void fiveHundredSucceed(int containers) {
    succeed(500, containers);
  }

  @Test
  @Tag("nightly")
  void twoThousandAreReadySoonAfterTheThrottleLetsThemThrough() {
    var crowd = succeed(2000, Crowd.CONTAINERS);

    var earliest = unthrottled.created().limit(2000);
    assertThat(crowd.created().seconds() / earliest).isLessThan(1.3);
    assertThat(crowd.created().rush()).isLessThan(5);
  }
}
