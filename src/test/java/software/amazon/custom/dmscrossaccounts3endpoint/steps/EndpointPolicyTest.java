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
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/** The policy, its versions and its attachment. */
class EndpointPolicyTest {

  private static final Fault NOT_THERE = Fault.refused("NoSuchEntity", 404, "It cannot be found.");

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  private ObjectNode created() {
    return succeeded(accounts.cloudFormation().create(model()));
  }

  @Test
  void create_foreignPolicyShownLate_keepsIt() {
    try (var iam = accounts.iamByHand()) {
      iam.createPolicy(
          p -> p.policyName("somebodys").path(OwnershipTags.PATH).policyDocument(ANYTHING));
    }
    var before = accounts.policies();
    accounts.aws().faults().reset().onOperation("iam", "GetPolicy", NOT_THERE.times(2));

    var outcome = accounts.cloudFormation().create(model().put("PolicyName", "somebodys"));

    assertThat(failed(outcome, HandlerErrorCode.AlreadyExists)).contains("somebodys", "PolicyName");
    assertThat(accounts.policies()).isEqualTo(before);
  }

  @Test
  void create_policyNotAttachableYet_retries() {
    accounts.aws().faults().reset().onOperation("iam", "AttachRolePolicy", NOT_THERE.times(2));

    var outcome = accounts.cloudFormation().create(model());

    succeeded(outcome);
    assertThat(accounts.log())
        .anyMatch(line -> line.contains("Trying again: iam:AttachRolePolicy"));
    accounts.assertOneHealthyEndpoint();
  }

  @Test
  void update_policyIsAttached_doesNotAttachAgain() {
    var created = created();
    accounts.aws().forgetCalls();

    succeeded(accounts.cloudFormation().update(updateOf(created), created));

    assertThat(accounts.calls()).doesNotContain("iam:AttachRolePolicy");
  }

  @Test
  void update_onlyAnotherPolicyAttached_attachesOwnPolicy() {
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
  void update_fiveVersions_deletesTheOldestNonDefaultVersion() {
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
  void update_fewerThanFiveVersions_deletesNone() {
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
  void update_recreationWithForeignPolicyName_failsBeforeDeletion() {
    var arn = accounts.endpointByHand("by-hand", "by-hand");
    try (var iam = accounts.iamByHand()) {
      iam.createPolicy(
          p -> p.policyName("somebodys").path(OwnershipTags.PATH).policyDocument(ANYTHING));
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
