package software.amazon.custom.dmscrossaccounts3endpoint.policies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

class PoliciesTest {

  private static final EndpointNames NAMES =
      new EndpointNames(
          "aws-us-gov",
          "us-gov-west-1",
          "111122223333",
          "444455556666",
          "id",
          "id",
          "role",
          "policy",
          OwnershipTags.PATH);

  private static String document(S3Settings settings) {
    return document(settings, AccessPolicy.Options.NONE);
  }

  private static String document(S3Settings settings, AccessPolicy.Options options) {
    return AccessPolicy.document(NAMES, settings.withBucketName("lake"), options);
  }

  @Test
  void thePolicyAllowsWritingToTheBucketAndNothingElse() {
    assertThat(document(new S3Settings()))
        .contains("\"arn:aws-us-gov:s3:::lake\"", "\"arn:aws-us-gov:s3:::lake/*\"", "s3:PutObject")
        .doesNotContain("kms:", "glue:", "athena:", "PutObjectAcl", "\"*\"");
  }

  @Test
  void onlyTheFoldersAreAllowedWhereTheOptionSaysSo() {
    var limited = new AccessPolicy.Options(AccessPolicy.Folders.OF_SETTINGS, false);
    assertThat(
            document(
                new S3Settings().withBucketFolder("/orders/2026/").withCdcPath("changes"), limited))
        .contains("\"arn:aws-us-gov:s3:::lake/orders/2026/*\"", "s3:::lake/changes/*\"")
        .doesNotContain("lake/*\"");
    // Without a folder tables are at the root.
    assertThat(document(new S3Settings().withCdcPath("changes"), limited)).contains("lake/*\"");
    assertThat(
            document(
                new S3Settings().withBucketFolder("orders"),
                new AccessPolicy.Options(AccessPolicy.Folders.OF_SETTINGS, true)))
        .contains("s3_validation_failures/*\"");
  }

  @Test
  void dataValidationIsAllowedWhereTheOptionSaysSo() {
    assertThat(document(new S3Settings(), new AccessPolicy.Options(AccessPolicy.Folders.ANY, true)))
        .contains(
            "s3:GetObject",
            "arn:aws-us-gov:glue:us-gov-west-1:444455556666:database/aws_dms_s3_validation_*",
            "workgroup/dms_validation_workgroup_for_task_*");
  }

  @Test
  void aKeyIsAllowedWhereOneIsUsed() {
    assertThat(
            document(
                new S3Settings()
                    .withServerSideEncryptionKmsKeyId("arn:aws-us-gov:kms:r:1:key/abc")))
        .contains("\"arn:aws-us-gov:kms:r:1:key/abc\"", "kms:GenerateDataKey")
        .doesNotContain("*:1:key");
  }

  @Test
  void anAclIsAllowedWhereOneIsSet() {
    var acl = S3Settings.CannedAclForObjects.BUCKET_OWNER_FULL_CONTROL;
    assertThat(document(new S3Settings().withCannedAclForObjects(acl))).contains("s3:PutObjectAcl");
    assertThat(
            document(new S3Settings().withCannedAclForObjects(S3Settings.CannedAclForObjects.NONE)))
        .doesNotContain("s3:PutObjectAcl");
  }

  @Test
  void theCatalogIsAllowedWhereItIsKept() {
    assertThat(document(new S3Settings().withGlueCatalogGeneration(true)))
        .contains(
            "arn:aws-us-gov:glue:us-gov-west-1:444455556666:catalog",
            "workgroup/glue_catalog_generation_for_task_*",
            "athena:StartQueryExecution");
    assertThat(document(new S3Settings().withGlueCatalogGeneration(false))).doesNotContain("glue:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Sid\": \"a+b c%20d\"}",
        "%7B%22Sid%22%3A%20%22a+b%20c%2520d%22%7D",
        "%7B%22Sid%22%3A%20%22a%2Bb%20c%2520d%22%7D",
        "%7B%22Sid%22%3A+%22a%2Bb+c%2520d%22%7D"
      })
  void aDocumentIsReadHoweverItIsEncoded(String encoded) {
    assertThat(PolicyDocuments.decoded(encoded)).isEqualTo("{\"Sid\": \"a+b c%20d\"}");
  }

  @Test
  void aDocumentThatIsMissingIsEmpty() {
    assertThat(PolicyDocuments.decoded(null)).isEmpty();
  }
}
