package software.amazon.custom.dmscrossaccounts3endpoint.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  private static final String STACK =
      "arn:aws:cloudformation:eu-central-1:111122223333:stack/Sales--Lake/1f2e3d";

  @Test
  void endpointIdentifier_stackAndLogicalId_isReadableAndValid() {
    var name = DefaultNames.endpointIdentifier(STACK, "TheEndpoint", "token");
    assertThat(name).matches("sales-lake-theendpoint-[0-9a-f]{12}");
    assertThat(name).isEqualTo(DefaultNames.endpointIdentifier(STACK, "TheEndpoint", "token"));
    assertThat(name).isNotEqualTo(DefaultNames.endpointIdentifier(STACK, "TheEndpoint", "other"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1-numeric",
        "---",
        "ünï",
        "a_b",
        "0123456789012345678901234567890123456789012345"
      })
  void endpointIdentifier_anyLogicalId_isValid(String logicalId) {
    for (var stack : new String[] {null, STACK, "arn:aws:cloudformation:r:1:stack/9/x", "no arn"}) {
      var name = DefaultNames.endpointIdentifier(stack, logicalId, null);
      assertThat(name).matches("[a-z]([a-z0-9]|-(?=[a-z0-9]))*").hasSizeLessThan(255);
      assertThat(DefaultNames.resourceIdentifier(name))
          .hasSizeLessThanOrEqualTo(31)
          .matches("[a-z]([a-z0-9]|-(?=[a-z0-9]))*");
    }
  }

  @Test
  void resourceIdentifier_shortIdentifier_isUnchanged() {
    assertThat(DefaultNames.resourceIdentifier("a".repeat(31))).isEqualTo("a".repeat(31));
    assertThat(DefaultNames.resourceIdentifier("a".repeat(32)))
        .startsWith("a".repeat(22) + "-")
        .hasSize(31);
    assertThat(DefaultNames.resourceIdentifier("a".repeat(21) + "-" + "b".repeat(30)))
        .startsWith("a".repeat(21) + "-")
        .doesNotContain("--");
  }

  @Test
  void accessName_twoAccounts_differ() {
    assertThat(DefaultNames.accessName("x", "arn:1"))
        .isNotEqualTo(DefaultNames.accessName("x", "arn:2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arn:aws:iam::1:role/a,b@c=d+e",
        "arn:aws:iam::1:role/=2C",
        "arn:aws:iam::1:role/=3D@"
      })
  void encode_roleArn_isAValidTagValue(String arn) {
    assertThat(OwnershipTags.encode(arn)).matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-]*");
    assertThat(OwnershipTags.decode(OwnershipTags.encode(arn))).isEqualTo(arn);
  }

  @Test
  void match_tagOfAnotherEndpoint_isFalse() {
    assertThat(OwnershipTags.match(Map.of(OwnershipTags.ENDPOINT, "arn:1"), "arn:1")).isTrue();
    assertThat(OwnershipTags.match(Map.of(OwnershipTags.ENDPOINT, "arn:2"), "arn:1")).isFalse();
    assertThat(OwnershipTags.match(Map.of(), "arn:1")).isFalse();
  }
}
