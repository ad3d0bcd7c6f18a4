package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;

class ReplacementDiffTest {

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  private static ObjectNode with(ObjectNode model, String setting, String value) {
    ((ObjectNode) model.get("S3Settings")).put(setting, value);
    return model;
  }

  /** Creates one model and updates it to another; returns whether the endpoint was recreated. */
  private boolean isRecreated(ObjectNode before, ObjectNode previous, ObjectNode after) {
    var created = succeeded(accounts.cloudFormation().create(before));
    accounts.aws().forgetCalls();
    after.put("EndpointArn", created.get("EndpointArn").asText());
    succeeded(accounts.cloudFormation().update(after, previous));
    return accounts.calls().contains("dms:DeleteEndpoint");
  }

  @Test
  void update_defaultBucketOwnerRemoved_keepsTheEndpoint() {
    var before = with(model(), "ExpectedBucketOwner", TwoAccounts.LAKE);
    assertThat(isRecreated(before, before, model())).isFalse();
  }

  @Test
  void update_otherBucketOwnerRemoved_recreatesWithDefault() {
    var before = with(model(), "ExpectedBucketOwner", "999988887777");
    assertThat(isRecreated(before, before, model())).isTrue();
    assertThat(accounts.endpoints().get(0).settings())
        .containsEntry("ExpectedBucketOwner", TwoAccounts.LAKE);
  }

  @Test
  void update_attributeChangedOrRemoved_recreatesTheEndpoint() {
    var before = model().put("ExtraConnectionAttributes", "maxErrors=7;other=1");
    assertThat(isRecreated(before, before, model().put("ExtraConnectionAttributes", "maxErrors=8")))
        .isTrue();
  }

  @Test
  void update_removedAttributeNotInEffect_keepsTheEndpoint() {
    var previous = model().put("ExtraConnectionAttributes", "maxErrors=7");
    assertThat(isRecreated(model(), previous, model())).isFalse();
  }

  @Test
  void update_recreation_namesTheDifferencesFirst() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    var outcome =
        accounts
            .cloudFormation()
            .update(
                with(
                    updateOf(created).put("ExtraConnectionAttributes", "maxErrors=8"),
                    "CompressionType",
                    "none"),
                created);
    succeeded(outcome);
    assertThat(outcome.events().get(0).message())
        .contains("ExtraConnectionAttributes, S3Settings.CompressionType");
  }
}
