package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;

/** Sessions of roles from one invocation to the next. */
class SessionsTest {

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  private final ObjectNode created = byArn(succeeded(accounts.cloudFormation().create(model())));

  private long opened() {
    return accounts.calls().stream().filter("sts:AssumeRole"::equals).count();
  }

  private void read() {
    succeeded(accounts.cloudFormation().read(created));
  }

  @Test
  void theNextInvocationUsesThemUntilTheyEndSoon() {
    accounts.aws().forgetCalls();
    read();
    read();
    assertThat(opened()).isEqualTo(1);

    accounts.clock().advance(Duration.ofMinutes(11));
    read();
    assertThat(opened()).isEqualTo(2);
  }

  @Test
  void oneThatAwsDoesNotAcceptAnyMoreIsOpenedAgain() {
    read();
    accounts.aws().forgetCalls();
    accounts
        .aws()
        .faults()
        .reset()
        .onOperation("iam", "GetRole", Fault.refused("InvalidClientTokenId", 403, "Gone."));

    read();

    assertThat(opened()).isEqualTo(1);
    assertThat(accounts.calls()).contains("iam:GetRole");
  }
}
