package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.LAKE_ROLE;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;

/** A template asks for what the environment does not allow. */
class AllowListsTest {

  private static final String KEY = "arn:aws:kms:eu-central-1:444455556666:key/1234";
  private static final String OPTIONS =
      """
      {'Buckets': [{'BucketName': 'whole-lake'}, {'BucketName': 'shared-lake', 'Prefix': 'teams/sales'}],
       'KmsKeys': ['%s'], 'CannedAcls': ['bucket-owner-full-control'], 'GlueCatalog': false}
      """
          .formatted(KEY);

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  private CloudFormation cloudFormation(String options) {
    var configuration =
        json(
            "{'Environments': [{'Name': 'dev', 'DataLakeRoleArn': '%s', 'Options': %s}]}"
                .formatted(LAKE_ROLE, options));
    return accounts.cloudFormation(b -> b.typeConfiguration(configuration));
  }

  private static ObjectNode model(String settings) {
    return json("{'Environment': 'dev', 'S3Settings': %s}".formatted(settings));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'BucketName': 'other-lake'} | BucketName | other-lake | whole-lake, shared-lake",
        "{'BucketName': 'shared-lake'} | BucketFolder | not given | teams/sales",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams'} | BucketFolder | teams |"
            + " teams/sales",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams/sales2'} | BucketFolder | sales2 |"
            + " teams/sales",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams/sales/../hr'} | BucketFolder | .. |"
            + " teams/sales",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams/sales/./a'} | BucketFolder | /./ |"
            + " teams/sales",
        "{'BucketName': 'shared-lake', 'BucketFolder': '/teams/sales'} | BucketFolder | /teams |"
            + " teams/sales",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams//sales'} | BucketFolder | // |"
            + " teams/sales",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams/sales/*'} | BucketFolder | * |"
            + " teams/sales",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams/sales/a?'} | BucketFolder | ? |"
            + " teams/sales",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams/sales/${aws:x}'} | BucketFolder | ${"
            + " | teams/sales",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams/sales', 'CdcPath': '../hr'} | CdcPath"
            + " | ../hr | teams/sales",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams/sales', 'CdcPath': '/hr'} | CdcPath |"
            + " /hr | teams/sales",
        "{'BucketName': 'whole-lake', 'EncryptionMode': 'sse-kms', 'ServerSideEncryptionKmsKeyId':"
            + " 'abcd'} | ServerSideEncryptionKmsKeyId | key/abcd | key/1234",
        "{'BucketName': 'whole-lake', 'EncryptionMode': 'sse-kms', 'ServerSideEncryptionKmsKeyId':"
            + " 'alias/a'} | ServerSideEncryptionKmsKeyId | alias/a | key/1234",
        "{'BucketName': 'whole-lake', 'CannedAclForObjects': 'private'} | CannedAclForObjects |"
            + " private | bucket-owner-full-control",
        "{'BucketName': 'whole-lake', 'GlueCatalogGeneration': true} | GlueCatalogGeneration | true"
            + " | GlueCatalog",
      })
  void create_aValueThatIsNotAllowed_isRefusedBeforeAnythingIsCalled(
      String settings, String property, String value, String list) {
    var outcome = cloudFormation(OPTIONS).create(model(settings));

    assertThat(failed(outcome, HandlerErrorCode.InvalidRequest))
        .contains("S3Settings." + property, value, list);
    assertThat(accounts.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'BucketName': 'whole-lake', 'BucketFolder': 'a//b', 'CannedAclForObjects': 'none'}",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams/sales'}",
        "{'BucketName': 'shared-lake', 'BucketFolder': 'teams/sales/orders/', 'CdcPath':"
            + " 'changes'}",
        "{'BucketName': 'whole-lake', 'EncryptionMode': 'sse-kms', 'ServerSideEncryptionKmsKeyId':"
            + " '1234'}",
        "{'BucketName': 'whole-lake', 'CannedAclForObjects': 'bucket-owner-full-control',"
            + " 'GlueCatalogGeneration': false}",
      })
  void create_aValueThatIsAllowed_succeeds(String settings) {
    succeeded(cloudFormation(OPTIONS).create(model(settings)));
  }

  @Test
  void create_inAFolderOfASharedBucket_writesToThatFolderOnly() {
    succeeded(
        cloudFormation(OPTIONS)
            .create(
                model(
                    "{'BucketName': 'shared-lake', 'BucketFolder': 'teams/sales', 'CdcPath':"
                        + " 'hr'}")));

    assertThat(accounts.policies().get(0).document().toString())
        .contains("shared-lake/teams/sales/*")
        .doesNotContain("shared-lake/*", "shared-lake/hr");
  }

  @Test
  void create_emptyLists_allowNoKeyAndNoAcl() {
    var none = "{'KmsKeys': [], 'CannedAcls': []}";

    assertThat(
            failed(
                cloudFormation(none)
                    .create(
                        model(
                            "{'BucketName': 'lake', 'EncryptionMode': 'sse-kms',"
                                + " 'ServerSideEncryptionKmsKeyId': '1234'}")),
                HandlerErrorCode.InvalidRequest))
        .contains("KmsKeys", "none");
    assertThat(
            failed(
                cloudFormation(none)
                    .create(model("{'BucketName': 'lake', 'CannedAclForObjects': 'private'}")),
                HandlerErrorCode.InvalidRequest))
        .contains("CannedAcls", "none");
  }

  @Test
  void update_toABucketThatIsNotAllowed_isRefusedAndNothingChanges() {
    var before = model("{'BucketName': 'whole-lake'}");
    var created = succeeded(cloudFormation(OPTIONS).create(before));
    accounts.aws().forgetCalls();
    var wanted = model("{'BucketName': 'other-lake'}");
    wanted.set("EndpointArn", created.get("EndpointArn"));

    var outcome = cloudFormation(OPTIONS).update(wanted, before);

    assertThat(failed(outcome, HandlerErrorCode.InvalidRequest)).contains("S3Settings.BucketName");
    assertThat(accounts.calls())
        .allMatch(call -> call.matches("sts:AssumeRole|dms:(Describe|List).*"));
  }

  @Test
  void update_whatTheListNoLongerAllows_canStillBeReadAndDeleted() {
    var created = succeeded(cloudFormation("{}").create(model("{'BucketName': 'other-lake'}")));

    succeeded(cloudFormation(OPTIONS).read(created));
    succeeded(cloudFormation(OPTIONS).delete(created));
    accounts.assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"public-read", "public-read-write", "authenticated-read"})
  void create_aPublicAcl_isRefusedUnlessAListAllowsIt(String acl) {
    var model = model("{'BucketName': 'lake', 'CannedAclForObjects': '%s'}".formatted(acl));

    assertThat(failed(cloudFormation("{}").create(model), HandlerErrorCode.InvalidRequest))
        .contains("S3Settings.CannedAclForObjects", acl, "CannedAcls");
    assertThat(accounts.calls()).isEmpty();
    succeeded(cloudFormation("{'CannedAcls': ['%s']}".formatted(acl)).create(model));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BucketFolder | {'BucketName': 'lake', 'BucketFolder': '*'}",
        "BucketFolder | {'BucketName': 'lake', 'BucketFolder': 'a?'}",
        "BucketFolder | {'BucketName': 'lake', 'BucketFolder': '${aws:username}'}",
        "CdcPath | {'BucketName': 'lake', 'BucketFolder': 'a', 'CdcPath': 'b*'}",
      })
  void create_aFolderThatIamInterprets_isRefusedWherePoliciesNameFolders(
      String property, String settings) {
    var limited = cloudFormation("{'LimitToFolders': true}").create(model(settings));

    assertThat(failed(limited, HandlerErrorCode.InvalidRequest)).contains("S3Settings." + property);
    assertThat(accounts.calls()).isEmpty();
    // Where they don't, it is a folder like any other.
    succeeded(cloudFormation("{}").create(model(settings)));
    assertThat(accounts.policies().get(0).document().at("/Statement/1/Resource").toString())
        .contains("arn:aws:s3:::lake/*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lake*", "*", "la?ke", "${aws:username}", "lake/*"})
  void create_aBucketThatIamInterprets_isRefused(String bucket) {
    var outcome = cloudFormation("{}").create(model("{'BucketName': '%s'}".formatted(bucket)));

    assertThat(failed(outcome, HandlerErrorCode.InvalidRequest)).contains("BucketName");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Buckets': []} | Buckets",
        "{'Buckets': [{'Prefix': 'a'}]} | Buckets",
        "{'Buckets': [{'BucketName': '*'}]} | Buckets",
        "{'Buckets': [{'BucketName': 'lake', 'Prefix': '../a'}]} | Buckets",
        "{'Buckets': [{'BucketName': 'lake', 'Prefix': '/a'}]} | Buckets",
        "{'Buckets': [{'BucketName': 'lake', 'Prefix': 'a//b'}]} | Buckets",
        "{'Buckets': [{'BucketName': 'lake', 'Prefix': 'a*'}]} | Buckets",
        "{'Buckets': [{'BucketName': 'lake', 'Prefix': ''}]} | Buckets",
        "{'KmsKeys': ['*']} | KmsKeys",
        "{'KmsKeys': ['1234']} | KmsKeys",
        "{'CannedAcls': ['public']} | CannedAcls",
        "{'CannedAcls': [null]} | CannedAcls",
      })
  void create_aMalformedList_failsWithInvalidTypeConfiguration(String options, String named) {
    var outcome = cloudFormation(options).create(model("{'BucketName': 'lake'}"));

    assertThat(failed(outcome, HandlerErrorCode.InvalidTypeConfiguration))
        .contains(named + " of the Options of environment \"dev\"")
        .doesNotContain("software.amazon");
  }
}
