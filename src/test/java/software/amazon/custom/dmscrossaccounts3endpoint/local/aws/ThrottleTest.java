package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class ThrottleTest {
  private DmsFixture f = new DmsFixture(options -> {});

  @AfterEach
  void close() {
    f.close();
  }

  private void restart(Consumer<LocalAwsBuilder> options) {
    f.close();
    f = new DmsFixture(options);
  }

  /** Returns how many calls are let through before one is throttled, at most so many. */
  private static int letThrough(int most, Runnable call) {
    for (var count = 0; count < most; count++) {
      try {
        call.run();
      } catch (AwsServiceException e) {
        assertThat(e.isThrottlingException()).as(e.toString()).isTrue();
        return count;
      }
    }
    return most;
  }

  private int dms() {
    return letThrough(1000, f.dms::describeEndpoints);
  }

  @Test
  void dms_byDefault_lets200CallsThroughAndThen8ASecond() {
    assertThat(dms()).isEqualTo(200);
    f.aws.clock().advance(Duration.ofSeconds(1));
    assertThat(dms()).isEqualTo(8);
    f.aws.clock().advance(Duration.ofMinutes(10));
    assertThat(dms()).isEqualTo(200);
  }

  @Test
  void dms_otherRegionOrAccount_hasABucketOfItsOwn() {
    assertThat(dms()).isEqualTo(200);
    var elsewhere = new Clients(f.aws, "us-east-1").dms(f.aws.administrator(DmsFixture.DMS));
    assertThat(letThrough(10, elsewhere::describeEndpoints)).isEqualTo(10);
    var other = new Clients(f.aws).dms(f.aws.administrator(DmsFixture.LAKE));
    assertThat(letThrough(10, other::describeEndpoints)).isEqualTo(10);
  }

  @Test
  void iamAndSts_byDefault_areNotThrottled() {
    var sts = new Clients(f.aws).sts(f.aws.administrator(DmsFixture.LAKE));
    f.role("r", Documents.TRUSTS_DMS);
    assertThat(letThrough(300, () -> f.trust("r", "id"))).isEqualTo(300);
    assertThat(letThrough(300, sts::getCallerIdentity)).isEqualTo(300);
  }

  @Test
  void quota_ofAService_isItsOwn() {
    restart(o -> o.quota("dms", 1, 3).quota("iam", 1, 5).quota("sts", 1, 7));
    var sts = new Clients(f.aws).sts(f.aws.administrator(DmsFixture.LAKE));
    assertThat(dms()).isEqualTo(3);
    f.role("r", Documents.TRUSTS_DMS);
    assertThat(letThrough(50, () -> f.trust("r", "id"))).isEqualTo(3);
    assertThat(letThrough(50, () -> f.iam.getRole(r -> r.roleName("r")))).isEqualTo(50);
    assertThat(letThrough(50, sts::getCallerIdentity)).isEqualTo(7);
  }

  @Test
  void noQuota_ofDms_letsAllCallsThrough() {
    restart(o -> o.noQuota("dms"));
    assertThat(dms()).isEqualTo(1000);
  }

  @Test
  void restore_bringsBackTheCallsThatWereLeft() {
    f.dms.describeEndpoints();
    var snapshot = f.aws.snapshot();
    assertThat(dms()).isEqualTo(199);
    f.aws.restore(snapshot);
    assertThat(dms()).isEqualTo(199);
    f.aws.clock().advance(Duration.ofMinutes(1));
    assertThat(dms()).isEqualTo(200);
    f.aws.restore(snapshot);
    assertThat(dms()).isEqualTo(199);
  }
}
