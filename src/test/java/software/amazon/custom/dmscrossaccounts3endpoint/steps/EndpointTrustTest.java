package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;

/** The trust policy of a role that IAM shows late. */
class EndpointTrustTest {

  private static final Fault NOT_THERE = Fault.refused("NoSuchEntity", 404, "It cannot be found.");

  @Test
  void create_iamShowsRoleLate_updatesTrustPolicyLater() {
    try (var keeping = TwoAccounts.start(b -> b.dialect(HandshakeDialect.KEPT_ACTIVE))) {
      keeping
          .aws()
          .faults()
          .reset()
          .onOperation("iam", "UpdateAssumeRolePolicy", NOT_THERE.times(3));

      var outcome = keeping.cloudFormation().create(model());

      succeeded(outcome);
      assertThat(keeping.log())
          .anyMatch(line -> line.contains("Trying again: iam:UpdateAssumeRolePolicy"));
      keeping.assertOneHealthyEndpoint();
    }
  }

  /** Returns whether any request of the run removed the conditions for a while. */
  private static boolean wasOpenForAWhile(TwoAccounts accounts) {
    return accounts.log().stream()
        .anyMatch(line -> line.contains("UpdateAssumeRolePolicy") && line.contains("\"open\""));
  }

  @Nested
  @DisplayName("A failure restores the source conditions")
  class Restored {

    @Test
    void create_accountsNotAllowListed_leavesNoOpenRole() {
      try (var accounts = TwoAccounts.start()) {
        accounts.aws().disallow(TwoAccounts.DMS, TwoAccounts.LAKE);

        var outcome = accounts.cloudControl().create(model());

        assertThat(failed(outcome, HandlerErrorCode.AccessDenied)).contains("allow-list");
        assertThat(wasOpenForAWhile(accounts)).isTrue();
        assertThat(accounts.roles()).hasSize(1);
        accounts.assertNoRoleIsOpen();
      }
    }

    @Test
    void create_callsFailWhileTheConditionsAreAway_leavesNoOpenRole() {
      for (var fault :
          List.of(
              Fault.refused("InvalidParameterValueException", 400, "No."),
              Fault.refused("ResourceQuotaExceededFault", 400, "Too many."))) {
        try (var accounts = TwoAccounts.start(b -> b.sourceKeys(false))) {
          accounts
              .aws()
              .observe(
                  call -> {
                    if (call.operation().equals("UpdateAssumeRolePolicy")) {
                      accounts.aws().faults().onOperation("dms", "CreateEndpoint", fault);
                    }
                  });

          assertThat(accounts.cloudControl().create(model()).succeeded()).isFalse();

          assertThat(wasOpenForAWhile(accounts)).isTrue();
          accounts.assertNoRoleIsOpen();
        }
      }
    }

    @Test
    void create_restoringIsThrottled_isRepeatedBeforeTheOperationEnds() {
      try (var accounts = TwoAccounts.start()) {
        accounts.aws().disallow(TwoAccounts.DMS, TwoAccounts.LAKE);
        var isFirst = new AtomicBoolean(true);
        accounts
            .aws()
            .observe(
                call -> {
                  if (call.operation().equals("UpdateAssumeRolePolicy")
                      && isFirst.getAndSet(false)) {
                    accounts
                        .aws()
                        .faults()
                        .onOperation("iam", "UpdateAssumeRolePolicy", Fault.unavailable(9));
                  }
                });

        failed(accounts.cloudControl().create(model()), HandlerErrorCode.AccessDenied);

        accounts.assertNoRoleIsOpen();
      }
    }

    @Test
    void create_restoringIsDenied_saysThatTheRoleIsOpen() {
      try (var accounts = TwoAccounts.start()) {
        accounts.aws().disallow(TwoAccounts.DMS, TwoAccounts.LAKE);
        accounts
            .aws()
            .observe(
                call -> {
                  if (call.operation().equals("UpdateAssumeRolePolicy")) {
                    accounts
                        .aws()
                        .faults()
                        .onOperation("iam", "UpdateAssumeRolePolicy", Fault.denied());
                  }
                });

        assertThat(failed(accounts.cloudControl().create(model()), HandlerErrorCode.AccessDenied))
            .contains("allow-list", "on behalf of any account", "delete the role");
      }
    }

    @Test
    void update_recreationOfAMissingEndpointFails_leavesNoOpenRole() {
      try (var accounts = TwoAccounts.start()) {
        accounts.aws().disallow(TwoAccounts.DMS, TwoAccounts.LAKE);
        var create = accounts.cloudFormation().create(model());
        failed(create, HandlerErrorCode.AccessDenied);
        var arn = create.events().get(0).model().orElseThrow().get("EndpointArn").asText();

        var outcome = accounts.cloudFormation().update(model().put("EndpointArn", arn), model());

        failed(outcome, HandlerErrorCode.AccessDenied);
        accounts.assertNoRoleIsOpen();
      }
    }

    @Test
    void create_messageSaysThatCrossAccountRolesAreNotAllowed_failsAtOnce() {
      try (var accounts = TwoAccounts.start()) {
        accounts.onCreateEndpoint(
            Fault.refused("AccessDeniedFault", 400, "Cross-account pass role is not allowed."));
        var begun = accounts.clock().instant();

        assertThat(failed(accounts.cloudControl().create(model()), HandlerErrorCode.AccessDenied))
            .contains("allow-list", TwoAccounts.DMS, TwoAccounts.LAKE);

        assertThat(Duration.between(begun, accounts.clock().instant()))
            .isLessThan(Duration.ofSeconds(30));
        accounts.assertNoRoleIsOpen();
      }
    }
  }
}
