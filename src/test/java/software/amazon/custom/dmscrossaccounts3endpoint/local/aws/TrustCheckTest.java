package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.databasemigration.model.AccessDeniedException;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.BeforePropagation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;

class TrustCheckTest {
  private DmsFixture fixture;

  private DmsFixture start(HandshakeDialect dialect) {
    fixture = new DmsFixture(options -> options.dialect(dialect));
    return fixture;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theFirstCallHandsOutAnIdAndTheSecondMakesTheEndpoint() {
    var f = start(HandshakeDialect.NOTHING_KEPT);
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    var first = f.create("e", role);
    assertThat(first.externalId()).isNotBlank();
    assertThat(f.isThere("e")).isFalse();
    f.trust("r", first.externalId());
    f.settle();
    var second = f.create("e", role);
    assertThat(second.externalId()).isEqualTo(first.externalId());
    assertThat(second.status()).isEqualTo("creating");
    assertThat(second.endpointArn()).isEqualTo("arn:aws:dms:eu-central-1:111111111111:endpoint:e");
    assertThat(f.described("e").status()).isEqualTo("creating");
    f.aws.clock().advance(Duration.ofSeconds(1));
    assertThat(f.described("e").status()).isEqualTo("active");
  }

  @Test
  void anotherIdInTheTrustPolicyIsNotEnough() {
    var f = start(HandshakeDialect.NOTHING_KEPT);
    var role = f.role("r", Documents.trustsDmsWithId("another"));
    f.settle();
    assertThat(f.create("e", role).externalId()).isNotEqualTo("another");
    assertThat(f.isThere("e")).isFalse();
  }

  @Test
  void keptActive() {
    var f = start(HandshakeDialect.KEPT_ACTIVE);
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    f.create("e", role);
    f.settle();
    assertThat(f.described("e").status()).isEqualTo("active");
    assertThat(Clients.code(() -> f.create("e", role))).isEqualTo("ResourceAlreadyExistsFault");
  }

  @Test
  void keptFailedUntilDeletedAndMadeAnew() {
    var f = start(HandshakeDialect.KEPT_FAILED);
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    var first = f.create("e", role);
    assertThat(first.status()).isEqualTo("failed");
    f.trust("r", first.externalId());
    f.settle();
    assertThat(f.described("e").status()).isEqualTo("failed");
    f.dms.deleteEndpoint(r -> r.endpointArn(first.endpointArn()));
    f.settle();
    f.create("e", role);
    f.settle();
    assertThat(f.described("e").status()).isEqualTo("active");
  }

  @Test
  void deniedThenFailedIsDescribedWithItsId() {
    var f = start(HandshakeDialect.DENIED_THEN_FAILED);
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    assertThat(Clients.error(() -> f.create("e", role))).isInstanceOf(AccessDeniedException.class);
    assertThat(f.described("e").status()).isEqualTo("failed");
    var id = f.described("e").externalId();
    f.trust("r", id);
    f.dms.deleteEndpoint(r -> r.endpointArn(f.described("e").endpointArn()));
    f.settle();
    assertThat(f.create("e", role).externalId()).isEqualTo(id);
    f.settle();
    assertThat(f.described("e").status()).isEqualTo("active");
  }

  @Test
  void theSecondCallMayHandOutAnotherIdThatStays() {
    var f = start(HandshakeDialect.NEW_ID_ON_SECOND_CALL);
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    var first = f.create("e", role).externalId();
    f.trust("r", first);
    f.settle();
    var second = f.create("e", role).externalId();
    assertThat(second).isNotEqualTo(first);
    assertThat(f.isThere("e")).isFalse();
    f.trust("r", second);
    f.settle();
    assertThat(f.create("e", role).externalId()).isEqualTo(second);
    f.settle();
    assertThat(f.described("e").status()).isEqualTo("active");
    f.dms.deleteEndpoint(r -> r.endpointArn(f.described("e").endpointArn()));
    f.settle();
    assertThat(f.create("e", role).externalId()).isEqualTo(second);
    assertThat(f.isThere("e")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 10, 60})
  void dmsSeesARoleOnlyAfterItsPropagation(int seconds) {
    fixture = new DmsFixture(options -> options.propagation(Duration.ofSeconds(seconds)));
    var role = fixture.role("r", Documents.TRUSTS_DMS);
    if (seconds > 0) {
      fixture.aws.clock().advance(Duration.ofSeconds(seconds - 1));
      assertThat(Clients.code(() -> fixture.create("e", role))).isEqualTo("AccessDeniedFault");
      fixture.aws.clock().advance(Duration.ofSeconds(1));
    }
    var id = fixture.create("e", role).externalId();
    fixture.trust("r", id);
    if (seconds > 0) {
      fixture.aws.clock().advance(Duration.ofSeconds(seconds - 1));
      assertThat(Clients.code(() -> fixture.create("e", role))).isEqualTo("AccessDeniedFault");
      fixture.aws.clock().advance(Duration.ofSeconds(1));
    }
    fixture.create("e", role);
    assertThat(fixture.isThere("e")).isTrue();
  }

  @Test
  void beforePropagationACallMayBeAnsweredAndNotKept() {
    fixture =
        new DmsFixture(
            options ->
                options
                    .beforePropagation(BeforePropagation.ANSWERED_NOT_KEPT)
                    .dialect(HandshakeDialect.KEPT_ACTIVE));
    var role = fixture.role("r", Documents.TRUSTS_DMS);
    assertThat(fixture.create("e", role).externalId()).isNotBlank();
    assertThat(fixture.isThere("e")).isFalse();
  }

  @Test
  void aDeletedRoleIsSeenUntilItsDeletionHasPropagated() {
    var f = start(HandshakeDialect.KEPT_ACTIVE);
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    f.iam.deleteRolePolicy(r -> r.roleName("r").policyName("write"));
    f.iam.deleteRole(r -> r.roleName("r"));
    f.settle();
    assertThat(Clients.code(() -> f.create("e", role))).isEqualTo("AccessDeniedFault");
    assertThat(f.isThere("e")).isFalse();
  }

  @Test
  void onlyPairsThatAreOpenGetAnywhere() {
    var f = start(HandshakeDialect.KEPT_ACTIVE);
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    f.aws.disallow(DmsFixture.DMS, DmsFixture.LAKE);
    assertThat(Clients.code(() -> f.create("e", role))).isEqualTo("AccessDeniedFault");
    f.aws.allow(DmsFixture.DMS, DmsFixture.LAKE);
    f.create("e", role);
    assertThat(f.isThere("e")).isTrue();
  }

  @Test
  void create_roleThatIsMissing_isNotConfiguredProperly() {
    var f = start(HandshakeDialect.KEPT_ACTIVE);
    var role = "arn:aws:iam::" + DmsFixture.LAKE + ":role/none";
    var denied = Clients.error(() -> f.create("e", role)).awsErrorDetails();
    assertThat(denied.errorCode()).isEqualTo("AccessDeniedFault");
    assertThat(denied.errorMessage())
        .isEqualTo("The IAM Role " + role + " is not configured properly.AccessDenied");
  }

  @Test
  void create_pairThatIsNotAllowListed_isDeniedLikeAMissingRoleOrByName() {
    var f = start(HandshakeDialect.KEPT_ACTIVE);
    assertThat(denialOfAClosedPair(f)).endsWith("is not configured properly.AccessDenied");
    f.close();
    fixture = new DmsFixture(options -> options.namesMissingAllowListing(true));
    assertThat(denialOfAClosedPair(fixture)).contains("Cross-account pass role is not allowed.");
    fixture.aws.allow(DmsFixture.DMS, DmsFixture.LAKE);
    assertThat(
            Clients.error(
                    () -> fixture.create("e", "arn:aws:iam::" + DmsFixture.LAKE + ":role/none"))
                .awsErrorDetails()
                .errorMessage())
        .endsWith("is not configured properly.AccessDenied");
  }

  private static String denialOfAClosedPair(DmsFixture f) {
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    f.aws.disallow(DmsFixture.DMS, DmsFixture.LAKE);
    var denied = Clients.error(() -> f.create("e", role)).awsErrorDetails();
    assertThat(denied.errorCode()).isEqualTo("AccessDeniedFault");
    return denied.errorMessage();
  }

  @Test
  void aRoleThatDoesNotTrustDmsIsRefused() {
    var f = start(HandshakeDialect.KEPT_ACTIVE);
    var role = f.role("r", Documents.TRUSTS_DMS.replace("dms.", "ec2."));
    f.settle();
    assertThat(Clients.code(() -> f.create("e", role))).isEqualTo("AccessDeniedFault");
  }

  @Test
  void theRegionalServicePrincipalAndSourceConditionsAreUnderstood() {
    var f = start(HandshakeDialect.NOTHING_KEPT);
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    var id = f.create("e", role).externalId();
    var trust =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
        "Principal":{"Service":"dms.eu-central-1.amazonaws.com"},"Action":"sts:AssumeRole",\
        "Condition":{"StringEquals":{"sts:ExternalId":"%s","aws:SourceAccount":"%s"},\
        "ArnLike":{"aws:SourceArn":"arn:aws:dms:*:111111111111:endpoint:*"}}}]}\
        """;
    f.iam.updateAssumeRolePolicy(
        r -> r.roleName("r").policyDocument(trust.formatted(id, "999999999999")));
    f.settle();
    assertThat(Clients.code(() -> f.create("e", role))).isEqualTo("AccessDeniedFault");
    f.iam.updateAssumeRolePolicy(
        r -> r.roleName("r").policyDocument(trust.formatted(id, DmsFixture.DMS)));
    f.settle();
    f.create("e", role);
    assertThat(f.isThere("e")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "aws-cn,dms.amazonaws.com,true",
    "aws-cn,dms.amazonaws.com.cn,true",
    "aws,dms.amazonaws.com.cn,false"
  })
  void create_servicePrincipalOfChina_isUnderstoodInChina(
      String partition, String principal, boolean understood) {
    fixture =
        new DmsFixture(
            options -> options.partition(partition).dialect(HandshakeDialect.KEPT_ACTIVE));
    var trust = Documents.TRUSTS_DMS.replace("dms.amazonaws.com", principal);
    var role =
        fixture.iam.createRole(r -> r.roleName("r").assumeRolePolicyDocument(trust)).role().arn();
    fixture.settle();
    if (!understood) {
      assertThat(Clients.code(() -> fixture.create("e", role))).isEqualTo("AccessDeniedFault");
    } else {
      fixture.create("e", role);
    }
    assertThat(fixture.isThere("e")).isEqualTo(understood);
  }

  @Test
  void aRoleOfTheSameAccountNeedsNoHandshake() {
    var f = start(HandshakeDialect.NOTHING_KEPT);
    var iam = new Clients(f.aws).iam(f.aws.administrator(DmsFixture.DMS));
    var role =
        iam.createRole(r -> r.roleName("own").assumeRolePolicyDocument(Documents.TRUSTS_DMS))
            .role()
            .arn();
    f.settle();
    assertThat(f.create("e", role).externalId()).isNotBlank();
    assertThat(f.isThere("e")).isTrue();
  }
}
