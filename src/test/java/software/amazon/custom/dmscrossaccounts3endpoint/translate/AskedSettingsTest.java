package software.amazon.custom.dmscrossaccounts3endpoint.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

class AskedSettingsTest {

  private static final int TAG_VALUE_LENGTH = 256;

  @Test
  void whatWasAskedForIsKnownAgain() {
    var settings =
        new S3Settings().withBucketName("lake").withCdcPath("cdc").withTimestampColumnName("at");
    assertThat(AskedSettings.decode(AskedSettings.encode(settings)))
        .containsExactly("BucketName", "CdcPath", "TimestampColumnName");
    assertThat(AskedSettings.decode(AskedSettings.encode(new S3Settings().withBucketName("lake"))))
        .containsExactly("BucketName");
  }

  @Test
  void whereNothingIsOnRecordNothingWasAskedFor() {
    assertThat(AskedSettings.decode(null)).isEmpty();
    assertThat(AskedSettings.decode("")).isEmpty();
    assertThat(AskedSettings.decode("made by hand")).isEmpty();
  }

  @Test
  void everySettingHasACodeOfItsOwnAndAllFitIntoATag() {
    var names = new TreeSet<String>();
    var codes = new TreeSet<String>();
    HandlerSchema.s3Settings()
        .fieldNames()
        .forEachRemaining(
            name -> {
              names.add(name);
              codes.add(AskedSettings.code(name));
              assertThat(AskedSettings.decode(AskedSettings.code(name))).containsExactly(name);
            });
    assertThat(codes).hasSameSizeAs(names);
    assertThat(String.join("", codes)).hasSizeLessThanOrEqualTo(TAG_VALUE_LENGTH);
    assertThat(AskedSettings.decode(String.join("", codes))).isEqualTo(names);
  }
}
