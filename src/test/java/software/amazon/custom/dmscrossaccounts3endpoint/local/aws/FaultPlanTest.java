package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.FaultPlan;

class FaultPlanTest {
  private static final String ACCOUNT = "111111111111";

  private final LocalAws aws = LocalAws.builder().account(ACCOUNT).start();
  private final Clients clients = new Clients(aws);
  private final IamClient iam = clients.iam(aws.administrator(ACCOUNT));
  private final StsClient sts = clients.sts(aws.administrator(ACCOUNT));
  private final DatabaseMigrationClient dms = clients.dms(aws.administrator(ACCOUNT));

  @AfterEach
  void close() {
    aws.close();
  }

  private void createRole(String name) {
    iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(Documents.TRUSTS_DMS));
  }

  @Test
  void aRefusedCallDoesNotTakeEffect() {
    aws.faults().onCall(2, Fault.refused("LimitExceeded", 409, "on purpose"));
    createRole("one");
    var error = Clients.error(() -> createRole("two"));
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("LimitExceeded");
    assertThat(error.statusCode()).isEqualTo(409);
    assertThat(aws.roles(ACCOUNT)).extracting(RoleView::name).containsExactly("one");
    createRole("two");
    assertThat(aws.calls()).extracting(Call::error).containsExactly(null, "LimitExceeded", null);
  }

  @Test
  void aLostCallTakesEffectWithoutAnAnswer() {
    aws.faults().onOperation("iam", "CreateRole", Fault.lost());
    assertThatThrownBy(() -> createRole("one")).isInstanceOf(SdkClientException.class);
    assertThat(aws.roles(ACCOUNT)).hasSize(1);
    assertThat(aws.calls())
        .singleElement()
        .satisfies(call -> assertThat(call.succeeded()).isTrue());
    iam.getRole(r -> r.roleName("one"));
  }

  @Test
  void aKilledCallerDoesNothingMoreUntilItIsRevived() {
    var heard = new ArrayList<String>();
    aws.faults()
        .onOperation("iam", "CreateRole", 2, Fault.kill())
        .onKill(call -> heard.add(call.action()));
    createRole("one");
    assertThat(aws.faults().killed()).isFalse();
    createRole("two");
    assertThat(heard).containsExactly("iam:CreateRole");
    assertThat(aws.faults().killed()).isTrue();
    assertThat(Clients.code(() -> createRole("three"))).isEqualTo("CallerKilled");
    assertThat(Clients.code(dms::describeEndpoints)).isEqualTo("CallerKilled");
    assertThat(aws.roles(ACCOUNT)).hasSize(2);
    assertThat(aws.calls()).as("the dead make no calls").hasSize(2);
    aws.faults().revive();
    createRole("three");
    assertThat(aws.roles(ACCOUNT)).hasSize(3);
  }

  @Test
  void throttlingLastsForSoManyCallsOfTheOperationItStruck() {
    aws.throttle("dms", "DescribeEndpoints", 2);
    aws.throttle("sts", "GetCallerIdentity", 1);
    var throttled = Clients.error(dms::describeEndpoints);
    assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
    assertThat(throttled.isThrottlingException()).isTrue();
    iam.listRoles();
    assertThat(Clients.code(dms::describeEndpoints)).isEqualTo("ThrottlingException");
    dms.describeEndpoints();
    assertThat(Clients.error(sts::getCallerIdentity).isThrottlingException()).isTrue();
    sts.getCallerIdentity();
  }

  @Test
  void aServiceMayBeUnavailableForAWhile() {
    aws.faults().onCall(1, Fault.unavailable(2));
    assertThat(Clients.error(iam::listRoles).statusCode()).isEqualTo(503);
    assertThat(Clients.error(iam::listRoles).statusCode()).isEqualTo(503);
    iam.listRoles();
    aws.faults().onOperation("dms", "DescribeEndpoints", Fault.unavailable(1));
    assertThat(Clients.error(dms::describeEndpoints).statusCode()).isEqualTo(503);
    aws.faults().onOperation("dms", "DescribeEndpoints", Fault.refused());
    assertThat(Clients.error(dms::describeEndpoints).statusCode()).isEqualTo(500);
  }

  @Test
  void aDeniedOperationStaysDenied() {
    aws.faults()
        .onOperation("iam", "CreateRole", Fault.denied())
        .onOperation("dms", "DescribeEndpoints", Fault.denied());
    for (var i = 0; i < 3; i++) {
      assertThat(Clients.error(() -> createRole("one")))
          .hasMessageContaining("is not authorized to perform: iam:CreateRole");
      assertThat(Clients.code(dms::describeEndpoints)).isEqualTo("AccessDeniedException");
    }
    aws.faults().reset();
    createRole("one");
    dms.describeEndpoints();
  }

  @Test
  void positionsCountFromTheLastReset() {
    createRole("one");
    createRole("two");
    aws.faults()
        .reset()
        .on(
            call -> call.action().equals("iam:GetRole") && call.ordinal() > 1,
            Fault.refused().times(2));
    iam.getRole(r -> r.roleName("one"));
    for (var i = 0; i < 2; i++) {
      assertThat(Clients.error(() -> iam.getRole(r -> r.roleName("one"))).statusCode())
          .isEqualTo(500);
    }
    iam.getRole(r -> r.roleName("one"));
    assertThat(aws.faults().count()).isEqualTo(4);
    assertThat(aws.faults().struck()).extracting(FaultPlan.Position::ordinal).containsExactly(2, 3);
    assertThat(aws.faults().struck())
        .extracting(FaultPlan.Position::occurrence)
        .containsExactly(2, 3);
  }

  @Test
  void observersHearOfEveryCallAndMayStopItsAnswer() {
    var heard = new ArrayList<Call>();
    aws.observe(heard::add);
    createRole("one");
    assertThat(heard).isEqualTo(aws.calls());
    var call = heard.get(0);
    assertThat(call.action()).isEqualTo("iam:CreateRole");
    assertThat(call.account()).isEqualTo(ACCOUNT);
    assertThat(call.principal()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":user/administrator");
    assertThat(call.parameters().get("RoleName").asText()).isEqualTo("one");
    aws.forgetCalls();
    assertThat(aws.calls()).isEmpty();
    aws.observe(
        c -> {
          throw new IllegalStateException("stop");
        });
    assertThatThrownBy(() -> createRole("two")).isInstanceOf(SdkClientException.class);
    assertThat(aws.roles(ACCOUNT)).hasSize(2);
  }
}
