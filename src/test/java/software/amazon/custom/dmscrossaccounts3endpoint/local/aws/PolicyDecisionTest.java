package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyCondition;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyVariables;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.Wildcards;

class PolicyDecisionTest {
  private static final ContextKeys KEYS =
      new ContextKeys()
          .with("aws:PrincipalAccount", "111111111111")
          .with("aws:PrincipalArn", "arn:aws:iam::111111111111:role/path/me")
          .with("aws:TagKeys", List.of("a", "b"))
          .with("s3:max-keys", "10")
          .with("aws:CurrentTime", "2026-01-01T00:00:00Z")
          .with("aws:SourceIp", "127.0.0.1")
          .with("aws:SecureTransport", "true");

  @ParameterizedTest
  @CsvSource({
    "StringEquals, aws:PrincipalAccount, 111111111111, true",
    "stringequals, AWS:principalaccount, 111111111111, true",
    "StringEquals, aws:PrincipalAccount, 222222222222, false",
    "StringEquals, aws:PrincipalOrgID, o-1, false",
    "StringEqualsIfExists, aws:PrincipalOrgID, o-1, true",
    "StringEqualsIfExists, aws:PrincipalAccount, 2, false",
    "StringNotEquals, aws:PrincipalAccount, 222222222222, true",
    "StringNotEquals, aws:PrincipalAccount, 111111111111, false",
    "StringNotEquals, aws:PrincipalOrgID, o-1, true",
    "StringEqualsIgnoreCase, aws:SecureTransport, TRUE, true",
    "StringLike, aws:PrincipalArn, *:role/*/m?, true",
    "StringLike, aws:PrincipalArn, *:role/m?, false",
    "StringNotLike, aws:PrincipalArn, *:role/m?, true",
    "ArnLike, aws:PrincipalArn, arn:aws:iam::*:role/path/*, true",
    "ArnLike, aws:PrincipalArn, arn:aws:*:role/path/me, false",
    "ArnEquals, aws:PrincipalArn, arn:aws:iam::111111111111:role/path/me, true",
    "ArnNotEquals, aws:PrincipalArn, arn:aws:iam::111111111111:role/path/me, false",
    "ArnLike, aws:PrincipalArn, nonsense, false",
    "Bool, aws:SecureTransport, true, true",
    "Bool, aws:SecureTransport, false, false",
    "Null, aws:PrincipalOrgID, true, true",
    "Null, aws:PrincipalAccount, true, false",
    "Null, aws:PrincipalAccount, false, true",
    "NumericLessThan, s3:max-keys, 11, true",
    "NumericLessThanEquals, s3:max-keys, 10, true",
    "NumericGreaterThan, s3:max-keys, 10, false",
    "NumericGreaterThanEquals, s3:max-keys, 10, true",
    "NumericEquals, s3:max-keys, 10.0, true",
    "NumericNotEquals, s3:max-keys, 10, false",
    "NumericEquals, s3:max-keys, ten, false",
    "DateLessThan, aws:CurrentTime, 2027-01-01T00:00:00Z, true",
    "DateGreaterThan, aws:CurrentTime, 2027-01-01T00:00:00Z, false",
    "DateEquals, aws:CurrentTime, 2026-01-01T00:00:00Z, true",
    "DateLessThanEquals, aws:CurrentTime, soon, false",
    "DateGreaterThanEquals, aws:CurrentTime, 2026-01-01T00:00:00Z, true",
    "IpAddress, aws:SourceIp, 127.0.0.1/32, false",
    "NotIpAddress, aws:SourceIp, 10.0.0.0/8, true",
    "ForAllValues:StringEquals, aws:TagKeys, a|b|c, true",
    "ForAllValues:StringEquals, aws:TagKeys, a, false",
    "ForAllValues:StringEquals, aws:Other, a, true",
    "ForAnyValue:StringEquals, aws:TagKeys, b|c, true",
    "ForAnyValue:StringEquals, aws:TagKeys, c, false",
    "ForAnyValue:StringEquals, aws:Other, a, false",
    "ForAnyValue:StringNotEquals, aws:Other, a, false",
    "ForAllValues:StringNotEquals, aws:TagKeys, c, true",
    "StringEquals, aws:PrincipalAccount, ${aws:PrincipalAccount}, true",
    "StringEquals, aws:PrincipalAccount, ${aws:PrincipalOrgID}, false"
  })
  void conditionsHoldAsTheirOperatorsSay(
      String operator, String key, String values, boolean holds) {
    assertThat(PolicyCondition.isOperator(operator)).isTrue();
    var condition = new PolicyCondition(operator, key, List.of(values.split("\\|")));
    assertThat(condition.holds(KEYS)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "a-${aws:PrincipalAccount}-b, a-111111111111-b",
    "'${aws:None, ''x''}', x",
    "${*}${?}${$}, *?$"
  })
  void variablesAreReplaced(String text, String resolved) {
    assertThat(PolicyVariables.resolve(text, KEYS)).hasValue(resolved);
  }

  @Test
  void aVariableWithoutAValueMatchesNothing() {
    assertThat(PolicyVariables.resolve("${aws:None}", KEYS)).isEmpty();
    assertThat(decide(Documents.allow("s3:*", "arn:aws:s3:::${aws:None}"), "arn:aws:s3:::"))
        .isEqualTo(PolicyDocument.Decision.SILENT);
  }

  private static PolicyDocument.Decision decide(String document, String resource) {
    return PolicyParser.parse(document, PolicyParser.Kind.PERMISSIONS)
        .decide("s3:PutObject", resource, KEYS);
  }

  @Test
  void actionsAndResourcesMayHaveWildcardsAndExceptions() {
    var lake = "arn:aws:s3:::lake/x";
    assertThat(decide(Documents.allow("S3:put*", "arn:aws:s3:::lake/*"), lake))
        .isEqualTo(PolicyDocument.Decision.ALLOWED);
    assertThat(decide(Documents.allow("s3:Get*", "*"), lake))
        .isEqualTo(PolicyDocument.Decision.SILENT);
    var except =
        """
        {"Statement":[{"Effect":"Allow","NotAction":"iam:*",\
        "NotResource":"arn:aws:s3:::private/*"}]}""";
    assertThat(decide(except, lake)).isEqualTo(PolicyDocument.Decision.ALLOWED);
    assertThat(decide(except, "arn:aws:s3:::private/x")).isEqualTo(PolicyDocument.Decision.SILENT);
  }

  @Test
  void anExplicitDenyWins() {
    var documents =
        List.of(
            PolicyParser.parse(Documents.allow("*", "*"), PolicyParser.Kind.PERMISSIONS),
            PolicyParser.parse(Documents.deny("s3:*", "*"), PolicyParser.Kind.PERMISSIONS));
    assertThat(PolicyDocument.decideTogether(documents, "s3:GetObject", "*", KEYS))
        .isEqualTo(PolicyDocument.Decision.DENIED);
    assertThat(PolicyDocument.decideTogether(documents, "iam:GetRole", "*", KEYS))
        .isEqualTo(PolicyDocument.Decision.ALLOWED);
  }

  @Property
  void wildcardsMatchAsTheSameRegularExpressionDoes(
      @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(max = 8) String pattern,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 8) String text) {
    var regex = pattern.replace("*", ".*").replace("?", ".");
    assertThat(Wildcards.match(pattern, text)).isEqualTo(Pattern.matches(regex, text));
  }
}
