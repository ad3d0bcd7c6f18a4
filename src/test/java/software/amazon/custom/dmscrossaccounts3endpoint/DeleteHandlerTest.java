package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Event;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;

class DeleteHandlerTest {

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  private static List<String> messages(Outcome outcome) {
    return outcome.events().stream().map(Event::message).toList();
  }

  @Test
  void theArnAloneFindsWhatTheTemplateHadNamed() {
    var created =
        succeeded(
            accounts
                .cloudFormation()
                .create(model().put("RoleName", "our-role").put("PolicyName", "our-policy")));

    var outcome = accounts.cloudFormation().delete(byArn(created));

    succeeded(outcome);
    assertThat(messages(outcome)).contains("Deleting the endpoint");
    accounts.assertNothingLeft();
  }

  @Test
  void whatIsLeftOfAnEndpointThatWasDeletedByHandGoes() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    try (var dms = accounts.dmsByHand()) {
      dms.deleteEndpoint(e -> e.endpointArn(created.get("EndpointArn").asText()));
    }
    accounts.clock().advance(Duration.ofMinutes(1));

    var outcome = accounts.cloudFormation().delete(created);

    succeeded(outcome);
    assertThat(messages(outcome)).contains("Deleting role and policy");
    accounts.assertNothingLeft();
  }

  @Test
  void anEndpointThatWasMadeByHandIsLeftAndTheMessageSaysWhy() {
    var model = model().put("EndpointArn", accounts.endpointByHand("by-hand", null));

    var outcome = accounts.cloudFormation().delete(model);

    assertThat(failed(outcome, HandlerErrorCode.NotFound))
        .contains("made by hand", "Nothing was deleted");
    assertThat(accounts.endpoints()).hasSize(1);
  }

  @Test
  void anEndpointThatIsNotThereIsSaidNotToBeThere() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    succeeded(accounts.cloudFormation().delete(created));

    assertThat(failed(accounts.cloudFormation().delete(created), HandlerErrorCode.NotFound))
        .contains(created.get("EndpointArn").asText())
        .doesNotContain("made by hand");
  }

  @Test
  void aResourceThatWasMovedToAnotherStackIsDeletedThere() {
    var created = succeeded(accounts.cloudFormation(b -> b.stackName("before")).create(model()));

    succeeded(accounts.cloudFormation(b -> b.stackName("after")).delete(created));

    accounts.assertNothingLeft();
  }

  private void removeOwnershipTags(ObjectNode created, boolean ofTheRoleToo) {
    var key = "dms-cross-account-s3-endpoint:endpoint-arn";
    try (var dms = accounts.dmsByHand();
        var iam = accounts.iamByHand()) {
      var keys =
          accounts.endpoints().get(0).tags().keySet().stream()
              .filter(k -> k.startsWith("dms-cross-account-s3-endpoint:"))
              .toList();
      dms.removeTagsFromResource(
          t -> t.resourceArn(created.get("EndpointArn").asText()).tagKeys(keys));
      if (ofTheRoleToo) {
        iam.untagRole(t -> t.roleName(created.get("RoleName").asText()).tagKeys(key));
      }
    }
    accounts.clock().advance(Duration.ofMinutes(5));
  }

  @Test
  void delete_tagsOfTheEndpointWereTakenAway_goesByItsRole() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    removeOwnershipTags(created, false);

    succeeded(accounts.cloudFormation().delete(created));

    accounts.assertNothingLeft();
  }

  @Test
  void delete_tagsOfEndpointAndRoleWereTakenAway_touchesNothingAndSaysWhy() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    removeOwnershipTags(created, true);
    var roles = accounts.roles();
    var policies = accounts.policies();

    assertThat(failed(accounts.cloudFormation().delete(created), HandlerErrorCode.NotFound))
        .contains("ownership tags", created.get("RoleName").asText(), "Nothing was deleted");

    assertThat(accounts.endpoints()).hasSize(1);
    assertThat(accounts.roles()).isEqualTo(roles);
    assertThat(accounts.policies()).isEqualTo(policies);
  }
}
