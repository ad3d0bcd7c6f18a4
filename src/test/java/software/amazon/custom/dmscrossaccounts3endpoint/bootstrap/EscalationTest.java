package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.DMS;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.EXTERNAL_ID;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.LAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.TYPE;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.Layout;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/**
 * Attacks by somebody who holds a session of one of the templates' roles, without the session
 * policies that the provider adds.
 */
class EscalationTest {

  private static final String SAME_NAME = "dms-s3-endpoint-type-execution";
  private static final String OWN_ROLE =
      "arn:aws:iam::" + LAKE + ":role" + OwnershipTags.PATH + "mine";
  private static final String OWN_POLICY =
      "arn:aws:iam::" + LAKE + ":policy" + OwnershipTags.PATH + "wide";

  @AutoClose
  private final BootstrappedAccounts accounts = BootstrappedAccounts.start(Layout.CENTRAL);

  private final LocalAws aws = accounts.accounts().aws();
  private final LocalCredentials thief = aws.sessionOf(accounts.lakeRole());

  static void denied(String action, ThrowingCallable call) {
    assertThatThrownBy(call).hasMessageContaining("not authorized to perform: " + action);
  }

  /**
   * Calls IAM over its wire protocol.
   *
   * @param call the operation and its parameters; TRUST, ALL, BOUNDARY and ADMIN stand for a trust
   *     policy, a policy that allows everything, and two policies' ARNs
   */
  private String iam(LocalCredentials as, String call) throws Exception {
    var form =
        ("Version=2010-05-08&Action=" + call.strip().replaceAll(" +", "&"))
            .replace("TRUST", TwoAccounts.TRUST_IN_DMS)
            .replace("ALL", TwoAccounts.ANYTHING.replace("s3:*", "*"))
            .replace("BOUNDARY", accounts.boundary())
            .replace("ADMIN", "arn:aws:iam::aws:policy/AdministratorAccess");
    var request =
        HttpRequest.newBuilder(URI.create(aws.endpoint() + "/"))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0"
                    .formatted(as.accessKeyId()))
            .header("X-Amz-Security-Token", as.sessionToken())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private void allowed(String call) throws Exception {
    assertThat(iam(thief, call)).as(call).doesNotContain("<Error>");
  }

  /** A role and a policy as the provider makes them; the thief may. */
  private void makeOwn() throws Exception {
    allowed(
        "CreateRole RoleName=mine Path=/dms-cross-account-s3-endpoint/ PermissionsBoundary=BOUNDARY"
            + " AssumeRolePolicyDocument=TRUST");
    allowed("CreatePolicy PolicyName=wide Path=/dms-cross-account-s3-endpoint/ PolicyDocument=ALL");
    accounts.accounts().clock().advance(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A role elsewhere, without the boundary, or with another one.
        "CreateRole RoleName=r Path=/ PermissionsBoundary=BOUNDARY AssumeRolePolicyDocument=TRUST",
        "CreateRole RoleName=r Path=/dms-cross-account-s3-endpoint-boundary/"
            + " PermissionsBoundary=BOUNDARY AssumeRolePolicyDocument=TRUST",
        "CreateRole RoleName=r Path=/dms-cross-account-s3-endpoint/ AssumeRolePolicyDocument=TRUST",
        "CreateRole RoleName=r Path=/dms-cross-account-s3-endpoint/ PermissionsBoundary=ADMIN"
            + " AssumeRolePolicyDocument=TRUST",
        // The boundary.
        "DeleteRolePermissionsBoundary RoleName=mine",
        "PutRolePermissionsBoundary RoleName=mine PermissionsBoundary=ADMIN",
        "CreatePolicyVersion PolicyArn=BOUNDARY PolicyDocument=ALL SetAsDefault=true",
        "DeletePolicy PolicyArn=BOUNDARY",
        "UntagPolicy PolicyArn=BOUNDARY TagKeys.member.1=a",
        // Policies of others, and policies that no boundary of a path holds.
        "AttachRolePolicy RoleName=mine PolicyArn=ADMIN",
        "DetachRolePolicy RoleName=mine PolicyArn=ADMIN",
        "PutRolePolicy RoleName=mine PolicyName=wide PolicyDocument=ALL",
        "CreatePolicy PolicyName=wide2 PolicyDocument=ALL",
        // The provider's own role, and others.
        "AttachRolePolicy RoleName=dms-s3-endpoint-provider PolicyArn=ADMIN",
        "UpdateAssumeRolePolicy RoleName=dms-s3-endpoint-provider PolicyDocument=TRUST",
        "DeleteRole RoleName=dms-s3-endpoint-provider",
        "TagRole RoleName=lake-admin Tags.member.1.Key=a Tags.member.1.Value=b",
        "UntagRole RoleName=lake-admin TagKeys.member.1=a",
        "DeleteRole RoleName=lake-admin",
        "ListRoles"
      })
  void roleOfTheDataLake_attack_denied(String call) throws Exception {
    makeOwn();
    assertThat(iam(thief, call))
        .contains("is not authorized to perform: iam:" + call.split(" ")[0]);
  }

  @Test
  void roleOfTheDataLake_whatTheProviderNeeds_allowed() throws Exception {
    makeOwn();
    allowed("PutRolePermissionsBoundary RoleName=mine PermissionsBoundary=BOUNDARY");
    allowed("AttachRolePolicy RoleName=mine PolicyArn=" + OWN_POLICY);
    assertThat(iam(thief, "GetRole RoleName=lake-admin")).contains("<Path>/</Path>");
  }

  @Test
  void roleWithoutBoundary_policyOfThePath_isNotAttached() throws Exception {
    makeOwn();
    try (var byHand = accounts.accounts().iamByHand()) {
      byHand.deleteRolePermissionsBoundary(r -> r.roleName("mine"));
    }
    assertThat(iam(thief, "AttachRolePolicy RoleName=mine PolicyArn=" + OWN_POLICY))
        .contains("is not authorized to perform: iam:AttachRolePolicy");
  }

  @Test
  void roleOfAnEndpoint_widerPolicy_givesNoMoreThanTheBoundary() throws Exception {
    makeOwn();
    allowed("AttachRolePolicy RoleName=mine PolicyArn=" + OWN_POLICY);
    accounts.accounts().clock().advance(Duration.ofMinutes(1));
    assertThat(iam(aws.sessionOf(OWN_ROLE), "ListRoles"))
        .contains("no permissions boundary allows the iam:ListRoles action");
  }

  @Test
  void roleOfTheDmsAccount_rolesOfOthersOrOtherResources_denied() {
    try (var dms = accounts.dms(aws.sessionOf(accounts.dmsRole()))) {
      for (var role :
          List.of(LAKE + ":role/lake-admin", DMS + ":role" + OwnershipTags.PATH + "mine")) {
        denied("iam:PassRole", () -> BootstrappedAccounts.endpoint(dms, "arn:aws:iam::" + role));
      }
      denied(
          "dms:CreateReplicationInstance",
          () ->
              dms.createReplicationInstance(
                  r -> r.replicationInstanceIdentifier("i").replicationInstanceClass("c")));
    }
  }

  @Test
  void executionRole_anythingButItsRoles_denied() {
    var other = aws.createAssumableRole(LAKE, "other", TYPE, null);
    denied("sts:AssumeRole", () -> assume(accounts.executionRole(), other, null));
    try (var dms = accounts.dms(aws.sessionOf(accounts.executionRole()))) {
      denied("dms:CreateEndpoint", () -> BootstrappedAccounts.endpoint(dms, OWN_ROLE));
    }
  }

  @Test
  void rolesOfTheTemplates_anybodyButTheExecutionRoleWithTheExternalId_denied() {
    var others =
        List.of(
            aws.createAssumableRole(TYPE, "other", TYPE, null),
            aws.createAssumableRole(DMS, SAME_NAME, DMS, null));
    for (var role : List.of(accounts.lakeRole(), accounts.dmsRole())) {
      assume(accounts.executionRole(), role, EXTERNAL_ID);
      denied("sts:AssumeRole", () -> assume(accounts.executionRole(), role, null));
      denied("sts:AssumeRole", () -> assume(accounts.executionRole(), role, "another"));
      for (var other : others) {
        denied("sts:AssumeRole", () -> assume(other, role, EXTERNAL_ID));
      }
    }
  }

  /**
   * Whoever administers any account of an organization can make a role of the expected name there.
   * With the whole organization trusted, that role could assume the provider's role, and have an
   * endpoint's role trust itself.
   */
  @Test
  void rolesOfTheTemplates_sameNameElsewhereInTheOrganization_denied() {
    try (var wide = BootstrappedAccounts.start(Layout.ORGANIZATION_WIDE)) {
      var world = wide.accounts().aws();
      assume(wide, wide.executionRole(), wide.lakeRole(), EXTERNAL_ID);
      denied("sts:AssumeRole", () -> assume(wide, wide.executionRole(), wide.lakeRole(), null));
      for (var other :
          List.of(
              world.createAssumableRole(DMS, SAME_NAME, DMS, null), // in another unit
              world.createAssumableRole(LAKE, SAME_NAME, LAKE, null), // outside
              world.createAssumableRole(TYPE, "other", TYPE, null))) {
        denied("sts:AssumeRole", () -> assume(wide, other, wide.lakeRole(), EXTERNAL_ID));
      }
    }
  }

  /** A path that names no organizational unit trusts whoever administers any account. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*",
        "/*",
        "o-exampleorg1",
        "o-exampleorg1/*",
        "o-exampleorg1/r-ab12/",
        "o-exampleorg1/r-ab12/*",
        "o-exampleorg1/r-ab12/*/ou-ab12-11111111/",
        "o-exampleorg1/r-ab12/ou-*",
        "o-exampleorg1/r-ab12/ou-ab12-1*",
        "o-exampleorg1/r-ab12/ou-ab12-11111111*",
        "o-exampleorg1/r-ab12/ou-ab12-11111111/,o-exampleorg1/r-ab12/*"
      })
  void organizationPaths_noUnit_refused(String path) {
    for (var template : List.of("data-lake-account.yaml", "dms-account.yaml")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trusting(template, path))
          .withMessageStartingWith("OrganizationPaths does not match");
      trusting(template, BootstrappedAccounts.UNIT);
      trusting(template, BootstrappedAccounts.UNIT + "ou-ab12-33333333/*");
    }
  }

  private static void trusting(String template, String path) {
    BootstrappedAccounts.deployed(
        template,
        LAKE,
        Map.of("OrganizationPaths", path, "AssumeRoleExternalId", EXTERNAL_ID),
        template.startsWith("dms")
            ? Map.of(
                "EndpointRoleArns",
                "arn:aws:iam::444455556666:role/dms-cross-account-s3-endpoint/*")
            : Map.of("BucketArns", BootstrappedAccounts.BUCKETS));
  }

  /** Every principal that reads stacks could otherwise read the id that protects the roles. */
  @ParameterizedTest
  @ValueSource(strings = {"data-lake-account.yaml", "dms-account.yaml"})
  void externalId_isNotEchoed(String template) {
    var parameters = TemplateFile.read(Path.of("bootstrap", template)).section("Parameters");
    assertThat(TemplateFile.map(parameters.get("AssumeRoleExternalId")))
        .containsEntry("NoEcho", true);
  }

  @Test
  void executionRole_doctorOfAnotherAccount_denied() {
    var own = aws.createAssumableRole(TYPE, "doctor", TYPE, null);
    var foreign = aws.createAssumableRole(DMS, "doctor", DMS, null);
    var template =
        BootstrappedAccounts.deployed(
            "type-roles.yaml",
            TYPE,
            Map.of("DataLakeRoleArns", accounts.lakeRole(), "ExecutionRoleName", "examined"),
            Map.of("DoctorArns", own + "," + foreign, "LoggingRoleName", "examined-logging"));
    accounts.deploy(template);
    var examined = template.output("ExecutionRoleArn");
    assume(own, examined, null);
    denied("sts:AssumeRole", () -> assume(foreign, examined, null));
  }

  private void assume(String as, String role, String externalId) {
    assume(accounts, as, role, externalId);
  }

  private static void assume(
      BootstrappedAccounts accounts, String as, String role, String externalId) {
    try (var sts = accounts.sts(accounts.accounts().aws().sessionOf(as))) {
      sts.assumeRole(r -> r.roleArn(role).roleSessionName("someone").externalId(externalId));
    }
  }
}
