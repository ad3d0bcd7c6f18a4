package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.DMS_ROLE;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.LAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.LAKE_ROLE;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudControl;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;

/** A template names roles itself, to get around the options of the environment that has them. */
class RolesInTemplatesTest {

  private static final String BOUNDARY = "arn:aws:iam::aws:policy/AmazonS3FullAccess";

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  private CloudFormation cloudFormation(String configuration) {
    return accounts.cloudFormation(b -> b.typeConfiguration(json(configuration)));
  }

  private static ObjectNode model(String properties) {
    var model = json("{'S3Settings': {'BucketName': 'team-lake', 'BucketFolder': 'sales'}}");
    model.setAll(json(properties));
    return model;
  }

  @Nested
  @DisplayName("Options follow the role")
  class Options {

    private static final String STRICT =
        "{'TrustFallback': false, 'LimitToFolders': true, 'SourceConditions': true,"
            + " 'Buckets': [{'BucketName': 'team-lake'}, {'BucketName': 'other-lake'}]}";
    private static final String LAX =
        "{'TrustFallback': true, 'LimitToFolders': false, 'SourceConditions': false,"
            + " 'DataValidation': true, 'Buckets': [{'BucketName': 'team-lake'}, {'BucketName':"
            + " 'lax-lake'}]}";
    private static final String CONFIGURATION =
        """
        {'Environments': [
          {'Name': 'lax', 'DataLakeRoleArn': '%1$s', 'Options': %2$s},
          {'Name': 'strict', 'DataLakeRoleArn': '%1$s', 'Options': %3$s},
          {'Name': 'elsewhere', 'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/other'}]}
        """
            .formatted(LAKE_ROLE, LAX, STRICT);

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/lake-admin'}",
          "{'Environment': 'lax'}",
          "{'Environment': 'strict'}",
          "{'Environment': 'elsewhere', 'DataLakeRoleArn':"
              + " 'arn:aws:iam::444455556666:role/lake-admin'}",
        })
    void create_howeverTheRoleIsNamed_theStrictestOptionsHold(String roles) {
      succeeded(cloudFormation(CONFIGURATION).create(model(roles)));

      assertThat(accounts.roles().get(0).trust().toString()).contains("aws:SourceAccount");
      assertThat(accounts.policies().get(0).document().toString())
          .contains("team-lake/sales/*")
          .doesNotContain("team-lake/*", "s3:GetObject");
    }

    @ParameterizedTest
    @CsvSource({"other-lake", "lax-lake", "third-lake"})
    void create_aBucketThatOneEnvironmentDoesNotAllow_isRefused(String bucket) {
      var model = model("{'DataLakeRoleArn': '%s'}".formatted(LAKE_ROLE));
      ((ObjectNode) model.get("S3Settings")).put("BucketName", bucket);

      var outcome = cloudFormation(CONFIGURATION).create(model);

      assertThat(failed(outcome, HandlerErrorCode.InvalidRequest)).contains("BucketName", bucket);
      assertThat(accounts.calls()).isEmpty();
    }

    @Test
    void create_withTheFallbackForbiddenByOneEnvironment_neverTrustsWithoutConditions() {
      try (var strict = TwoAccounts.start(b -> b.sourceKeys(false))) {
        var outcome =
            strict
                .cloudFormation(b -> b.typeConfiguration(json(CONFIGURATION)))
                .create(model("{'DataLakeRoleArn': '%s'}".formatted(LAKE_ROLE)));

        assertThat(failed(outcome, HandlerErrorCode.AccessDenied)).contains("TrustFallback");
      }
    }
  }

  @Nested
  @DisplayName("RolesInTemplates: false")
  class Forbidden {

    private static final String CONFIGURATION =
        """
        {'RolesInTemplates': false, 'DefaultEnvironment': 'dev', 'Environments': [
          {'Name': 'dev', 'DataLakeRoleArn': '%s', 'DmsRoleArn': '%s', 'PermissionsBoundaryArn': '%s'},
          {'Name': 'free', 'DataLakeRoleArn': '%s'}]}
        """
            .formatted(LAKE_ROLE, DMS_ROLE, BOUNDARY, LAKE_ROLE);

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/other'} | DataLakeRoleArn",
          "{'Environment': 'dev', 'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/other'} |"
              + " DataLakeRoleArn",
          "{'Environment': 'dev', 'DmsRoleArn': 'arn:aws:iam::111122223333:role/other'} |"
              + " DmsRoleArn",
          "{'Environment': 'free', 'DmsRoleArn': 'arn:aws:iam::111122223333:role/dms-admin'} |"
              + " DmsRoleArn",
          "{'Environment': 'dev', 'PermissionsBoundaryArn':"
              + " 'arn:aws:iam::aws:policy/AdministratorAccess'} | PermissionsBoundaryArn",
        })
    void create_withARoleOfItsOwn_isRefusedBeforeAnythingIsCalled(String roles, String property) {
      var outcome = cloudFormation(CONFIGURATION).create(model(roles));

      assertThat(failed(outcome, HandlerErrorCode.InvalidRequest))
          .contains(property, "RolesInTemplates", "dev, free");
      assertThat(accounts.calls()).isEmpty();
    }

    @Test
    void create_withTheRoleOfTheDefaultEnvironment_getsItsBoundaryToo() {
      succeeded(
          cloudFormation(CONFIGURATION)
              .create(model("{'DataLakeRoleArn': '%s'}".formatted(LAKE_ROLE))));

      assertThat(accounts.roles().get(0).boundary()).isEqualTo(BOUNDARY);
    }

    @Test
    void update_withARoleOfItsOwn_isRefusedBeforeTheRoleIsAssumed() {
      var before = model("{'Environment': 'dev'}");
      var created = succeeded(cloudFormation(CONFIGURATION).create(before));
      var wanted = before.deepCopy().put("DmsRoleArn", DMS_ROLE.replace("dms-admin", "other"));
      wanted.set("EndpointArn", created.get("EndpointArn"));
      accounts.aws().forgetCalls();

      var outcome = cloudFormation(CONFIGURATION).update(wanted, before);

      assertThat(failed(outcome, HandlerErrorCode.InvalidRequest)).contains("DmsRoleArn");
      assertThat(accounts.calls()).isEmpty();
    }

    @Test
    void update_throughCloudControlWithTheRolesThatReadShows_succeeds() {
      var cloudControl =
          new CloudControl(
              accounts.cloudFormation(
                  b -> b.typeConfiguration(json(CONFIGURATION)).outsideOfStacks()));
      var created = succeeded(cloudControl.create(model("{'Environment': 'dev'}")));
      assertThat(created.get("DataLakeRoleArn").asText()).isEqualTo(LAKE_ROLE);
      assertThat(created.get("DmsRoleArn").asText()).isEqualTo(DMS_ROLE);
      assertThat(created.get("PermissionsBoundaryArn").asText()).isEqualTo(BOUNDARY);

      succeeded(
          cloudControl.update(
              created,
              m -> {
                m.set("Tags", json("{'t': [{'Key': 'a', 'Value': 'b'}]}").get("t"));
                return m;
              }));
    }

    @Test
    void readAndDelete_ofWhatWasMadeBefore_succeed() {
      accounts.aws().createAssumableRole(LAKE, "other", "arn:aws:iam::111122223333:root", null);
      accounts.clock().advance(Duration.ofMinutes(1));
      var other = LAKE_ROLE.replace("lake-admin", "other");
      var created =
          succeeded(
              cloudFormation("{}").create(model("{'DataLakeRoleArn': '%s'}".formatted(other))));

      assertThat(succeeded(cloudFormation(CONFIGURATION).read(byArn(created)))).isEqualTo(created);
      succeeded(cloudFormation(CONFIGURATION).delete(created));
      accounts.clock().advance(Duration.ofMinutes(2));
      assertThat(accounts.endpoints()).isEmpty();
    }
  }
}
