package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.DMS;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.LAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.DoctoredAccounts.assertBroken;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.DoctoredAccounts.assertWell;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.databasemigration.model.DatabaseMigrationException;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.Layout;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ExternalIdShown;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/** Reports of each layout of accounts, and of a DMS that behaves otherwise. */
class DoctorLayoutsTest {

  private static final String ENDPOINT =
      "arn:aws:dms:eu-central-1:111122223333:endpoint:sales-lake";

  @ParameterizedTest
  @EnumSource
  void examine_healthyLayout_findsNothing(Layout layout) {
    try (var accounts = DoctoredAccounts.start(layout)) {
      assertWell(accounts.examine());
    }
  }

  @Test
  void examine_externalIdIsNotShown_comparesTrustWithTheTags() {
    try (var accounts =
        DoctoredAccounts.start(
            Layout.SAME_ACCOUNT, b -> b.externalIdShown(ExternalIdShown.CREATE_ANSWER))) {
      assertWell(accounts.examine());
      accounts.tag(ENDPOINT, OwnershipTags.EXTERNAL_ID, OwnershipTags.UNKNOWN);
      assertBroken(accounts.examine(), "endpoint sales-lake: its external id was never learned");

      untag(accounts, OwnershipTags.EXTERNAL_ID);
      assertWell(accounts.examine());
      try (var iam = accounts.iam(LAKE)) {
        var role = ownRole(accounts);
        iam.updateAssumeRolePolicy(r -> r.roleName(role).policyDocument(TwoAccounts.TRUST_IN_DMS));
      }
      assertBroken(accounts.examine(), "asks for no external id");
    }
  }

  @Test
  void examine_endpointFailed_isBroken() {
    try (var accounts =
        DoctoredAccounts.start(
            Layout.SAME_ACCOUNT, b -> b.dialect(HandshakeDialect.KEPT_FAILED).freshIds(true))) {
      makeAgainInVain(accounts);
      assertBroken(accounts.examine(), "endpoint sales-lake: its status is failed");
    }
  }

  /** Exchanges an endpoint by hand for one whose external id its role does not ask for. */
  private static void makeAgainInVain(DoctoredAccounts accounts) {
    var before =
        accounts.aws().endpoints(DMS).stream()
            .filter(e -> e.arn().equals(ENDPOINT))
            .findFirst()
            .orElseThrow();
    var tags =
        before.tags().entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    try (var dms = accounts.dms()) {
      dms.deleteEndpoint(r -> r.endpointArn(ENDPOINT));
      accounts.clock().advance(Duration.ofMinutes(5));
      dms.createEndpoint(
          r ->
              r.endpointIdentifier("sales-lake")
                  .resourceIdentifier("sales-lake")
                  .endpointType("target")
                  .engineName("s3")
                  .tags(tags)
                  .s3Settings(
                      s ->
                          s.bucketName("example-data-lake")
                              .dataFormat("parquet")
                              .compressionType("gzip")
                              .serviceAccessRoleArn(
                                  "arn:aws:iam::%s:role%s%s"
                                      .formatted(LAKE, OwnershipTags.PATH, ownRole(accounts)))));
    } catch (DatabaseMigrationException e) {
      assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedFault");
    }
    accounts.clock().advance(Duration.ofMinutes(5));
  }

  private static void untag(DoctoredAccounts accounts, String key) {
    try (var dms = accounts.dms()) {
      dms.removeTagsFromResource(r -> r.resourceArn(ENDPOINT).tagKeys(key));
    }
  }

  private static String ownRole(DoctoredAccounts accounts) {
    return accounts.ownRole("sales-lake");
  }
}
