package software.amazon.custom.dmscrossaccounts3endpoint.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

  private static Spelling of(String setting, String held, String asked) {
    return Spelling.of(setting, TextNode.valueOf(held), TextNode.valueOf(asked));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "orders/2026|orders/2026/",
        "/orders//2026|orders/2026",
        " orders |orders",
        "ORDERS|orders",
        "{\"a\":1,\"b\":2}|{ \"b\": 2, \"a\": 1 }",
        "b, a|a,b",
        "007|007 "
      })
  void whatOnlyLooksOtherwiseIsThere(String held, String asked) {
    assertThat(of("BucketFolder", held, asked)).isEqualTo(Spelling.OTHER);
  }

  @Test
  void whatIsEscapedIsThere() {
    assertThat(of("CsvRowDelimiter", "\\n", "\n")).isEqualTo(Spelling.OTHER);
    assertThat(of("CsvRowDelimiter", "\\r\\n", "\r\n")).isEqualTo(Spelling.OTHER);
    assertThat(of("CsvDelimiter", "\\u0001", "\u0001")).isEqualTo(Spelling.OTHER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"orders|order", "|orders", "|null", "'\t'|' '", ",|;", "/|//x", "\\n|n", "1|2"})
  void whatIsAnotherValueIsLost(String held, String asked) {
    assertThat(of("CsvDelimiter", held == null ? "" : held, asked)).isEqualTo(Spelling.LOST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BucketName", "ExpectedBucketOwner", "EncryptionMode"})
  void whatDecidesWhereDataGoesHasOneSpellingOnly(String setting) {
    assertThat(of(setting, "Lake", "lake")).isEqualTo(Spelling.LOST);
    assertThat(of(setting, "lake", "lake")).isEqualTo(Spelling.SAME);
  }

  @Test
  void aKeyIsTheSameByItsIdAndByItsArn() {
    var setting = "ServerSideEncryptionKmsKeyId";
    assertThat(of(setting, "arn:aws:kms:r:1:key/abc", "abc")).isEqualTo(Spelling.SAME);
    assertThat(of(setting, "arn:aws:kms:r:1:key/ABC", "abc")).isEqualTo(Spelling.LOST);
  }
}
