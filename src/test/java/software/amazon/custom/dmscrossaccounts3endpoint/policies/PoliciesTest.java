package software.amazon.custom.dmscrossaccounts3endpoint.policies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
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

  private static boolean allows(
      S3Settings settings, String action, String resource, String key, String value) {
    return PolicyParser.parse(document(settings), PolicyParser.Kind.PERMISSIONS)
            .decide(action, resource, new ContextKeys().with(key, value))
        == PolicyDocument.Decision.ALLOWED;
  }

  @ParameterizedTest
  @CsvSource({
    "bucket-owner-full-control, true",
    "bucket-owner-read, false",
    "public-read, false",
    "public-read-write, false"
  })
  void document_withACannedAcl_allowsToSetThatAclOnly(String acl, boolean allowed) {
    var settings =
        new S3Settings()
            .withCannedAclForObjects(S3Settings.CannedAclForObjects.BUCKET_OWNER_FULL_CONTROL);

    assertThat(
            allows(settings, "s3:PutObjectAcl", "arn:aws-us-gov:s3:::lake/a", "s3:x-amz-acl", acl))
        .isEqualTo(allowed);
  }

  @Test
  void document_withoutACannedAcl_allowsToSetNone() {
    var none = new S3Settings().withCannedAclForObjects(S3Settings.CannedAclForObjects.NONE);

    assertThat(document(none)).doesNotContain("s3:PutObjectAcl");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws-us-gov:kms:r:444455556666:key/abc, s3.us-gov-west-1.amazonaws.com, true",
    "arn:aws-us-gov:kms:r:444455556666:key/abc, s3.cn-north-1.amazonaws.com.cn, true",
    "arn:aws-us-gov:kms:r:444455556666:key/abc, secretsmanager.us-gov-west-1.amazonaws.com, false",
    "arn:aws-us-gov:kms:r:444455556666:key/other, s3.us-gov-west-1.amazonaws.com, false"
  })
  void document_withAKey_allowsToDecryptThroughS3Only(String key, String service, boolean allowed) {
    var settings =
        new S3Settings()
            .withServerSideEncryptionKmsKeyId("arn:aws-us-gov:kms:r:444455556666:key/abc");

    assertThat(allows(settings, "kms:Decrypt", key, "kms:ViaService", service)).isEqualTo(allowed);
    assertThat(allows(settings, "kms:Decrypt", key, "aws:userid", "x")).isFalse();
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
