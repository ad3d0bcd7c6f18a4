package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.ANYTHING;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;

class DeleteAccessTest {

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  @Test
  void delete_policiesAndVersionsAddedByHand_deletesRoleAndPolicy() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    try (var iam = accounts.iamByHand()) {
      iam.attachRolePolicy(
          r ->
              r.roleName(created.get("RoleName").asText())
                  .policyArn("arn:aws:iam::aws:policy/AmazonS3FullAccess"));
      for (var i = 0; i < 3; i++) {
        var isDefault = i == 1;
        iam.createPolicyVersion(
            p ->
                p.policyArn(created.get("PolicyArn").asText())
                    .policyDocument(ANYTHING)
                    .setAsDefault(isDefault));
      }
    }

    succeeded(accounts.cloudFormation().delete(created));

    accounts.assertNothingLeft();
  }

  @Test
  void delete_roleWithSameTagsAtAnotherPath_keepsIt() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    var name = created.get("RoleName").asText();
    var role = accounts.roles().get(0);
    try (var iam = accounts.iamByHand()) {
      iam.detachRolePolicy(r -> r.roleName(name).policyArn(created.get("PolicyArn").asText()));
      iam.deleteRole(r -> r.roleName(name));
      iam.createRole(
          r ->
              r.roleName(name)
                  .assumeRolePolicyDocument(role.trust().toString())
                  .tags(
                      role.tags().entrySet().stream()
                          .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                          .toList()));
    }

    succeeded(accounts.cloudFormation().delete(created));

    assertThat(accounts.endpoints()).allMatch(e -> e.status().equals("deleting"));
    assertThat(accounts.roles()).extracting(r -> r.path()).containsExactly("/");
    assertThat(accounts.policies()).isEmpty();
  }
}
