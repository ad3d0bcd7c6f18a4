package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Event;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Invocation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Listener;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;

class ConnectionCheckTest {

  private static final Fault BUSY =
      Fault.refused("InvalidResourceStateFault", 400, "The instance is busy.");

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();
  private final String instance =
      accounts.aws().createReplicationInstance(TwoAccounts.DMS, "instance");

  ConnectionCheckTest() {
    accounts.clock().advance(Duration.ofMinutes(5));
  }

  private static ObjectNode tested(ObjectNode model, String instance) {
    model.set("ConnectionTest", json("{}").put("ReplicationInstanceArn", instance));
    return model;
  }

  @Test
  void create_testSucceeds_succeeds() {
    var outcome = accounts.cloudFormation().create(tested(model(), instance));

    succeeded(outcome);
    assertThat(accounts.log())
        .anyMatch(line -> line.contains("Testing the connection from " + instance));
    assertThat(accounts.calls()).containsOnlyOnce("dms:TestConnection");
  }

  @Test
  void create_resultOfAnotherInstance_isIgnored() {
    var other = accounts.aws().createReplicationInstance(TwoAccounts.DMS, "another");
    accounts.aws().faults().reset().onOperation("dms", "TestConnection", BUSY.times(99));
    // While its own test cannot start, another caller tests from another instance.
    var isFirst = new AtomicBoolean(true);
    var listener =
        new Listener() {
          @Override
          public void answered(Invocation invocation, Event event) {
            if (event.message().contains("Testing") && isFirst.getAndSet(false)) {
              accounts.aws().faults().reset();
              try (var dms = accounts.dmsByHand()) {
                var arn = accounts.endpoints().get(0).arn();
                dms.testConnection(t -> t.replicationInstanceArn(other).endpointArn(arn));
              }
              accounts.aws().failConnectionTests("the bucket is somewhere else");
            }
          }
        };

    var outcome =
        accounts.cloudFormation(b -> b.listener(listener)).create(tested(model(), instance));

    assertThat(failed(outcome, HandlerErrorCode.NotStabilized))
        .contains(instance, "the bucket is somewhere else");
  }

  @Test
  void create_instanceDoesNotExist_failsWithInvalidRequest() {
    var stack = new Stack(accounts.cloudFormation());

    var outcome = stack.create(tested(model(), instance.replaceAll("rep:.*", "rep:NOBODYS")));

    assertThat(outcome.status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
    assertThat(failed(outcome.outcomes().get(0), HandlerErrorCode.InvalidRequest))
        .contains("ConnectionTest.ReplicationInstanceArn", "NOBODYS");
    accounts.assertNothingLeft();
  }

  @Test
  void update_resultOfAnEarlierTest_isIgnored() {
    var created = succeeded(accounts.cloudFormation().create(tested(model(), instance)));
    accounts.aws().failConnectionTests("the bucket is somewhere else");
    accounts.clock().advance(Duration.ofMinutes(5));
    accounts.aws().faults().reset().onOperation("dms", "TestConnection", BUSY.times(2));
    var wanted = tested(updateOf(created), instance);
    ((ObjectNode) wanted.get("S3Settings")).put("BucketFolder", "sales");

    assertThat(
            failed(
                accounts.cloudFormation().update(wanted, created), HandlerErrorCode.NotStabilized))
        .contains("the bucket is somewhere else");
  }

  @Test
  void create_instanceIsBusy_waits() {
    accounts.aws().faults().reset().onOperation("dms", "TestConnection", BUSY.times(2));

    succeeded(accounts.cloudFormation().create(tested(model(), instance)));

    assertThat(accounts.calls().stream().filter("dms:TestConnection"::equals)).hasSize(3);
  }

  @Test
  void create_instanceStaysBusy_fails() {
    accounts.aws().faults().reset().onOperation("dms", "TestConnection", BUSY.times(1000));
    var stack = new Stack(accounts.cloudFormation());

    var outcome = stack.create(tested(model(), instance));

    assertThat(outcome.status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
    assertThat(failed(outcome.outcomes().get(0), HandlerErrorCode.NotStabilized))
        .contains(instance, "15 minutes");
    accounts.assertNothingLeft();
  }

  @Test
  void create_testIsDenied_namesTheAction() {
    accounts.aws().faults().reset().onOperation("dms", "TestConnection", Fault.denied());

    var outcome = accounts.cloudFormation().create(tested(model(), instance));

    assertThat(failed(outcome, HandlerErrorCode.AccessDenied)).contains("dms:TestConnection");
  }
}
