package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudControl;

@DisplayName("Cloud Control updates with a READ and a patch")
class CloudControlTest {

  private static final String ATTRIBUTES = "maxErrors=7;";

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();
  private final CloudControl cloudControl = accounts.cloudControl();

  private static ObjectNode desired() {
    return model().put("ExtraConnectionAttributes", ATTRIBUTES);
  }

  private ObjectNode updated(ObjectNode resource, UnaryOperator<ObjectNode> patch) {
    accounts.clock().advance(Duration.ofMinutes(1));
    accounts.aws().forgetCalls();
    return succeeded(cloudControl.update(resource, patch));
  }

  private static ObjectNode withTag(ObjectNode model, String value) {
    model.set("Tags", json("{'t': [{'Key': 'team', 'Value': '%s'}]}".formatted(value)).get("t"));
    return model;
  }

  private static ObjectNode withSetting(ObjectNode model, String name, String value) {
    ((ObjectNode) model.get("S3Settings")).put(name, value);
    return model;
  }

  private String attributes() {
    try (var dms = accounts.dmsByHand()) {
      return dms.describeEndpoints().endpoints().get(0).extraConnectionAttributes();
    }
  }

  @Test
  void update_tagsOfAnEndpointWithExtraAttributes_isInPlace() {
    var created = succeeded(cloudControl.create(desired()));

    var updated = updated(created, m -> withTag(m, "finance"));

    assertThat(updated.at("/Tags/0/Value").asText()).isEqualTo("finance");
    assertThat(accounts.calls()).doesNotContain("dms:DeleteEndpoint", "dms:CreateEndpoint");
    assertThat(attributes()).contains("maxErrors");
  }

  @Test
  void update_aSettingOfAnEndpointWithExtraAttributes_keepsThem() {
    var created = succeeded(cloudControl.create(desired()));

    updated(created, m -> withSetting(m, "BucketFolder", "sales"));

    assertThat(accounts.calls()).contains("dms:DeleteEndpoint", "dms:CreateEndpoint");
    assertThat(attributes()).contains("maxErrors");
    accounts.assertOneHealthyEndpoint();
  }

  @Test
  void update_withoutAPatch_changesNothing() {
    var created = succeeded(cloudControl.create(desired()));

    updated(created, m -> m);

    assertThat(accounts.calls())
        .doesNotContain(
            "dms:DeleteEndpoint",
            "dms:AddTagsToResource",
            "dms:RemoveTagsFromResource",
            "iam:CreatePolicyVersion",
            "iam:UpdateAssumeRolePolicy");
  }

  @Test
  void update_defaultsThatReadShows_areNotRequested() {
    var created = succeeded(cloudControl.create(model()));
    assertThat(succeeded(cloudControl.get(created)).at("/S3Settings/CsvDelimiter").asText())
        .isEqualTo(",");

    updated(created, m -> withTag(m, "finance"));

    // A stack that takes the resource over has none of them in its template.
    accounts.clock().advance(Duration.ofMinutes(1));
    accounts.aws().forgetCalls();
    var template = model().put("EndpointArn", created.get("EndpointArn").asText());
    succeeded(accounts.cloudFormation().update(withTag(template, "finance"), template));
    assertThat(accounts.calls()).doesNotContain("dms:DeleteEndpoint");
  }

  @Test
  void update_aSettingIsRemovedByThePatch_isTakenBack() {
    var created = succeeded(cloudControl.create(withSetting(model(), "BucketFolder", "sales")));

    var updated =
        updated(
            created,
            m -> {
              ((ObjectNode) m.get("S3Settings")).remove("BucketFolder");
              return m;
            });

    assertThat(updated.at("/S3Settings/BucketFolder").isMissingNode()).isTrue();
  }

  @Test
  void wholeLife() {
    var created = succeeded(cloudControl.create(desired()));
    assertThat(succeeded(cloudControl.get(created))).isEqualTo(created);
    assertThat(cloudControl.list().models()).containsExactly(byArn(created));
    updated(created, m -> withTag(m, "finance"));
    updated(created, m -> withSetting(m, "CompressionType", "none"));
    updated(created, m -> withSetting(m, "TimestampColumnName", "loaded_at"));
    succeeded(cloudControl.delete(created));
    accounts.assertNothingLeft();
  }
}
