package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/**
 * The rules of the public handler contract ("Resource type handler contract", CloudFormation CLI
 * User Guide), for those who have no Python to run {@code cfn test}. What holds for every single
 * event is checked by the driver of all tests. {@link ContractTestCanFailTest} shows each one fail.
 */
class ContractTest {

  private final TwoAccounts accounts = TwoAccounts.start();
  private final CloudFormation cloudFormation =
      accounts.cloudFormation(heldToTheContract(accounts.provider()), b -> {});

  /** The provider that is held to the contract: this one as it is. */
  Provider heldToTheContract(Provider provider) {
    return provider;
  }

  @AfterEach
  void close() {
    accounts.close();
  }

  /** A model without identifiers of its own, as the CLI's tests have it. */
  private static ObjectNode input() {
    return json(
        """
        {'DataLakeRoleArn': '%s', 'S3Settings': {'BucketName': 'example-data-lake', 'DataFormat': 'parquet'},
         'ExtraConnectionAttributes': 'maxErrors=7',
         'Tags': [{'Key': 'one', 'Value': '1'}, {'Key': 'two', 'Value': '2'}]}
        """
            .formatted(TwoAccounts.LAKE_ROLE));
  }

  private static void assertNotFound(Outcome outcome) {
    assertThat(outcome.failedWith(HandlerErrorCode.NotFound)).as(outcome.toString()).isTrue();
    assertThat(outcome.message()).isNotBlank();
  }

  private ObjectNode created() {
    return succeeded(cloudFormation.create(input()));
  }

  /** What the CLI gives to an update: the template, and what is read-only of the model. */
  private static ObjectNode update(ObjectNode created) {
    var model = input();
    for (var name :
        new String[] {"EndpointArn", "ExternalId", "ServiceAccessRoleArn", "PolicyArn", "Status"}) {
      model.set(name, created.get(name));
    }
    ((ObjectNode) model.get("S3Settings")).put("BucketFolder", "folder");
    model.set(
        "Tags",
        json("{'t': [{'Key': 'two', 'Value': '22'}, {'Key': 'three', 'Value': '3'}]}").get("t"));
    return model;
  }

  private static void assertHolds(JsonNode output, ObjectNode input) {
    assertThat(output.at("/S3Settings/BucketName")).isEqualTo(input.at("/S3Settings/BucketName"));
    assertThat(output.at("/S3Settings/DataFormat")).isEqualTo(input.at("/S3Settings/DataFormat"));
    assertThat(output.get("DataLakeRoleArn")).isEqualTo(input.get("DataLakeRoleArn"));
    assertThat(output.get("Tags")).containsExactlyInAnyOrderElementsOf(input.get("Tags"));
  }

  @Test
  void aCreatedResourceCanBeRead() {
    var created = created();
    assertHolds(created, input());
    assertThat(succeeded(cloudFormation.read(created))).isEqualTo(created);
  }

  private Stream<JsonNode> listed() {
    return cloudFormation.list().stream()
        .flatMap(p -> p.models().stream())
        .map(m -> m.get("EndpointArn"));
  }

  @Test
  void aCreatedResourceIsListed() {
    var arn = created().get("EndpointArn");
    assertThat(listed()).containsExactly(arn);
  }

  @Test
  void aCreatedResourceCanBeDeletedAndItsSuccessHoldsNoModel() {
    assertThat(cloudFormation.delete(created()).model()).isEmpty();
  }

  @Test
  void aDeletedResourceIsNotFound() {
    var model = created();
    succeeded(cloudFormation.delete(model));
    assertNotFound(cloudFormation.read(model));
    assertNotFound(cloudFormation.delete(model));
    assertNotFound(cloudFormation.update(update(model), model));
  }

  @Test
  void aDeletedResourceIsNotListed() {
    succeeded(cloudFormation.delete(created()));
    assertThat(listed()).isEmpty();
  }

  @Test
  void theNamesOfADeletedResourceAreFree() {
    var named = input().put("EndpointIdentifier", "again");
    succeeded(cloudFormation.delete(succeeded(cloudFormation.create(named))));
    succeeded(cloudFormation.create(named));
  }

  @Test
  void anUpdatedResourceReadsAsUpdatedUnderTheSameIdentifier() {
    var created = created();
    var wanted = update(created);
    var updated = succeeded(cloudFormation.update(wanted, created));
    assertHolds(updated, wanted);
    assertThat(updated.get("EndpointArn")).isEqualTo(created.get("EndpointArn"));
    assertThat(succeeded(cloudFormation.read(updated))).isEqualTo(updated);
  }

  @Test
  void anUpdatedResourceIsStillListed() {
    var created = created();
    succeeded(cloudFormation.update(update(created), created));
    assertThat(listed()).containsExactly(created.get("EndpointArn"));
  }

  @Test
  void whatWasNeverCreatedCantBeUpdatedReadOrDeleted() {
    for (var model : new ObjectNode[] {input(), input().put("EndpointIdentifier", "never")}) {
      assertNotFound(cloudFormation.update(model, model));
      assertNotFound(cloudFormation.read(model));
      assertNotFound(cloudFormation.delete(model));
    }
  }

  @Test
  void aRepeatedCreateWithTheSameTokenMakesNothingTwice() {
    var operation = StackOperation.create(input());
    var first = succeeded(cloudFormation.run(operation));
    var second = succeeded(cloudFormation.run(operation));
    assertThat(second).isEqualTo(first);
    assertThat(accounts.endpoints()).hasSize(1);
    assertThat(accounts.roles()).hasSize(1);
  }

  @Test
  void aCreateWithAnotherTokenOfWhatIsThereAlreadyExists() {
    var named = input().put("EndpointIdentifier", "taken");
    succeeded(cloudFormation.create(named));
    var before = accounts.endpoints();
    var outcome = cloudFormation.create(named);
    assertThat(outcome.failedWith(HandlerErrorCode.AlreadyExists)).as(outcome.toString()).isTrue();
    assertThat(accounts.endpoints()).isEqualTo(before);
  }

  @Test
  void aModelThatTheSchemaDoesNotAllowIsAnInvalidRequestAndMakesNothing() {
    var invalid = input();
    ((ObjectNode) invalid.get("S3Settings")).put("DataFormat", "xlsx");
    var outcome = cloudFormation.create(invalid);
    assertThat(outcome.failedWith(HandlerErrorCode.InvalidRequest)).as(outcome.toString()).isTrue();
    assertThat(outcome.message()).contains("DataFormat");
    assertThat(accounts.endpoints()).isEmpty();
    assertThat(accounts.roles()).isEmpty();
  }

  @Test
  void anUpdateToSuchAModelIsAnInvalidRequestAndChangesNothing() {
    var created = created();
    var invalid = update(created);
    ((ObjectNode) invalid.get("S3Settings")).put("DataFormat", "xlsx");
    var outcome = cloudFormation.update(invalid, created);
    assertThat(outcome.failedWith(HandlerErrorCode.InvalidRequest)).as(outcome.toString()).isTrue();
    assertThat(succeeded(cloudFormation.read(created))).isEqualTo(created);
  }

  @Test
  void aCreateOnlyPropertyIsNotUpdatable() {
    var created = created();
    for (var name :
        new String[] {"EndpointIdentifier", "ResourceIdentifier", "RoleName", "PolicyName"}) {
      var wanted = update(created).put(name, "another-name");
      var outcome = cloudFormation.update(wanted, created);
      assertThat(outcome.failedWith(HandlerErrorCode.NotUpdatable)).as(name + outcome).isTrue();
      assertThat(outcome.message()).contains(name);
    }
    assertThat(accounts.endpoints().get(0).arn()).isEqualTo(created.get("EndpointArn").asText());
  }

  @Test
  void readOnlyPropertiesCantBeGivenByAnybodyElse() {
    var created = created();
    var wanted = update(created).put("ExternalId", "mine").put("Status", "failed");
    var updated = succeeded(cloudFormation.update(wanted, created));
    assertThat(updated.get("ExternalId").asText())
        .isEqualTo(accounts.endpoints().get(0).externalId());
    assertThat(updated.get("Status").asText()).isEqualTo("active");
  }

  @Test
  void writeOnlyPropertiesAreInNoAnswer() {
    assertThat(created().has("ExtraConnectionAttributes")).isFalse();
  }
}
