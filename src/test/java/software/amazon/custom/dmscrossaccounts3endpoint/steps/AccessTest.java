package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.ANYTHING;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;

class AccessTest {

  private static final String NOBODY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}]}";
  private static final Fault EXISTS =
      Fault.refused("EntityAlreadyExists", 409, "It exists already.");
  private static final Fault NOT_THERE = Fault.refused("NoSuchEntity", 404, "It cannot be found.");

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  private ObjectNode created() {
    return succeeded(accounts.cloudFormation().create(model()));
  }

  @ParameterizedTest
  @CsvSource({"CreateRole, role", "CreatePolicy, policy"})
  void whatIamHasAndDoesNotShowYetIsWaitedFor(String operation, String what) {
    accounts.aws().faults().reset().onOperation("iam", operation, EXISTS.times(2));

    var outcome = accounts.cloudFormation().create(model());

    succeeded(outcome);
    assertThat(outcome.events())
        .anyMatch(e -> e.message().contains("IAM to show " + what + " sales-lake"));
    accounts.assertOneHealthyEndpoint();
  }

  @ParameterizedTest
  @CsvSource({"CreateRole, role", "CreatePolicy, policy"})
  void whatIamNeverShowsIsGivenUp(String operation, String what) {
    accounts.aws().faults().reset().onOperation("iam", operation, EXISTS.times(1000));

    var message = failed(accounts.cloudFormation().create(model()), HandlerErrorCode.NotStabilized);

    assertThat(message).contains(what + " ", "2 minutes");
  }

  @ParameterizedTest
  @CsvSource({"CreateRole, GetRole", "CreatePolicy, GetPolicy"})
  void whatAnEarlierCallMadeIsFoundAlthoughIamShowsItLate(String create, String get) {
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
  void aRoleOfSomebodyElsesThatIamShowsLateIsLeftAlone() {
    try (var iam = accounts.iamByHand()) {
      iam.createRole(r -> r.roleName("somebodys").assumeRolePolicyDocument(NOBODY));
    }
    var before = accounts.roles();
    accounts.aws().faults().reset().onOperation("iam", "GetRole", NOT_THERE.times(2));

    var outcome = accounts.cloudFormation().create(model().put("RoleName", "somebodys"));

    assertThat(failed(outcome, HandlerErrorCode.AlreadyExists)).contains("somebodys", "RoleName");
    assertThat(accounts.roles()).isEqualTo(before);
  }

  @Test
  void aPolicyOfSomebodyElsesThatIamShowsLateIsLeftAlone() {
    try (var iam = accounts.iamByHand()) {
      iam.createPolicy(p -> p.policyName("somebodys").path(Marks.PATH).policyDocument(ANYTHING));
    }
    var before = accounts.policies();
    accounts.aws().faults().reset().onOperation("iam", "GetPolicy", NOT_THERE.times(2));

    var outcome = accounts.cloudFormation().create(model().put("PolicyName", "somebodys"));

    assertThat(failed(outcome, HandlerErrorCode.AlreadyExists)).contains("somebodys", "PolicyName");
    assertThat(accounts.policies()).isEqualTo(before);
  }

  @Test
  void whatCantBeAttachedYetIsWaitedFor() {
    accounts.aws().faults().reset().onOperation("iam", "AttachRolePolicy", NOT_THERE.times(2));

    var outcome = accounts.cloudFormation().create(model());

    succeeded(outcome);
    assertThat(outcome.events())
        .anyMatch(e -> e.message().contains("Trying again: iam:AttachRolePolicy"));
    accounts.assertOneHealthyEndpoint();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CreateRole", "CreatePolicy", "AttachRolePolicy", "UpdateAssumeRolePolicy"})
  void aCallThatIsDeniedIsNamed(String operation) {
    accounts.aws().faults().reset().onOperation("iam", operation, Fault.denied());

    assertThat(failed(accounts.cloudFormation().create(model()), HandlerErrorCode.AccessDenied))
        .contains("iam:" + operation);
  }

  @Test
  void theTrustOfARoleThatIamDoesNotShowYetIsBroughtLater() {
    try (var keeping = TwoAccounts.start(b -> b.dialect(HandshakeDialect.KEPT_ACTIVE))) {
      keeping
          .aws()
          .faults()
          .reset()
          .onOperation("iam", "UpdateAssumeRolePolicy", NOT_THERE.times(3));

      var outcome = keeping.cloudFormation().create(model());

      succeeded(outcome);
      assertThat(outcome.events())
          .anyMatch(e -> e.message().contains("Trying again: iam:UpdateAssumeRolePolicy"));
      keeping.assertOneHealthyEndpoint();
    }
  }

  @Test
  void whatIsAttachedIsNotAttachedAgain() {
    var created = created();
    accounts.aws().forgetCalls();

    succeeded(accounts.cloudFormation().update(updateOf(created), created));

    assertThat(accounts.calls()).doesNotContain("iam:AttachRolePolicy");
  }

  @Test
  void anotherPolicyOnTheRoleDoesNotStandForItsOwn() {
    var created = created();
    try (var iam = accounts.iamByHand()) {
      var role = created.get("RoleName").asText();
      iam.attachRolePolicy(
          r -> r.roleName(role).policyArn("arn:aws:iam::aws:policy/AmazonS3FullAccess"));
      iam.detachRolePolicy(r -> r.roleName(role).policyArn(created.get("PolicyArn").asText()));
    }

    succeeded(accounts.cloudFormation().update(updateOf(created), created));

    accounts.assertOneHealthyEndpoint();
  }

  @Test
  void ofFiveVersionsTheOldestThatIsNotTheDefaultMakesRoom() {
    var created = created();
    var arn = created.get("PolicyArn").asText();
    try (var iam = accounts.iamByHand()) {
      iam.createPolicyVersion(p -> p.policyArn(arn).policyDocument(ANYTHING).setAsDefault(true));
      iam.deletePolicyVersion(p -> p.policyArn(arn).versionId("v1"));
      for (var i = 0; i < 4; i++) {
        accounts.clock().advance(Duration.ofMinutes(1));
        iam.createPolicyVersion(p -> p.policyArn(arn).policyDocument(ANYTHING));
      }
      var wanted = accounts.policies().get(0).versions();
      assertThat(wanted).isEqualTo(5);

      succeeded(accounts.cloudFormation().update(updateOf(created), created));

      assertThat(iam.listPolicyVersions(p -> p.policyArn(arn)).versions())
          .extracting(PolicyVersion::versionId)
          .containsExactlyInAnyOrder("v2", "v4", "v5", "v6", "v7");
    }
    assertThat(accounts.policies().get(0).document().toString()).doesNotContain("s3:*");
  }

  @Test
  void belowFiveVersionsNoneIsDeleted() {
    var created = created();
    try (var iam = accounts.iamByHand()) {
      iam.createPolicyVersion(
          p ->
              p.policyArn(created.get("PolicyArn").asText())
                  .policyDocument(ANYTHING)
                  .setAsDefault(true));
    }

    succeeded(accounts.cloudFormation().update(updateOf(created), created));

    assertThat(accounts.policies().get(0).versions()).isEqualTo(3);
  }

  @Test
  void anEndpointThatWasDeletedByHandComesBackUnderItsIdentifier() {
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
    assertThat(outcome.events()).anyMatch(e -> e.message().contains("The endpoint is missing"));
    assertThat(accounts.assertOneHealthyEndpoint().identifier()).isEqualTo(identifier);
  }

  @Test
  void aRecreationIsRefusedBeforeItDeletesWhenTheNameOfItsPolicyIsTaken() {
    var arn = accounts.endpointByHand("by-hand", "by-hand");
    try (var iam = accounts.iamByHand()) {
      iam.createPolicy(p -> p.policyName("somebodys").path(Marks.PATH).policyDocument(ANYTHING));
    }
    var wanted =
        model()
            .put("EndpointArn", arn)
            .put("EndpointIdentifier", "by-hand")
            .put("PolicyName", "somebodys");

    var outcome = accounts.cloudFormation().update(wanted, wanted);

    assertThat(failed(outcome, HandlerErrorCode.AlreadyExists)).contains("somebodys", "PolicyName");
    assertThat(accounts.endpoints()).extracting(e -> e.status()).containsExactly("active");
  }
}
