package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingMatch.DIFFERENT;
import static software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingMatch.EQUAL;
import static software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingMatch.EQUIVALENT;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingMatchTest {

  private static final String KEY = "ServerSideEncryptionKmsKeyId";

  private static SettingMatch match(String setting, String actual, String requested) {
    return SettingMatch.of(setting, TextNode.valueOf(actual), TextNode.valueOf(requested));
  }

  @ParameterizedTest
  @CsvSource({
    "BucketFolder, sales, Sales",
    "CdcPath, cdc, CDC",
    "TimestampColumnName, Loaded_At, loaded_at",
    "CsvNullValue, null, NULL",
    "BucketFolder, 'a/b', 'a//b'",
    "BucketFolder, sales, 'sales '",
    "CsvNoSupValue, '1', '1.0'",
    "BucketName, Lake, lake"
  })
  void of_textInAnotherSpelling_isDifferent(String setting, String actual, String requested) {
    assertThat(match(setting, actual, requested)).isEqualTo(DIFFERENT);
  }

  @ParameterizedTest
  @CsvSource({"sales, /sales/", "/sales, sales", "a/b/, a/b"})
  void of_folderWithOuterSlashes_isEquivalent(String actual, String requested) {
    assertThat(match("BucketFolder", actual, requested)).isEqualTo(EQUIVALENT);
    assertThat(match("CdcPath", actual, requested)).isEqualTo(EQUIVALENT);
    assertThat(match("TimestampColumnName", actual, requested)).isEqualTo(DIFFERENT);
  }

  @Test
  void of_lineBreakAsTwoCharacters_isEquivalent() {
    assertThat(match("CsvRowDelimiter", "\\n", "\n")).isEqualTo(EQUIVALENT);
    assertThat(match("CsvRowDelimiter", "\\r\\n", "\r\n")).isEqualTo(EQUIVALENT);
    assertThat(match("CsvDelimiter", "\\t", "\t")).isEqualTo(EQUIVALENT);
    assertThat(match("CsvNullValue", "\\n", "\n")).isEqualTo(DIFFERENT);
  }

  @Nested
  class Keys {

    @ParameterizedTest
    @CsvSource({
      "arn:aws:kms:eu-west-1:444455556666:key/mrk-1,"
          + " arn:aws:kms:eu-central-1:444455556666:key/mrk-1",
      "arn:aws:kms:eu-west-1:111122223333:key/1, arn:aws:kms:eu-west-1:444455556666:key/1",
      "arn:aws:kms:eu-west-1:444455556666:key/2, arn:aws:kms:eu-west-1:444455556666:key/1",
      "arn:aws:kms:eu-west-1:111122223333:key/1, arn:aws:kms:eu-west-1:444455556666:alias/lake",
      "arn:aws:kms:eu-west-1:444455556666:alias/a, arn:aws:kms:eu-west-1:444455556666:alias/lake",
      "2, arn:aws:kms:eu-west-1:444455556666:key/1"
    })
    void of_anotherArn_isDifferent(String actual, String requested) {
      assertThat(match(KEY, actual, requested)).isEqualTo(DIFFERENT);
    }

    @Test
    void of_sameArn_isEqual() {
      var arn = "arn:aws:kms:eu-west-1:444455556666:key/1";
      assertThat(match(KEY, arn, arn)).isEqualTo(EQUAL);
    }

    @ParameterizedTest
    @CsvSource({
      "1, arn:aws:kms:eu-west-1:444455556666:key/1",
      "alias/lake, arn:aws:kms:eu-west-1:444455556666:alias/lake",
      "arn:aws:kms:eu-west-1:444455556666:key/7, arn:aws:kms:eu-west-1:444455556666:alias/lake"
    })
    void of_lessThanAnArnOrTheKeyOfAnAlias_isEquivalent(String actual, String requested) {
      assertThat(match(KEY, actual, requested)).isEqualTo(EQUIVALENT);
    }
  }
}
