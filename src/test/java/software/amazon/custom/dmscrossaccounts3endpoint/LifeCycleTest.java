package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;

class LifeCycleTest {

  private final TwoAccounts accounts = TwoAccounts.start();

  @AfterEach
  void close() {
    accounts.close();
  }

  private ObjectNode created(ObjectNode model) {
    return succeeded(accounts.cloudFormation().create(model));
  }

  @Test
  void createMakesOneHealthyEndpointWhoseRoleAsksForItsExternalId() {
    var model = created(model());

    assertThat(accounts.endpoints()).hasSize(1);
    var endpoint = accounts.endpoints().get(0);
    assertThat(endpoint.status()).isEqualTo("active");
    assertThat(endpoint.arn()).isEqualTo(model.get("EndpointArn").asText());
    assertThat(accounts.roles()).hasSize(1);
    var trust = accounts.roles().get(0).trust();
    assertThat(trust.at("/Statement/Condition/StringEquals/sts:ExternalId").asText())
        .isEqualTo(endpoint.externalId());
    assertThat(accounts.policies()).hasSize(1);
    assertThat(accounts.roles().get(0).attached())
        .containsExactly(accounts.policies().get(0).arn());
    assertThat(model.get("ExternalId").asText()).isEqualTo(endpoint.externalId());
    assertThat(model.get("ServiceAccessRoleArn").asText()).isEqualTo(accounts.roles().get(0).arn());
  }

  @Test
  void whatCreateReturnsIsWhatReadReturns() {
    var model = created(model());
    assertThat(succeeded(accounts.cloudFormation().read(byArn(model)))).isEqualTo(model);
  }

  @Test
  void updateOfTagsIsDoneInPlace() {
    created(model());
    var wanted = model();
    wanted.set("Tags", json("{'t': [{'Key': 'stage', 'Value': 'prod'}]}").get("t"));
    var before = accounts.endpoints().get(0);
    accounts.aws().forgetCalls();

    var cloudFormation = accounts.cloudFormation();
    var created = succeeded(cloudFormation.read(byArn(before.arn())));
    wanted.put("EndpointArn", before.arn());
    var updated = succeeded(cloudFormation.update(wanted, created));

    assertThat(updated.get("Tags")).isEqualTo(wanted.get("Tags"));
    assertThat(accounts.calls()).doesNotContain("dms:DeleteEndpoint", "dms:CreateEndpoint");
  }

  @Test
  void updateOfAnS3SettingCreatesTheEndpointAgainUnderTheSameArn() {
    var created = created(model());
    var wanted = model();
    wanted.put("EndpointArn", created.get("EndpointArn").asText());
    ((ObjectNode) wanted.get("S3Settings")).put("CompressionType", "none");
    accounts.aws().forgetCalls();

    var updated = succeeded(accounts.cloudFormation().update(wanted, created));

    assertThat(updated.get("EndpointArn")).isEqualTo(created.get("EndpointArn"));
    assertThat(updated.at("/S3Settings/CompressionType").asText()).isEqualTo("none");
    assertThat(accounts.calls()).contains("dms:DeleteEndpoint", "dms:CreateEndpoint");
  }

  @Test
  void deleteLeavesNothing() {
    var created = created(model());
    var outcome = accounts.cloudFormation().delete(created);
    assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
    assertThat(accounts.endpoints()).isEmpty();
    assertThat(accounts.roles()).isEmpty();
    assertThat(accounts.policies()).isEmpty();
    assertThat(accounts.cloudFormation().delete(created).failedWith(HandlerErrorCode.NotFound))
        .isTrue();
  }

  @Test
  void listHoldsTheEndpointsThatThisTypeMade() {
    var created = created(model());
    var pages = accounts.cloudFormation().list();
    assertThat(pages.stream().flatMap(p -> p.models().stream()))
        .extracting(m -> m.get("EndpointArn").asText())
        .containsExactly(created.get("EndpointArn").asText());
  }
}
