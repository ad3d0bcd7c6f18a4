package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;

class DeleteEndpointTest {

  private static final Fault BUSY =
      Fault.refused("InvalidResourceStateFault", 400, "The endpoint is being tested.");

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  @Test
  void delete_endpointIsBusy_waits() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    accounts.aws().faults().reset().onOperation("dms", "DeleteEndpoint", BUSY.times(2));

    var outcome = accounts.cloudFormation().delete(created);

    succeeded(outcome);
    assertThat(accounts.log()).anyMatch(line -> line.contains("The endpoint is being tested"));
    accounts.assertNothingLeft();
  }

  @Test
  void delete_endpointStaysBusy_failsWithResourceConflict() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    accounts.aws().faults().reset().onOperation("dms", "DeleteEndpoint", BUSY.times(1000));

    var outcome = accounts.cloudFormation().delete(created);

    assertThat(failed(outcome, HandlerErrorCode.ResourceConflict))
        .contains("30 minutes", "The endpoint is being tested");
    accounts.assertOneHealthyEndpoint();
  }

  @Test
  void delete_tasksUseTheEndpoint_namesThem() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    var arn = created.get("EndpointArn").asText();
    accounts.aws().createReplicationTask(TwoAccounts.DMS, "second-task", arn);
    accounts.aws().createReplicationTask(TwoAccounts.DMS, "first-task", arn);

    var outcome = accounts.cloudFormation().delete(created);

    assertThat(failed(outcome, HandlerErrorCode.ResourceConflict))
        .contains(arn, "first-task, second-task");
    accounts.assertOneHealthyEndpoint();
  }

  @Test
  void update_taskStartsAfterPolicyChange_namesTheChanges() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    var arn = created.get("EndpointArn").asText();
    accounts.clock().advance(Duration.ofMinutes(1));
    accounts
        .aws()
        .observe(
            call -> {
              if (call.operation().equals("CreatePolicyVersion")) {
                accounts.aws().createReplicationTask(TwoAccounts.DMS, "late-task", arn);
              }
            });
    var wanted = updateOf(created);
    ((ObjectNode) wanted.get("S3Settings")).put("BucketName", "another-data-lake");

    assertThat(
            failed(
                accounts.cloudFormation().update(wanted, created),
                HandlerErrorCode.ResourceConflict))
        .contains("late-task", "policy have the new settings")
        .doesNotContain("Nothing has changed");
  }
}
