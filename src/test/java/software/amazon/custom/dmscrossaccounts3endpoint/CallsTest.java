package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;

/** How many calls an operation makes on its straight path, each with its reason. */
class CallsTest {

  @AutoClose private final TwoAccounts accounts = start(HandshakeDialect.KEPT_ACTIVE);

  private static TwoAccounts start(HandshakeDialect dialect) {
    return TwoAccounts.start(
        b -> b.propagation(Duration.ZERO).settleTime(Duration.ZERO).dialect(dialect));
  }

  private ObjectNode created() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    accounts.clock().advance(Duration.ofMinutes(30));
    accounts.aws().forgetCalls();
    return created;
  }

  @Test
  void aCreate() {
    succeeded(accounts.cloudFormation().create(model()));

    assertThat(accounts.calls()).hasSizeLessThanOrEqualTo(12);
  }

  @Test
  void aCreateWhereNothingIsKept() {
    try (var others = start(HandshakeDialect.NOTHING_KEPT)) {
      succeeded(others.cloudFormation().create(model()));

      assertThat(others.calls()).hasSizeLessThanOrEqualTo(14);
    }
  }

  @Test
  void aRead() {
    var created = created();

    succeeded(accounts.cloudFormation().read(byArn(created)));

    assertThat(accounts.calls()).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void anUpdateWithoutAChange() {
    var created = created();

    succeeded(accounts.cloudFormation().update(TwoAccounts.updateOf(created), model()));

    assertThat(accounts.calls()).hasSizeLessThanOrEqualTo(7);
  }

  @Test
  void anUpdateOfTags() {
    var created = created();
    var wanted = TwoAccounts.updateOf(created);
    wanted.set("Tags", json("{'t': [{'Key': 'stage', 'Value': 'prod'}]}").get("t"));

    succeeded(accounts.cloudFormation().update(wanted, model()));

    assertThat(accounts.calls()).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void aRecreation() {
    var created = created();
    var wanted = TwoAccounts.updateOf(created);
    ((ObjectNode) wanted.get("S3Settings")).put("CompressionType", "none");

    succeeded(accounts.cloudFormation().update(wanted, model()));

    assertThat(accounts.calls()).hasSizeLessThanOrEqualTo(17);
  }

  @Test
  void aDelete() {
    var created = created();

    succeeded(accounts.cloudFormation().delete(created));

    assertThat(accounts.calls()).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void aList() {
    created();

    succeeded(accounts.cloudFormation().list().get(0));

    assertThat(accounts.calls()).hasSizeLessThanOrEqualTo(2);
  }
}
