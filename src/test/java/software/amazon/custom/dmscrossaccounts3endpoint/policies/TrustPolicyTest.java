package software.amazon.custom.dmscrossaccounts3endpoint.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

class TrustPolicyTest {

  private static final EndpointNames NAMES =
      new EndpointNames(
          "aws-cn",
          "cn-north-1",
          "111122223333",
          "444455556666",
          "id",
          "id",
          "role",
          "policy",
          OwnershipTags.PATH);

  private static final TrustPolicy TRUST =
      new TrustPolicy(NAMES, List.of("dms.amazonaws.com"), false);

  @Test
  void beforeTheIdIsKnownDmsIsTrustedOnBehalfOfTheDmsAccountOnly() {
    assertThat(TRUST.opening())
        .contains(
            "\"StringEquals\":{\"aws:SourceAccount\":\"111122223333\"}",
            "\"ArnLike\":{\"aws:SourceArn\":\"arn:aws-cn:dms:cn-north-1:111122223333:*\"}")
        .doesNotContain("sts:ExternalId");
    assertThat(TRUST.isOpening(TRUST.opening())).isTrue();
    assertThat(TRUST.isOpening(TRUST.widened())).isFalse();
    assertThat(TRUST.isWidened(TRUST.widened())).isTrue();
  }

  @Test
  void aFinishedTrustPolicyAsksForTheIdAlone() {
    assertThat(TRUST.finished("x"))
        .contains("\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"x\"}}");
    assertThat(TRUST.isFinished(TRUST.finished("x"), "x")).isTrue();
    assertThat(TRUST.isFinished(TRUST.finished("x"), "y")).isFalse();
    assertThat(TRUST.isFinished(TRUST.opening(), "x")).isFalse();
  }

  @Test
  void sourceConditionsStayWhereTheyAreAskedFor() {
    var strict = new TrustPolicy(NAMES, List.of("dms.amazonaws.com"), true);
    assertThat(strict.finished("x")).contains("aws:SourceAccount", "aws:SourceArn", "\"x\"");
    assertThat(strict.isFinished(TRUST.finished("x"), "x")).isFalse();
  }

  @Test
  void theRegionIsPutIntoServicePrincipals() {
    var regional =
        new TrustPolicy(NAMES, List.of("dms.amazonaws.com", "dms.{region}.amazonaws.com"), false);
    assertThat(regional.opening())
        .contains("[\"dms.amazonaws.com\",\"dms.cn-north-1.amazonaws.com\"]");
  }

  @Test
  void documentsAreComparedByWhatTheySay() {
    var other =
        """
        {"Statement": {"Sid": "X", "Action": ["sts:AssumeRole"], "Condition": {"StringEquals": {"sts:ExternalId": ["id"]}},
         "Effect": "Allow", "Principal": {"Service": "dms.amazonaws.com"}}, "Version": "2012-10-17"}
        """;
    assertThat(TRUST.isFinished(other, "id")).isTrue();
    assertThat(TRUST.isFinished(other, "other")).isFalse();
    assertThat(TRUST.isFinished(TRUST.finished("id").replace("dms.", "ec2."), "id")).isFalse();
    assertThat(TRUST.isFinished("no JSON", "id")).isFalse();
  }

  /** The trust policy is a record of the id; it is one only where it names exactly one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"a\"}}} | a",
        "{\"Statement\": [{\"Condition\": {\"StringEquals\": {\"sts:ExternalId\": [\"a\"]}}}]} | a",
        "{\"Condition\": {\"StringEquals\": {\"sts:ExternalId\": [\"a\", \"b\"]}}} |",
        "{\"Condition\": {}} |",
        "no JSON |"
      })
  void theIdIsReadFromIt(String document, String expected) {
    assertThat(TrustPolicy.externalIdIn(document).orElse(null)).isEqualTo(expected);
  }
}
