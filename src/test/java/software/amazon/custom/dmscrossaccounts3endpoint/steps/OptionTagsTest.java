package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/** The tags of the type configuration on role and policy, when the type configuration changes. */
class OptionTagsTest {

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  private CloudFormation with(Map<String, String> tags) {
    var configuration = json("{'DefaultOptions': {'Tags': []}}");
    var list = configuration.withArray("/DefaultOptions/Tags");
    tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    return accounts.cloudFormation(
        b -> b.typeConfiguration(configuration).retries(RetryPolicy.STANDARD));
  }

  private ObjectNode createdWith(Map<String, String> tags) {
    return succeeded(with(tags).create(model()));
  }

  private void update(ObjectNode created, Map<String, String> tags) {
    accounts.clock().advance(Duration.ofMinutes(1));
    accounts.aws().forgetCalls();
    succeeded(with(tags).update(updateOf(created), created));
  }

  private void tagByHand(String key) {
    var tag = Tag.builder().key(key).value("by hand").build();
    try (var iam = accounts.iamByHand()) {
      iam.tagRole(r -> r.roleName(accounts.roles().get(0).name()).tags(tag));
      iam.tagPolicy(r -> r.policyArn(accounts.policies().get(0).arn()).tags(tag));
    }
  }

  private Map<String, String> ofRole() {
    return accounts.roles().get(0).tags();
  }

  private Map<String, String> ofPolicy() {
    return accounts.policies().get(0).tags();
  }

  private void assertTags(Map<String, String> wanted) {
    assertThat(List.of(ofRole(), ofPolicy()))
        .allSatisfy(
            tags -> {
              assertThat(OwnershipTags.withoutOwnershipTags(tags)).isEqualTo(wanted);
              assertThat(tags)
                  .containsKeys(OwnershipTags.ENDPOINT, OwnershipTags.REQUEST, OwnershipTags.OWNER);
            });
  }

  @Test
  void update_tagNoLongerConfigured_removesItAndKeepsOtherTags() {
    var created = createdWith(Map.of("owner", "platform", "stage", "dev"));
    tagByHand("scanned");

    update(created, Map.of("stage", "dev"));

    assertTags(Map.of("stage", "dev", "scanned", "by hand"));
  }

  @Test
  void update_noTagConfigured_removesTheRecord() {
    var created = createdWith(Map.of("owner", "platform"));

    update(created, Map.of());

    assertTags(Map.of());
    assertThat(ofRole()).doesNotContainKey(OwnershipTags.OPTION_TAGS);
    assertThat(ofPolicy()).doesNotContainKey(OwnershipTags.OPTION_TAGS);
  }

  @Test
  void update_tagAddedByEarlierUpdate_removesIt() {
    var created = createdWith(Map.of());
    update(created, Map.of("owner", "platform"));
    assertTags(Map.of("owner", "platform"));

    update(created, Map.of("team", "lakes"));

    assertTags(Map.of("team", "lakes"));
  }

  @Test
  void update_keyInAnotherCase_replacesTheTag() {
    var created = createdWith(Map.of("Owner", "platform"));

    update(created, Map.of("owner", "platform"));

    assertTags(Map.of("owner", "platform"));
  }

  @Test
  void update_recreation_removesTheTag() {
    var created = createdWith(Map.of("owner", "platform"));
    var wanted = updateOf(created);
    ((ObjectNode) wanted.get("S3Settings")).put("BucketFolder", "other");

    succeeded(with(Map.of()).update(wanted, created));

    assertTags(Map.of());
  }

  @Test
  void update_sameTags_changesNothing() {
    var tags = Map.of("owner", "platform", "stage", "dev");
    var created = createdWith(tags);

    update(created, tags);

    assertThat(accounts.calls())
        .doesNotContain("iam:TagRole", "iam:TagPolicy", "iam:UntagRole", "iam:UntagPolicy");
  }

  @Test
  void update_tagByHandWithoutRecord_keepsIt() {
    var created = createdWith(Map.of());
    tagByHand("owner");

    update(created, Map.of());

    assertTags(Map.of("owner", "by hand"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UntagRole", "UntagPolicy", "TagRole", "TagPolicy"})
  void update_answerIsLost_removesTheTag(String operation) {
    var created = createdWith(Map.of("owner", "platform", "stage", "dev"));
    accounts.aws().faults().reset().onOperation("iam", operation, Fault.lost());

    update(created, Map.of("stage", "test"));

    assertTags(Map.of("stage", "test"));
  }
}
