package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyPrincipal;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;

class PolicyParserTest {
  private static String permissions(String statement) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":" + statement + "}";
  }

  private static void refused(String document, PolicyParser.Kind kind) {
    assertThatThrownBy(() -> PolicyParser.parse(document, kind))
        .as(document)
        .isInstanceOfSatisfying(
            AwsFault.class, fault -> assertThat(fault.code()).isEqualTo("MalformedPolicyDocument"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "1",
        "{} {}",
        "{\"Statement\":[]}",
        "{\"Version\":\"2012\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
        "{\"Other\":1,\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}"
      })
  void documentsThatAreNoneAreRefused(String document) {
    refused(document, PolicyParser.Kind.PERMISSIONS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "{\"Effect\":\"allow\",\"Action\":\"*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":[],\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":1,\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"PutObject\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotAction\":\"*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":[]}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"bucket\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:s3\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Colour\":\"red\"}",
        "{\"Sid\":\"a b\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}",
        "[{\"Sid\":\"a\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},"
            + "{\"Sid\":\"a\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":1}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"Equals\":{\"a:b\":\"c\"}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":1}}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"b\":\"c\"}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"a:b\":{}}}}"
      })
  void statementsThatIamRefusesAreRefused(String statement) {
    refused(permissions(statement), PolicyParser.Kind.PERMISSIONS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":\"me\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{}}",
        "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":[]}}",
        "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Human\":\"x\"}}",
        "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:role/a*\"}}",
        "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"dms\"}}",
        "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Principal\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":\"*\",\"Resource\":\"*\"}"
      })
  void trustPoliciesThatIamRefusesAreRefused(String statement) {
    refused(permissions(statement), PolicyParser.Kind.TRUST);
  }

  @Test
  void wellFormedOnesAreRead() {
    var trust =
        PolicyParser.parse(
            permissions(
                "{\"Sid\":\"with space\",\"Effect\":\"Allow\",\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\"],"
                    + "\"Principal\":{\"AWS\":[\"111111111111\",\"*\"],\"Federated\":\"x\"}}"),
            PolicyParser.Kind.TRUST);
    assertThat(trust.statements().get(0).principals()).hasSize(3);
    assertThat(trust.statements().get(0).names(PolicyPrincipal::isAnyone)).isTrue();
  }
}
