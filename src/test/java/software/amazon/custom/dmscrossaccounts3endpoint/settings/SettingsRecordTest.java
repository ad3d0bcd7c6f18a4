package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

class SettingsRecordTest {

  private static final ConnectionAttributes NONE = ConnectionAttributes.parse(null);

  private static SettingsRecord recorded(S3Settings settings, String attributes) {
    return SettingsRecord.decode(
        SettingsRecord.of(settings, ConnectionAttributes.parse(attributes)).encoded());
  }

  @Test
  void decode_encodedRecord_hasWhatWasRequested() {
    var asked =
        recorded(
            new S3Settings().withBucketName("lake").withCdcPath("cdc").withMaxFileSize(7), null);

    assertThat(asked.isKnown()).isTrue();
    assertThat(asked.settings()).containsExactly("BucketName", "CdcPath", "MaxFileSize");
    assertThat(asked.has("BucketName", TextNode.valueOf("lake"))).isTrue();
    assertThat(asked.has("BucketName", TextNode.valueOf("pond"))).isFalse();
    assertThat(asked.has("MaxFileSize", IntNode.valueOf(7))).isTrue();
    assertThat(asked.has("BucketFolder", TextNode.valueOf("lake"))).isFalse();
    assertThat(asked.has(NONE)).isTrue();
    assertThat(asked.has(ConnectionAttributes.parse("a=b"))).isFalse();
  }

  @Test
  void decode_attributesInAnotherOrder_areTheSame() {
    var asked = recorded(new S3Settings().withBucketName("lake"), "a=1;B=2");

    assertThat(asked.settings()).containsExactly("BucketName");
    assertThat(asked.has(ConnectionAttributes.parse("B=2;a=1;"))).isTrue();
    assertThat(asked.has(ConnectionAttributes.parse("B=2;a=2;"))).isFalse();
    assertThat(asked.has(NONE)).isFalse();
  }

  @Test
  void decode_noRecord_isUnknown() {
    assertThat(SettingsRecord.decode(null).isKnown()).isFalse();
    assertThat(SettingsRecord.decode("").isKnown()).isFalse();
    assertThat(SettingsRecord.decode("made by hand").isKnown()).isFalse();
  }

  @Test
  void code_ofEverySetting_isUnique() {
    var names = new TreeSet<String>();
    names.add(SettingsRecord.ATTRIBUTES);
    HandlerSchema.s3Settings().fieldNames().forEachRemaining(names::add);

    assertThat(SettingsRecord.names().values()).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void updating_defaultThatNobodyRequested_isLeftOut() {
    var before = recorded(new S3Settings().withBucketName("lake").withRfc4180(true), null);
    var shown =
        new S3Settings()
            .withBucketName("lake")
            .withCsvDelimiter(",")
            .withRfc4180(true)
            .withMaxFileSize(7);

    var updated =
        SettingsRecord.of(shown, NONE)
            .updating(shown, shown, ActualSettings::isDefault, before, false);

    assertThat(updated.settings()).containsExactly("BucketName", "MaxFileSize", "Rfc4180");
  }

  @Test
  void updating_attributesThatTheCallerCannotSee_stayOnRecord() {
    var before = recorded(new S3Settings().withBucketName("lake"), "a=1");
    var settings = new S3Settings().withBucketName("lake");

    assertThat(
            SettingsRecord.of(settings, NONE)
                .updating(settings, settings, ActualSettings::isDefault, before, true)
                .encoded())
        .isEqualTo(before.encoded());
    assertThat(
            SettingsRecord.of(settings, NONE)
                .updating(settings, settings, ActualSettings::isDefault, before, false)
                .hasAttributes())
        .isFalse();
  }

  @Test
  void updating_defaultThatTheTemplateAdds_isRecorded() {
    var before = new S3Settings().withBucketName("lake");
    var after = new S3Settings().withBucketName("lake").withCsvDelimiter(",");

    var updated =
        SettingsRecord.of(after, NONE)
            .updating(after, before, ActualSettings::isDefault, recorded(before, null), false);

    assertThat(updated.settings()).containsExactly("BucketName", "CsvDelimiter");
  }
}
