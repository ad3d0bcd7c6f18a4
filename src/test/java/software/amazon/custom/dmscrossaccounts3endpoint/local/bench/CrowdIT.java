package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many endpoints at once, with the throttling of DMS. */
class CrowdIT {

  private final Crowd.Result unthrottled = Crowd.measure(4, 1, 20, false);

  /**
   * Measures a crowd and expects that all goes well.
   *
   * @param most how many times as many calls as without throttling it may take
   */
  private Crowd.Result succeed(int endpoints, int accounts, int containers, double most) {
    var crowd = Crowd.measure(endpoints, accounts, containers, true);

    assertThat(crowd.created().ready()).hasSize(endpoints * accounts);
    assertThat(crowd.left()).isZero();
    assertThat(crowd.created().calls() / unthrottled.created().calls()).isLessThan(most);
    assertThat(crowd.deleted().calls() / unthrottled.deleted().calls()).isLessThan(most);
    assertThat(crowd.listedIn()).isLessThanOrEqualTo(30);
    assertThat(crowd.created().largestContext()).isLessThan(500);
    return crowd;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 200})
  void crowd_oneHundredInOneAccount_succeeds(int containers) {
    succeed(100, 1, containers, 2.6);
  }

  @Test
  void crowd_twelveInEachOfThreeAccounts_succeeds() {
    succeed(12, 3, 20, 1.5);
  }

  @Test
  @Tag("nightly")
  void crowd_oneThousand_isReadySoonAfterTheThrottleLetsItThrough() {
    var created = succeed(1000, 1, 20, 2.2).created();

    assertThat(created.seconds() / created.limit()).isLessThan(1.3);
  }
}
