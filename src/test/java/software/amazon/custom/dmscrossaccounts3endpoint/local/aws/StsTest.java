package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;

class StsTest {
  private static final String DMS = "111111111111";
  private static final String LAKE = "222222222222";

  private final LocalAws aws =
      LocalAws.builder().account(DMS).account(LAKE).clock(LocalClock.virtual()).start();
  private final Clients clients = new Clients(aws);
  private final StsClient sts = clients.sts(aws.administrator(DMS));

  @AfterEach
  void close() {
    aws.close();
  }

  private static LocalCredentials local(Credentials credentials) {
    return new LocalCredentials(
        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
  }

  @Test
  void anAdministratorIsAUserOfItsAccount() {
    var identity = sts.getCallerIdentity();
    assertThat(identity.account()).isEqualTo(DMS);
    assertThat(identity.arn()).isEqualTo("arn:aws:iam::" + DMS + ":user/administrator");
    assertThat(identity.userId()).startsWith("AIDA");
  }

  @Test
  void aTrustedAccountMayAssumeTheRole() {
    var role = aws.createAssumableRole(LAKE, "admin", "arn:aws:iam::" + DMS + ":root", null);
    var answer = sts.assumeRole(r -> r.roleArn(role).roleSessionName("me"));
    assertThat(answer.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::" + LAKE + ":assumed-role/admin/me");
    assertThat(answer.credentials().expiration())
        .isEqualTo(aws.clock().instant().plus(Duration.ofHours(1)));
    var identity = clients.sts(local(answer.credentials())).getCallerIdentity();
    assertThat(identity.account()).isEqualTo(LAKE);
    assertThat(identity.arn()).isEqualTo(answer.assumedRoleUser().arn());
    assertThat(clients.iam(local(answer.credentials())).listRoles().roles()).hasSize(1);
  }

  @Test
  void aTrustedRoleMayAssumeTheRoleAndNobodyElse() {
    var execution =
        aws.createAssumableRole(DMS, "execution", "arn:aws:iam::" + DMS + ":root", null);
    var role = aws.createAssumableRole(LAKE, "admin", execution, null);
    var session = clients.sts(aws.sessionOf(execution));
    assertThat(session.assumeRole(r -> r.roleArn(role).roleSessionName("me")).credentials())
        .isNotNull();
    var error = Clients.error(() -> sts.assumeRole(r -> r.roleArn(role).roleSessionName("me")));
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
    assertThat(error.statusCode()).isEqualTo(403);
    assertThat(error)
        .hasMessageContaining(
            "User: arn:aws:iam::%s:user/administrator is not authorized to perform: sts:AssumeRole on resource: %s"
                .formatted(DMS, role));
  }

  @Test
  void anExternalIdMustBeNamed() {
    var role = aws.createAssumableRole(LAKE, "admin", "arn:aws:iam::" + DMS + ":root", "secret-1");
    assertThat(Clients.code(() -> sts.assumeRole(r -> r.roleArn(role).roleSessionName("me"))))
        .isEqualTo("AccessDenied");
    assertThat(
            Clients.code(
                () ->
                    sts.assumeRole(r -> r.roleArn(role).roleSessionName("me").externalId("other"))))
        .isEqualTo("AccessDenied");
    assertThat(
            sts.assumeRole(r -> r.roleArn(role).roleSessionName("me").externalId("secret-1"))
                .credentials()
                .accessKeyId())
        .startsWith("ASIA");
  }

  @Test
  void aRoleThatIsNotThereIsDeniedLikeAnyOther() {
    assertThat(
            Clients.code(
                () ->
                    sts.assumeRole(
                        r ->
                            r.roleArn("arn:aws:iam::" + LAKE + ":role/nobody")
                                .roleSessionName("me"))))
        .isEqualTo("AccessDenied");
    assertThat(
            Clients.code(
                () ->
                    sts.assumeRole(
                        r ->
                            r.roleArn("arn:aws:iam::999999999999:role/nobody")
                                .roleSessionName("me"))))
        .isEqualTo("AccessDenied");
    assertThat(
            Clients.code(
                () -> sts.assumeRole(r -> r.roleArn("x".repeat(30)).roleSessionName("me"))))
        .isEqualTo("ValidationError");
  }

  @Test
  void sessionsEndWhenTheirTimeIsOver() {
    var role = aws.createAssumableRole(LAKE, "admin", "arn:aws:iam::" + DMS + ":root", null);
    var session = sts.assumeRole(r -> r.roleArn(role).roleSessionName("me").durationSeconds(900));
    var iam = clients.iam(local(session.credentials()));
    var dms = clients.dms(local(session.credentials()));
    aws.clock().advance(Duration.ofSeconds(899));
    iam.listRoles();
    aws.clock().advance(Duration.ofSeconds(1));
    assertThat(Clients.code(iam::listRoles)).isEqualTo("ExpiredToken");
    assertThat(Clients.code(dms::describeEndpoints)).isEqualTo("ExpiredTokenException");
  }

  @Test
  void sessionsLastNoLongerThanAllowed() {
    var role = aws.createAssumableRole(LAKE, "admin", "arn:aws:iam::" + DMS + ":root", null);
    for (var seconds : new int[] {899, 43201, 3601}) {
      assertThat(
              Clients.code(
                  () ->
                      sts.assumeRole(
                          r -> r.roleArn(role).roleSessionName("me").durationSeconds(seconds))))
          .isEqualTo("ValidationError");
    }
    clients
        .iam(aws.administrator(LAKE))
        .updateRole(r -> r.roleName("admin").maxSessionDuration(7200));
    sts.assumeRole(r -> r.roleArn(role).roleSessionName("me").durationSeconds(7200));
    var chained = aws.createAssumableRole(DMS, "start", "arn:aws:iam::" + DMS + ":root", null);
    var session = clients.sts(aws.sessionOf(chained));
    assertThat(
            Clients.error(
                () ->
                    session.assumeRole(
                        r -> r.roleArn(role).roleSessionName("me").durationSeconds(7200))))
        .hasMessageContaining("role chaining");
  }

  @Test
  void sessionNamesAndSessionPoliciesAreChecked() {
    var role = aws.createAssumableRole(LAKE, "admin", "arn:aws:iam::" + DMS + ":root", null);
    for (var bad : new String[] {"x", "with space", "y".repeat(65)}) {
      assertThat(Clients.code(() -> sts.assumeRole(r -> r.roleArn(role).roleSessionName(bad))))
          .isEqualTo("ValidationError");
    }
    assertThat(
            Clients.code(
                () -> sts.assumeRole(r -> r.roleArn(role).roleSessionName("me").policy("{}"))))
        .isEqualTo("MalformedPolicyDocument");
    var large = Documents.allow("s3:*", "arn:aws:s3:::" + "x".repeat(2048));
    assertThat(
            Clients.code(
                () -> sts.assumeRole(r -> r.roleArn(role).roleSessionName("me").policy(large))))
        .isEqualTo("PackedPolicyTooLarge");
    assertThat(
            sts.assumeRole(r -> r.roleArn(role).roleSessionName("me").policy(Documents.S3))
                .getValueForField("PackedPolicySize", Integer.class))
        .hasValueSatisfying(size -> assertThat(size).isPositive());
  }

  @Test
  void sessionTokensAreForUsers() {
    var token = sts.getSessionToken(r -> r.durationSeconds(900)).credentials();
    assertThat(clients.sts(local(token)).getCallerIdentity().arn()).endsWith(":user/administrator");
    var role = aws.createAssumableRole(DMS, "some", "arn:aws:iam::" + DMS + ":root", null);
    var session = clients.sts(aws.sessionOf(role));
    assertThat(Clients.code(session::getSessionToken)).isEqualTo("AccessDenied");
  }

  @Test
  void unknownKeysAndTokensTellNobody() {
    var stranger = new LocalCredentials("AKIDSTRANGER", "x", null);
    assertThat(Clients.code(() -> clients.sts(stranger).getCallerIdentity()))
        .isEqualTo("InvalidClientTokenId");
    assertThat(Clients.code(() -> clients.dms(stranger).describeEndpoints()))
        .isEqualTo("UnrecognizedClientException");
    var role = aws.createAssumableRole(DMS, "some", "arn:aws:iam::" + DMS + ":root", null);
    var real = aws.sessionOf(role);
    var forged = new LocalCredentials(real.accessKeyId(), real.secretAccessKey(), "another token");
    assertThat(Clients.code(() -> clients.sts(forged).getCallerIdentity()))
        .isEqualTo("InvalidClientTokenId");
    assertThat(real.toString()).doesNotContain(real.secretAccessKey(), real.sessionToken());
  }
}
