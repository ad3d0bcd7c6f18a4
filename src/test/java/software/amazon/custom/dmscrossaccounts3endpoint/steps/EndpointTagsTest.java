package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;

@DisplayName("Tags that DMS refuses")
class EndpointTagsTest {

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();
  private final Stack stack = new Stack(accounts.cloudFormation());

  private static ObjectNode tagged(String key, String value) {
    var model = model();
    model.set("Tags", json("{'t': [{'Key': '%s', 'Value': '%s'}]}".formatted(key, value)).get("t"));
    return model;
  }

  @Test
  void create_rejectedTagOfTheTemplate_namesItAndLeavesNothing() {
    var outcome = stack.create(tagged("mail", "a@example.com"));

    assertThat(failed(outcome.outcomes().get(0), HandlerErrorCode.InvalidRequest))
        .contains("mail=a@example.com", "Tags of the template");
    accounts.assertNothingLeft();
  }

  @Test
  void create_rejectedTagOfTheStack_namesItAndLeavesNothing() {
    var outcome = stack.create(model(), Map.of("cost,center", "7"));

    assertThat(failed(outcome.outcomes().get(0), HandlerErrorCode.InvalidRequest))
        .contains("cost,center=7", "tags of the stack");
    accounts.assertNothingLeft();
  }

  private void assertNothingHasChanged(ObjectNode wanted) {
    stack.create(model());
    accounts.clock().advance(Duration.ofMinutes(5));
    var endpoints = accounts.endpoints();
    var policies = accounts.policies();
    var cloudFormation = accounts.cloudFormation();
    wanted.put("EndpointArn", endpoints.get(0).arn());

    assertThat(failed(cloudFormation.update(wanted, model()), HandlerErrorCode.InvalidRequest))
        .contains("mail=a@example.com");

    assertThat(accounts.endpoints()).isEqualTo(endpoints);
    assertThat(accounts.policies()).isEqualTo(policies);
  }

  @Test
  void update_rejectedTagInPlace_changesNothing() {
    assertNothingHasChanged(tagged("mail", "a@example.com"));
  }

  @Test
  void update_rejectedTagInRecreation_changesNothing() {
    var wanted = tagged("mail", "a@example.com");
    ((ObjectNode) wanted.get("S3Settings")).put("BucketName", "another-data-lake");
    assertNothingHasChanged(wanted);
  }

  @Test
  void update_endpointHasAsManyTagsAsItCanHave_keepsThem() {
    var tags = new TreeMap<String, String>();
    for (var i = 0; i < 39; i++) {
      tags.put("key" + i, "value");
    }
    assertThat(stack.create(model(), tags).status()).isEqualTo(StackStatus.CREATE_COMPLETE);
    accounts.clock().advance(Duration.ofMinutes(5));
    try (var dms = accounts.dmsByHand()) {
      var arn = accounts.endpoints().get(0).arn();
      for (var i = 0; accounts.endpoints().get(0).tags().size() < 50; i++) {
        var key = "tool" + i;
        dms.addTagsToResource(
            t -> t.resourceArn(arn).tags(Tag.builder().key(key).value("x").build()));
      }
    }
    var before = accounts.endpoints().get(0).tags();

    assertThat(stack.update(tagged("mail", "a@example.com"), tags).status())
        .isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
    assertThat(accounts.endpoints().get(0).tags()).isEqualTo(before);

    var updated = stack.update(tagged("mail", "example.com"), tags);
    assertThat(updated.status()).as(updated.toString()).isEqualTo(StackStatus.UPDATE_COMPLETE);
    assertThat(accounts.endpoints().get(0).tags())
        .hasSize(50)
        .containsEntry("mail", "example.com")
        .doesNotContainKey("team");
  }
}
