package software.amazon.custom.dmscrossaccounts3endpoint.translate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings.CompressionType;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings.EncryptionMode;

class S3SettingsTranslatorTest {

  private static software.amazon.awssdk.services.databasemigration.model.S3Settings.Builder dms() {
    return software.amazon.awssdk.services.databasemigration.model.S3Settings.builder();
  }

  private static S3Settings model(
      software.amazon.awssdk.services.databasemigration.model.S3Settings settings,
      String attributes) {
    return S3SettingsTranslator.held(settings, attributes).toModel(RespelledSettings.none());
  }

  @ParameterizedTest
  @CsvSource({"GZIP, gzip", "gzip, gzip", "NONE, none"})
  void enumerationsComeBackInTheSchemasSpelling(String spelled, String expected) {
    assertThat(model(dms().compressionType(spelled).build(), null).getCompressionType().value())
        .isEqualTo(expected);
  }

  @Test
  void underscoresAreHyphens() {
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
  void aValueThatTheSchemaDoesNotHaveIsLeftOut() {
    assertThat(model(dms().compressionType("zstd").build(), null).getCompressionType()).isNull();
  }

  @Test
  void emptyTextsAreLeftOutButForTheNullValue() {
    var model = model(dms().bucketFolder("").csvNullValue("").build(), null);
    assertThat(model.getBucketFolder()).isNull();
    assertThat(model.getCsvNullValue()).isEmpty();
  }

  @Test
  void whatIsHeldOnlyAsAnAttributeIsSeen() {
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
  void attributesSpellBooleansInSeveralWays(String text, Boolean expected) {
    assertThat(model(dms().build(), "addColumnName=" + text).getAddColumnName())
        .isEqualTo(expected);
  }

  @Test
  void anAttributeThatIsNoNumberIsLeftOut() {
    assertThat(model(dms().build(), "maxFileSize=many").getMaxFileSize()).isNull();
  }

  @Test
  void theAttributeDecidesHowTheEndpointEncrypts() {
    var held =
        S3SettingsTranslator.held(
            dms().encryptionMode("SSE_S3").compressionType("GZIP").build(),
            "encryptionMode=SSE_KMS;compressionType=NONE");
    assertThat(held.toModel(RespelledSettings.none()).getEncryptionMode())
        .isEqualTo(EncryptionMode.SSE_KMS);
    assertThat(held.toModel(RespelledSettings.none()).getCompressionType())
        .isEqualTo(CompressionType.GZIP);
  }

  @Test
  void aKeyIsTheSameByItsIdAndByItsArn() {
    var held =
        S3SettingsTranslator.held(
            dms().serverSideEncryptionKmsKeyId("arn:aws:kms:r:1:key/abc").build(), null);
    assertThat(held.lost(new S3Settings().withServerSideEncryptionKmsKeyId("abc"))).isEmpty();
    assertThat(held.lost(new S3Settings().withServerSideEncryptionKmsKeyId("abd")))
        .containsExactly("ServerSideEncryptionKmsKeyId");
  }

  @Test
  void attributesAreNamedAsDmsNamesThem() {
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
  void dmsIsGivenWhatWasAskedAndTheRole() {
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
  void theOwnerOfTheBucketIsSetWhereNoneIsAskedFor() {
    var asked = new S3Settings().withBucketName("lake");
    assertThat(S3SettingsTranslator.withOwner(asked, "1").getExpectedBucketOwner()).isEqualTo("1");
    assertThat(asked.getExpectedBucketOwner()).isNull();
    assertThat(
            S3SettingsTranslator.withOwner(asked.withExpectedBucketOwner("2"), "1")
                .getExpectedBucketOwner())
        .isEqualTo("2");
  }
}
