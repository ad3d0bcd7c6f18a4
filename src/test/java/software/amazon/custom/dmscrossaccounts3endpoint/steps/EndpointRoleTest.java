package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;

/** The role, and with the policy: what IAM shows late, somebody else has, or refuses. */
class EndpointRoleTest {

  private static final String NOBODY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}]}";
  private static final Fault EXISTS =
      Fault.refused("EntityAlreadyExists", 409, "It exists already.");
  private static final Fault NOT_THERE = Fault.refused("NoSuchEntity", 404, "It cannot be found.");

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  @ParameterizedTest
  @CsvSource({"CreateRole, role", "CreatePolicy, policy"})
  void create_iamShowsResourceLate_waits(String operation, String what) {
    accounts.aws().faults().reset().onOperation("iam", operation, EXISTS.times(2));

    var outcome = accounts.cloudFormation().create(model());

    succeeded(outcome);
    assertThat(accounts.log())
        .anyMatch(line -> line.contains("IAM to show " + what + " sales-lake"));
    accounts.assertOneHealthyEndpoint();
  }

  @ParameterizedTest
  @CsvSource({"CreateRole, role", "CreatePolicy, policy"})
  void create_iamNeverShowsResource_failsWithNotStabilized(String operation, String what) {
    accounts.aws().faults().reset().onOperation("iam", operation, EXISTS.times(1000));

    var message = failed(accounts.cloudFormation().create(model()), HandlerErrorCode.NotStabilized);

    assertThat(message).contains(what + " ", "2 minutes");
  }

  @ParameterizedTest
  @CsvSource({"CreateRole, GetRole", "CreatePolicy, GetPolicy"})
  void create_answerLostAndShownLate_succeeds(String create, String get) {
    // The call takes effect without an answer, and the look after it does not see it yet.
    accounts
        .aws()
        .faults()
        .reset()
        .onOperation("iam", create, Fault.lost())
        .onOperation("iam", get, 3, NOT_THERE);

    succeeded(accounts.cloudFormation(b -> b.retries(RetryPolicy.STANDARD)).create(model()));

    accounts.assertOneHealthyEndpoint();
  }

  @Test
  void create_foreignRoleShownLate_keepsIt() {
    try (var iam = accounts.iamByHand()) {
      iam.createRole(r -> r.roleName("somebodys").assumeRolePolicyDocument(NOBODY));
    }
    var before = accounts.roles();
    accounts.aws().faults().reset().onOperation("iam", "GetRole", NOT_THERE.times(2));

    var outcome = accounts.cloudFormation().create(model().put("RoleName", "somebodys"));

    assertThat(failed(outcome, HandlerErrorCode.AlreadyExists)).contains("somebodys", "RoleName");
    assertThat(accounts.roles()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CreateRole", "CreatePolicy", "AttachRolePolicy", "UpdateAssumeRolePolicy"})
  void create_callIsDenied_namesTheAction(String operation) {
    accounts.aws().faults().reset().onOperation("iam", operation, Fault.denied());

    assertThat(failed(accounts.cloudFormation().create(model()), HandlerErrorCode.AccessDenied))
        .contains("iam:" + operation);
  }

  @Test
  void update_endpointDeletedByHand_recreatesItWithItsIdentifier() {
    var model = model();
    model.remove("EndpointIdentifier");
    // The identifier is too long for the end of the ARN, so that it can't be told from it.
    var cloudFormation = accounts.cloudFormation(b -> b.stackName("lakes-of-the-sales-department"));
    var created = succeeded(cloudFormation.create(model));
    var identifier = accounts.endpoints().get(0).identifier();
    try (var dms = accounts.dmsByHand()) {
      dms.deleteEndpoint(e -> e.endpointArn(created.get("EndpointArn").asText()));
    }
    accounts.clock().advance(Duration.ofMinutes(1));
    var wanted = updateOf(created);
    wanted.remove("EndpointIdentifier");

    var outcome = cloudFormation.update(wanted, model);

    assertThat(succeeded(outcome).get("EndpointArn")).isEqualTo(created.get("EndpointArn"));
    assertThat(accounts.log()).anyMatch(line -> line.contains("The endpoint does not exist"));
    assertThat(accounts.assertOneHealthyEndpoint().identifier()).isEqualTo(identifier);
  }
}
