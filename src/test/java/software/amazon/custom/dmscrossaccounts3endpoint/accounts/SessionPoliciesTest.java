package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

@DisplayName("Somebody has a session of the role in the DMS account")
class SessionPoliciesTest {

  private static final String EVERYTHING =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

  /** As many characters as STS takes (AssumeRole, API reference). */
  private static final int MOST_CHARACTERS = 2048;

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start(b -> b.enforceIam(true));
  private final String own =
      EndpointNames.endpointArn("aws", "eu-central-1", TwoAccounts.DMS, "sales-lake");
  private final String foreign = foreignEndpoint();

  private String foreignEndpoint() {
    var arn = accounts.databaseByHand("somebodys", "somebodys");
    accounts.clock().advance(Duration.ofMinutes(1));
    return arn;
  }

  private DatabaseMigrationClient stolenSession(Action action) {
    var role =
        accounts
            .aws()
            .createAssumableRole(
                TwoAccounts.DMS,
                "provider",
                "arn:aws:iam::%s:root".formatted(TwoAccounts.DMS),
                null);
    var administrator = accounts.aws().administrator(TwoAccounts.DMS);
    try (var iam =
            software.amazon.awssdk.services.iam.IamClient.builder()
                .region(Region.AWS_GLOBAL)
                .endpointOverride(accounts.aws().endpoint())
                .credentialsProvider(provider(administrator))
                .build();
        var sts =
            StsClient.builder()
                .region(Region.EU_CENTRAL_1)
                .endpointOverride(accounts.aws().endpoint())
                .credentialsProvider(provider(administrator))
                .build()) {
      iam.putRolePolicy(
          r -> r.roleName("provider").policyName("everything").policyDocument(EVERYTHING));
      accounts.clock().advance(Duration.ofMinutes(1));
      var policy = SessionPolicies.dms(action, "aws", TwoAccounts.DMS, own, TwoAccounts.LAKE_ROLE);
      var given =
          sts.assumeRole(r -> r.roleArn(role).roleSessionName("thief").policy(policy))
              .credentials();
      return DatabaseMigrationClient.builder()
          .region(Region.EU_CENTRAL_1)
          .endpointOverride(accounts.aws().endpoint())
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsSessionCredentials.create(
                      given.accessKeyId(), given.secretAccessKey(), given.sessionToken())))
          .build();
    }
  }

  private static StaticCredentialsProvider provider(LocalCredentials as) {
    return StaticCredentialsProvider.create(
        software.amazon.awssdk.auth.credentials.AwsBasicCredentials.create(
            as.accessKeyId(), as.secretAccessKey()));
  }

  private static void denied(String action, ThrowingCallable call) {
    assertThatThrownBy(call).hasMessageContaining("not authorized to perform: " + action);
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "UPDATE"})
  void tagAForeignEndpointAsOwnAndDeleteIt_isDenied(Action action) {
    var mark = Tag.builder().key(OwnershipTags.ENDPOINT).value(own).build();
    try (var dms = stolenSession(action)) {
      denied(
          "dms:AddTagsToResource",
          () -> dms.addTagsToResource(r -> r.resourceArn(foreign).tags(mark)));
      // Even where somebody else has set the tag.
      try (var byHand = accounts.dmsByHand()) {
        byHand.addTagsToResource(r -> r.resourceArn(foreign).tags(mark));
      }
      accounts.clock().advance(Duration.ofMinutes(1));
      denied("dms:DeleteEndpoint", () -> dms.deleteEndpoint(r -> r.endpointArn(foreign)));
      denied(
          "dms:RemoveTagsFromResource",
          () -> dms.removeTagsFromResource(r -> r.resourceArn(foreign).tagKeys("a")));
    }
  }

  @Test
  void createTheOwnEndpointWithTags_isAllowed() {
    try (var dms = stolenSession(Action.CREATE)) {
      assertThatCode(() -> createTagged(dms, "sales-lake")).doesNotThrowAnyException();
      denied("dms:AddTagsToResource", () -> createTagged(dms, "another"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "READ", "UPDATE", "DELETE", "LIST"})
  void thePolicyOfTheLongestNames_isShortEnough(Action action) {
    // The longest path that IAM takes (CreateRole, API reference).
    var path = "/" + "p".repeat(511 - OwnershipTags.PATH.length()) + OwnershipTags.PATH;
    var endpoint =
        EndpointNames.endpointArn("aws-us-gov", "ap-southeast-99", TwoAccounts.DMS, "e".repeat(31));
    var role = "arn:aws-us-gov:iam::%s:role%s%s".formatted(TwoAccounts.LAKE, path, "r".repeat(64));

    assertThat(SessionPolicies.dms(action, "aws-us-gov", TwoAccounts.DMS, endpoint, role))
        .hasSizeLessThanOrEqualTo(MOST_CHARACTERS);
    assertThat(
            SessionPolicies.dataLake(
                action, "aws-us-gov", TwoAccounts.LAKE, "r".repeat(64), "p".repeat(128), path))
        .hasSizeLessThanOrEqualTo(MOST_CHARACTERS);
  }

  private static void createTagged(DatabaseMigrationClient dms, String identifier) {
    dms.createEndpoint(
        r ->
            r.endpointIdentifier(identifier)
                .resourceIdentifier(identifier)
                .endpointType("target")
                .engineName("postgres")
                .serverName("h")
                .port(1)
                .username("u")
                .password("p")
                .databaseName("d")
                .tags(Tag.builder().key("a").value("b").build()));
  }
}
