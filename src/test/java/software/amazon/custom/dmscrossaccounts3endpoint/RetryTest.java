package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;

@DisplayName("Throttling, transient errors and a slow AWS")
class RetryTest {

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  private Duration time(Supplier<Outcome> operation) {
    var begun = accounts.clock().instant();
    succeeded(operation.get());
    return Duration.between(begun, accounts.clock().instant());
  }

  private Outcome create() {
    return accounts.cloudFormation().create(model());
  }

  private void delete() {
    succeeded(accounts.cloudFormation().delete(model()));
    accounts.clock().advance(Duration.ofMinutes(30));
  }

  @ParameterizedTest
  @CsvSource({
    "dms, DescribeEndpoints, 1, 3",
    "dms, DescribeEndpoints, 2, 6",
    "dms, DescribeEndpoints, 4, 20",
    "iam, CreateRole, 2, 8",
    "dms, CreateEndpoint, 2, 8"
  })
  void create_callIsThrottled_takesLittleLonger(
      String service, String operation, int times, int seconds) {
    var unthrottled = time(this::create);
    delete();
    accounts.aws().faults().reset().onOperation(service, operation, Fault.throttled(times));

    assertThat(time(this::create).minus(unthrottled))
        .isLessThanOrEqualTo(Duration.ofSeconds(seconds));
  }

  @Nested
  class Reads {

    @ParameterizedTest
    @ValueSource(strings = {"503", "reset", "throttled"})
    void read_oneErrorAtEachCall_succeedsInTime(String error) {
      var created = succeeded(create());
      accounts.clock().advance(Duration.ofMinutes(30));
      var fault =
          switch (error) {
            case "503" -> Fault.unavailable(1);
            case "reset" -> Fault.lost();
            default -> Fault.throttled(1);
          };
      var faults = accounts.aws().faults().reset();
      faults.onOperation("dms", "DescribeEndpoints", fault);
      faults.onOperation("dms", "ListTagsForResource", fault);
      faults.onOperation("sts", "AssumeRole", fault);
      faults.onOperation("iam", "GetRole", fault);
      faults.onOperation("iam", "ListAttachedRolePolicies", fault);

      assertThat(time(() -> accounts.cloudFormation().read(byArn(created))))
          .isLessThan(Duration.ofSeconds(25));
    }

    @Test
    void list_oneErrorAtEachCall_succeeds() {
      var created = succeeded(create());
      var faults = accounts.aws().faults().reset();
      faults.onOperation("dms", "DescribeEndpoints", Fault.unavailable(1));
      faults.onOperation("dms", "ListTagsForResource", Fault.throttled(1));

      assertThat(accounts.cloudFormation().list().get(0).models()).containsExactly(byArn(created));
    }
  }

  @Test
  void create_alwaysThrottled_failsWithThrottlingBelowTheTimeout() {
    accounts.aws().faults().reset().onOperation("iam", "CreateRole", Fault.throttled(100_000));
    var begun = accounts.clock().instant();

    failed(create(), HandlerErrorCode.Throttling);

    assertThat(Duration.between(begun, accounts.clock().instant()))
        .isBetween(Progress.LONGEST_OPERATION, Duration.ofHours(2));
    assertThat(accounts.roles()).isEmpty();
  }

  /** The driver breaks off an invocation that takes longer than the contract allows. */
  @Test
  void everyHandler_awsTakesFiveSecondsForEachCall_answersInTime() {
    accounts.aws().observe(call -> accounts.clock().advance(Duration.ofSeconds(5)));

    var created = succeeded(create());
    succeeded(accounts.cloudFormation().read(byArn(created)));
    succeeded(accounts.cloudFormation().list().get(0));
    var wanted = updateOf(created);
    ((ObjectNode) wanted.get("S3Settings")).put("BucketFolder", "sales");
    succeeded(accounts.cloudFormation().update(wanted, created));
    wanted.remove("Tags");
    succeeded(accounts.cloudFormation().update(wanted, created));
    succeeded(accounts.cloudFormation().delete(created));
    accounts.assertNothingLeft();
  }

  @Test
  void create_nothingHasToPropagate_returnsAtMostThreeEvents() {
    try (var fast =
        TwoAccounts.start(b -> b.propagation(Duration.ZERO).settleTime(Duration.ZERO))) {
      var outcome = fast.cloudFormation().create(model());

      succeeded(outcome);
      assertThat(outcome.events()).hasSizeLessThanOrEqualTo(3);
    }
  }
}
