package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;

/** What passes is waited for, as long as it is worth it. */
class DispatcherTest {

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of(Named.of("throttled", Fault.throttled(1)), HandlerErrorCode.Throttling),
        Arguments.of(Named.of("5xx", Fault.unavailable(1)), HandlerErrorCode.ServiceInternalError),
        Arguments.of(Named.of("no answer", Fault.lost()), HandlerErrorCode.NetworkFailure));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void whatPassesIsWaitedFor(Fault fault, HandlerErrorCode code) {
    accounts.aws().faults().reset().onOperation("iam", "CreateRole", fault.times(8));

    var outcome = accounts.cloudFormation().create(model());

    succeeded(outcome);
    assertThat(accounts.log())
        .anyMatch(line -> line.contains("Trying again: iam:CreateRole as role"));
    accounts.assertOneHealthyEndpoint();
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void whatDoesNotPassIsGivenUp(Fault fault, HandlerErrorCode code) {
    accounts.aws().faults().reset().onOperation("iam", "CreateRole", fault.times(10_000));
    var begun = accounts.clock().instant();

    var outcome = accounts.cloudFormation().create(model());

    assertThat(failed(outcome, code)).contains("iam:CreateRole");
    var patience = Duration.ofMinutes(code == HandlerErrorCode.Throttling ? 110 : 3);
    assertThat(outcome.events()).allMatch(e -> e.delay().toSeconds() <= 120);
    assertThat(Duration.between(begun, accounts.clock().instant()))
        .isBetween(patience, patience.plusMinutes(4));
    // What takes effect without an answer is there for the rollback to delete.
    assertThat(accounts.roles()).hasSize(code == HandlerErrorCode.NetworkFailure ? 1 : 0);
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void aReadDoesNotWait(Fault fault, HandlerErrorCode code) {
    var created = succeeded(accounts.cloudFormation().create(model()));
    accounts.aws().faults().reset().onOperation("dms", "DescribeEndpoints", fault.times(10_000));

    assertThat(failed(accounts.cloudFormation().read(byArn(created)), code))
        .contains("dms:DescribeEndpoints");
  }

  @Test
  void anOperationWhoseArnIsNotKnownYetDoesNotWait() {
    succeeded(accounts.cloudFormation().create(model()));
    accounts
        .aws()
        .faults()
        .reset()
        .onOperation("dms", "DescribeEndpoints", Fault.unavailable(1000));

    var outcome = accounts.cloudFormation().delete(model());

    assertThat(failed(outcome, HandlerErrorCode.ServiceInternalError))
        .contains("dms:DescribeEndpoints");
    accounts.assertOneHealthyEndpoint();
  }
}
