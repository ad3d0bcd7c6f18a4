package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;

class UpdateHandlerTest {

  private static final String OTHER = "777788889999";

  @AutoClose
  private final TwoAccounts accounts =
      TwoAccounts.start(b -> b.account(OTHER).allowList(OTHER, TwoAccounts.LAKE));

  private final CloudFormation cloudFormation = accounts.cloudFormation();

  @Test
  void whatIsWrongIsFoundBeforeAnythingIsChanged() {
    var created = succeeded(cloudFormation.create(model()));
    var wanted = updateOf(created);
    ((ObjectNode) wanted.get("S3Settings")).put("EncryptionMode", "sse-kms");
    accounts.aws().forgetCalls();

    assertThat(failed(cloudFormation.update(wanted, created), HandlerErrorCode.InvalidRequest))
        .contains("ServerSideEncryptionKmsKeyId");

    assertThat(accounts.calls()).noneMatch(c -> c.matches("iam:[CDPU].*|dms:[CRA].*|dms:Delete.*"));
    assertThat(succeeded(cloudFormation.read(byArn(created)))).isEqualTo(created);
  }

  @Test
  void anEndpointWhoseArnCantBeAskedForIsNotDeleted() {
    var arn = accounts.endpointByHand("by-hand", null);
    var wanted = model().put("EndpointArn", arn).put("EndpointIdentifier", "by-hand");

    assertThat(failed(cloudFormation.update(wanted, wanted), HandlerErrorCode.NotUpdatable))
        .contains(arn.substring(arn.lastIndexOf(':') + 1), "S3Settings", "at most 31");

    assertThat(accounts.endpoints()).extracting(e -> e.status()).containsExactly("active");
  }

  @Test
  void tagsOfAnEndpointWhoseArnCantBeAskedForAreChangedInPlace() {
    var arn = accounts.endpointByHand("by-hand", null);
    var wanted = model().put("EndpointArn", arn).put("EndpointIdentifier", "by-hand");
    wanted.set("S3Settings", json("{'BucketName': 'example-data-lake', 'BucketFolder': 'made'}"));

    assertThat(succeeded(cloudFormation.read(byArn(wanted))).has("ResourceIdentifier")).isFalse();

    var updated = succeeded(cloudFormation.update(wanted, wanted));

    assertThat(updated.get("Tags")).isEqualTo(wanted.get("Tags"));
    assertThat(updated.get("RoleName").asText()).isEqualTo("by-hand");
  }

  /** With a role in the DMS account, the session is for looking before the ARN is known. */
  @Test
  void theIdentifierAloneFindsTheEndpointThroughARole() {
    var model = model().put("DmsRoleArn", TwoAccounts.DMS_ROLE);
    var created = succeeded(cloudFormation.create(model));
    ((ObjectNode) model.get("S3Settings")).put("BucketFolder", "sales");

    var updated = succeeded(cloudFormation.update(model, created));

    assertThat(updated.get("EndpointArn")).isEqualTo(created.get("EndpointArn"));
    assertThat(updated.at("/S3Settings/BucketFolder").asText()).isEqualTo("sales");
    succeeded(cloudFormation.delete(model));
    accounts.assertNothingLeft();
  }

  /**
   * CloudFormation then replaces the resource, since the schema says that the property may do so.
   */
  @ParameterizedTest
  @CsvSource({
    "DataLakeRoleArn, assumable",
    "DataLakeRoleArn, missing",
    "DmsRoleArn, assumable",
    "DmsRoleArn, missing"
  })
  void update_roleOfAnotherAccount_isNotUpdatableAndNothingIsChanged(String property, String role) {
    assertThat(SchemaFile.texts(SchemaFile.SCHEMA.path("conditionalCreateOnlyProperties")))
        .contains("/properties/" + property);
    accounts
        .aws()
        .createAssumableRole(OTHER, "assumable", "arn:aws:iam::" + TwoAccounts.DMS + ":root", null);
    var before = model().put("DmsRoleArn", TwoAccounts.DMS_ROLE);
    var created = succeeded(cloudFormation.create(before));
    var wanted = updateOf(created).put(property, "arn:aws:iam::%s:role/%s".formatted(OTHER, role));

    assertThat(failed(cloudFormation.update(wanted, created), HandlerErrorCode.NotUpdatable))
        .contains("The account of " + property, OTHER);

    assertThat(succeeded(cloudFormation.read(byArn(created)))).isEqualTo(created);
  }

  @Test
  void update_dmsRoleOfAnotherAccountTakenOut_isNotUpdatable() {
    var role =
        accounts
            .aws()
            .createAssumableRole(OTHER, "dms", "arn:aws:iam::" + TwoAccounts.DMS + ":root", null);
    var before = model().put("DmsRoleArn", role);
    var created = succeeded(cloudFormation.create(before));
    var wanted = updateOf(created);
    wanted.remove("DmsRoleArn");

    assertThat(failed(cloudFormation.update(wanted, created), HandlerErrorCode.NotUpdatable))
        .contains("The account of DmsRoleArn", OTHER);
  }
}
