package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;

class HandshakeTest {

  private static final Fault BUSY =
      Fault.refused("InvalidResourceStateFault", 400, "The endpoint is busy.");
  private static final Fault NOT_FOUND =
      Fault.refused("ResourceNotFoundFault", 400, "No endpoints found.");

  @ParameterizedTest
  @EnumSource
  void create_anyBehaviorOfDms_createsOneHealthyEndpoint(HandshakeDialect dialect) {
    try (var accounts = TwoAccounts.start(b -> b.dialect(dialect))) {
      succeeded(accounts.cloudFormation().create(model()));
      accounts.assertOneHealthyEndpoint();
    }
  }

  @Test
  void create_endpointIsCreating_doesNotCreateAgain() {
    try (var accounts =
        TwoAccounts.start(
            b ->
                b.dialect(HandshakeDialect.KEPT_ACTIVE)
                    .propagation(Duration.ZERO)
                    .settleTime(Duration.ofMinutes(1)))) {
      succeeded(accounts.cloudFormation().create(model()));

      assertThat(accounts.calls()).containsOnlyOnce("dms:CreateEndpoint");
      accounts.assertOneHealthyEndpoint();
    }
  }

  @Test
  void create_emulatorWithoutExternalIds_succeedsAfterFiveAnswers() {
    System.setProperty(EmulatorMode.SWITCH, "true");
    try (var accounts =
        TwoAccounts.start(b -> b.externalIds(false).settleTime(Duration.ofHours(1)))) {
      var outcome = accounts.cloudFormation().create(model());

      assertThat(succeeded(outcome).get("Status").asText()).isEqualTo("creating");
      assertThat(
              accounts.log().stream()
                  .filter(line -> line.contains("external id; it is creating\"}")))
          .hasSize(5);
    } finally {
      System.clearProperty(EmulatorMode.SWITCH);
    }
  }

  @Test
  void create_dmsNeverShowsEndpoint_failsWithNotStabilized() {
    try (var accounts = TwoAccounts.start()) {
      accounts.onCreateEndpoint(
          Fault.refused("ResourceAlreadyExistsFault", 400, "It exists.").times(1000));

      assertThat(failed(accounts.cloudFormation().create(model()), HandlerErrorCode.NotStabilized))
          .contains("10 minutes", "It exists.");
    }
  }

  @Test
  void create_accountsNotAllowListed_namesNextStepAndLeavesNothing() {
    try (var accounts = TwoAccounts.start()) {
      accounts.aws().disallow(TwoAccounts.DMS, TwoAccounts.LAKE);
      var stack = new Stack(accounts.cloudFormation());

      var outcome = stack.create(model());

      assertThat(outcome.status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
      var create = outcome.outcomes().get(0);
      assertThat(failed(create, HandlerErrorCode.AccessDenied))
          .contains(
              TwoAccounts.DMS, TwoAccounts.LAKE, "allow-listed", "AWS Support", "10 minutes (");
      accounts.assertNothingLeft();
    }
  }

  @Test
  void create_identifierTakenAfterCheck_keepsForeignEndpoint() {
    try (var accounts = TwoAccounts.start()) {
      accounts.databaseByHand("sales-lake", "somebodys");
      accounts.clock().advance(Duration.ofMinutes(1));
      var before = accounts.endpoints();
      // The look at the beginning finds nothing.
      accounts.aws().faults().reset().onOperation("dms", "DescribeEndpoints", NOT_FOUND);

      var outcome = new Stack(accounts.cloudFormation()).create(model());

      assertThat(outcome.status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
      assertThat(failed(outcome.outcomes().get(0), HandlerErrorCode.AlreadyExists))
          .contains("sales-lake", ":endpoint:somebodys");
      assertThat(accounts.endpoints()).isEqualTo(before);
      assertThat(accounts.roles()).isEmpty();
      assertThat(accounts.policies()).isEmpty();
    }
  }

  @Test
  void create_dmsShowsEndpointLate_waits() {
    assertWaitedFor(
        "DMS to show the endpoint",
        HandshakeDialect.NOTHING_KEPT,
        "CreateEndpoint",
        1,
        Fault.refused("ResourceAlreadyExistsFault", 400, "It exists already."));
  }

  @Test
  void create_ownEndpointExistsAlready_continuesWithIt() {
    // The check queries once; the query after the create fails, and the create is repeated.
    assertWaitedFor(
        "DMS to show the endpoint",
        HandshakeDialect.KEPT_ACTIVE,
        "DescribeEndpoints",
        2,
        NOT_FOUND);
  }

  private static void assertWaitedFor(
      String what, HandshakeDialect dialect, String operation, int occurrence, Fault fault) {
    try (var accounts = TwoAccounts.start(b -> b.propagation(Duration.ZERO).dialect(dialect))) {
      accounts.aws().faults().reset().onOperation("dms", operation, occurrence, fault);

      var outcome = accounts.cloudFormation().create(model());

      succeeded(outcome);
      assertThat(accounts.log()).anyMatch(line -> line.contains("Waiting for " + what));
      accounts.assertOneHealthyEndpoint();
    }
  }

  @Test
  void create_endpointUnderAnotherArn_deletesIt() {
    try (var accounts =
        TwoAccounts.start(
            b -> b.resourceIdentifiers(false).dialect(HandshakeDialect.KEPT_ACTIVE))) {
      var outcome = new Stack(accounts.cloudFormation()).create(model());

      assertThat(outcome.status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
      assertThat(failed(outcome.outcomes().get(0), HandlerErrorCode.GeneralServiceException))
          .contains(":endpoint:sales-lake", "deleted again");
      accounts.assertNothingLeft();
    }
  }

  @Test
  void create_endpointStaysCreating_failsWithNotStabilized() {
    try (var accounts = TwoAccounts.start(b -> b.settleTime(Duration.ofHours(1)))) {
      var outcome = accounts.cloudFormation().create(model());

      assertThat(failed(outcome, HandlerErrorCode.NotStabilized))
          .contains("10 minutes", "creating", ":endpoint:sales-lake");
    }
  }

  @Test
  void create_failedEndpointIsBusy_waitsForItsDeletion() {
    try (var accounts = TwoAccounts.start(b -> b.dialect(HandshakeDialect.KEPT_FAILED))) {
      accounts.aws().faults().reset().onOperation("dms", "DeleteEndpoint", BUSY.times(2));

      succeeded(accounts.cloudFormation().create(model()));

      accounts.assertOneHealthyEndpoint();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDeniedFault", "S3AccessDeniedFault"})
  void create_accessError_retries(String code) {
    assertWaitedFor(
        "DMS to accept the role (Not yet.)",
        HandshakeDialect.NOTHING_KEPT,
        "CreateEndpoint",
        1,
        Fault.refused(code, 400, "Not yet.").times(3));
  }

  @Test
  void create_otherError_fails() {
    try (var accounts = TwoAccounts.start()) {
      accounts.onCreateEndpoint(
          Fault.refused("ResourceQuotaExceededFault", 400, "1000 endpoints are there."));

      var outcome = accounts.cloudFormation().create(model());

      assertThat(failed(outcome, HandlerErrorCode.ServiceLimitExceeded))
          .contains("1000 endpoints are there.");
    }
  }

  @Test
  void create_endpointWithoutSettingIsBusy_waitsForItsDeletion() {
    try (var accounts = TwoAccounts.start(b -> b.droppedOnCreate(Set.of("CdcPath")))) {
      accounts.aws().faults().reset().onOperation("dms", "DeleteEndpoint", BUSY.times(2));
      var model = model();
      ((ObjectNode) model.get("S3Settings")).put("CdcPath", "changes");

      var created = succeeded(accounts.cloudFormation().create(model));

      assertThat(created.at("/S3Settings/CdcPath").asText()).isEqualTo("changes");
      accounts.assertOneHealthyEndpoint();
    }
  }

  @Test
  void create_deletionOfFailedEndpointIsDenied_failsWithAccessDenied() {
    try (var accounts = TwoAccounts.start(b -> b.dialect(HandshakeDialect.KEPT_FAILED))) {
      accounts.aws().faults().reset().onOperation("dms", "DeleteEndpoint", Fault.denied());

      assertThat(failed(accounts.cloudFormation().create(model()), HandlerErrorCode.AccessDenied))
          .contains("dms:DeleteEndpoint");
    }
  }
}
