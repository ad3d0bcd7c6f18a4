package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings.CompressionType;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings.EncryptionMode;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

class S3SettingsTranslatorTest {

  private static final SettingsRecord NO_RECORD = SettingsRecord.decode(null);
  private static final EndpointNames NAMES =
      new EndpointNames(
          "aws", "eu-central-1", "111122223333", "444455556666", "e", "e", "role", "policy", "/p/");

  private static software.amazon.awssdk.services.databasemigration.model.S3Settings.Builder dms() {
    return software.amazon.awssdk.services.databasemigration.model.S3Settings.builder();
  }

  private static S3Settings model(
      software.amazon.awssdk.services.databasemigration.model.S3Settings settings,
      String attributes) {
    return S3SettingsTranslator.actual(settings, attributes).toModel(NO_RECORD);
  }

  @ParameterizedTest
  @CsvSource({"GZIP, gzip", "gzip, gzip", "NONE, none"})
  void toModel_enumerationInAnotherCase_returnsSchemaSpelling(String spelled, String expected) {
    assertThat(model(dms().compressionType(spelled).build(), null).getCompressionType().value())
        .isEqualTo(expected);
  }

  @Test
  void toModel_underscore_returnsHyphen() {
    var settings =
        dms()
            .encryptionMode("SSE_S3")
            .parquetVersion("PARQUET_2_0")
            .datePartitionSequence("yyyymmddhh");
    var model = model(settings.build(), null);
    assertThat(model.getEncryptionMode()).isEqualTo(EncryptionMode.SSE_S_3);
    assertThat(model.getParquetVersion().value()).isEqualTo("parquet-2-0");
    assertThat(model.getDatePartitionSequence().value()).isEqualTo("YYYYMMDDHH");
  }

  @Test
  void toModel_unknownEnumerationValue_isLeftOut() {
    assertThat(model(dms().compressionType("zstd").build(), null).getCompressionType()).isNull();
  }

  @Test
  void toModel_emptyText_isLeftOutExceptForCsvNullValue() {
    var model = model(dms().bucketFolder("").csvNullValue("").build(), null);
    assertThat(model.getBucketFolder()).isNull();
    assertThat(model.getCsvNullValue()).isEmpty();
  }

  @Test
  void toModel_settingOnlyAsAttribute_returnsIt() {
    var model = model(dms().build(), "bucketName=lake;cdcInsertsOnly=y;maxFileSize=17;maxErrors=3");
    assertThat(model.getBucketName()).isEqualTo("lake");
    assertThat(model.getCdcInsertsOnly()).isTrue();
    assertThat(model.getMaxFileSize()).isEqualTo(17);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "Y, true",
    "1, true",
    "false, false",
    "n, false",
    "0, false",
    "perhaps,"
  })
  void toModel_booleanAttribute_returnsBoolean(String text, Boolean expected) {
    assertThat(model(dms().build(), "addColumnName=" + text).getAddColumnName())
        .isEqualTo(expected);
  }

  @Test
  void toModel_attributeIsNoNumber_isLeftOut() {
    assertThat(model(dms().build(), "maxFileSize=many").getMaxFileSize()).isNull();
  }

  @Test
  void toModel_encryptionInBoth_returnsTheAttribute() {
    var actual =
        S3SettingsTranslator.actual(
            dms().encryptionMode("SSE_S3").compressionType("GZIP").build(),
            "encryptionMode=SSE_KMS;compressionType=NONE");
    assertThat(actual.toModel(NO_RECORD).getEncryptionMode()).isEqualTo(EncryptionMode.SSE_KMS);
    assertThat(actual.toModel(NO_RECORD).getCompressionType()).isEqualTo(CompressionType.GZIP);
  }

  private static S3Settings requested() {
    return new S3Settings().withBucketName("lake");
  }

  private static ActualSettings actual(
      software.amazon.awssdk.services.databasemigration.model.S3Settings settings) {
    return S3SettingsTranslator.actual(settings, null);
  }

  @Test
  void missing_keyOfAnotherRegion_isMissing() {
    var actual =
        actual(
            dms()
                .bucketName("lake")
                .serverSideEncryptionKmsKeyId("arn:aws:kms:eu-west-1:444455556666:key/mrk-1")
                .build());
    assertThat(
            actual.missing(
                requested()
                    .withServerSideEncryptionKmsKeyId(
                        "arn:aws:kms:eu-central-1:444455556666:key/mrk-1")))
        .containsExactly("ServerSideEncryptionKmsKeyId");
  }

  @Test
  void missing_hiddenDefault_isNotMissing() {
    var actual = actual(dms().bucketName("lake").build());
    assertThat(
            actual.missing(
                requested()
                    .withEncryptionMode(EncryptionMode.SSE_S_3)
                    .withMaxFileSize(1048576)
                    .withDataPageSize(1048576)
                    .withRowGroupLength(10000)
                    .withAddTrailingPaddingCharacter(false)
                    .withCompressionType(CompressionType.NONE)))
        .isEmpty();
    assertThat(actual.missing(requested().withMaxFileSize(7))).containsExactly("MaxFileSize");
  }

  @Test
  void toModel_valueInAnotherSpelling_returnsRequestedSpelling() {
    var settings =
        new S3Settings()
            .withBucketFolder("/sales/")
            .withCsvRowDelimiter("\n")
            .withServerSideEncryptionKmsKeyId("1-2");
    var shown =
        actual(
                dms()
                    .bucketFolder("sales")
                    .csvRowDelimiter("\\n")
                    .serverSideEncryptionKmsKeyId("arn:aws:kms:eu-west-1:444455556666:key/1-2")
                    .build())
            .toModel(SettingsRecord.of(settings, ConnectionAttributes.parse(null)));
    assertThat(shown).isEqualTo(settings);
  }

  @ParameterizedTest
  @CsvSource({
    "1-2, arn:aws:kms:eu-central-1:444455556666:key/1-2",
    "key/1-2, arn:aws:kms:eu-central-1:444455556666:key/1-2",
    "alias/lake, arn:aws:kms:eu-central-1:444455556666:alias/lake",
    "arn:aws:kms:eu-west-1:999988887777:key/1-2, arn:aws:kms:eu-west-1:999988887777:key/1-2"
  })
  void asSent_key_isAnArn(String key, String expected) {
    var sent =
        S3SettingsTranslator.asSent(requested().withServerSideEncryptionKmsKeyId(key), NAMES);
    assertThat(sent.getServerSideEncryptionKmsKeyId()).isEqualTo(expected);
  }

  @Test
  void asAttributes_valueWithSemicolon_isLeftOut() {
    assertThat(
            S3SettingsTranslator.asAttributes(
                requested().withCsvDelimiter(";").withCdcPath("x;bucketName=y"),
                java.util.Set.of("CsvDelimiter", "CdcPath")))
        .isEmpty();
  }

  @Test
  void asAttributes_names_areThoseOfDms() {
    var settings =
        new S3Settings()
            .withCdcPath("p")
            .withEncryptionMode(EncryptionMode.SSE_KMS)
            .withRowGroupLength(3);
    assertThat(
            S3SettingsTranslator.asAttributes(
                settings, java.util.Set.of("CdcPath", "EncryptionMode", "RowGroupLength")))
        .containsEntry("CdcPath", "p")
        .containsEntry("encryptionMode", "sse-kms")
        .containsEntry("rowGroupLength", "3");
  }

  @Test
  void toDms_settings_haveRequestedValuesAndRole() {
    var settings =
        S3SettingsTranslator.toDms(
            new S3Settings().withBucketName("lake").withEnableStatistics(false).withMaxFileSize(9),
            "role");
    assertThat(settings.bucketName()).isEqualTo("lake");
    assertThat(settings.enableStatistics()).isFalse();
    assertThat(settings.maxFileSize()).isEqualTo(9);
    assertThat(settings.serviceAccessRoleArn()).isEqualTo("role");
    assertThat(settings.compressionType()).isNull();
  }

  @Test
  void asSent_noOwner_isTheDataLakeAccount() {
    assertThat(S3SettingsTranslator.asSent(requested(), NAMES).getExpectedBucketOwner())
        .isEqualTo("444455556666");
    assertThat(
            S3SettingsTranslator.asSent(requested().withExpectedBucketOwner("2"), NAMES)
                .getExpectedBucketOwner())
        .isEqualTo("2");
  }
}
