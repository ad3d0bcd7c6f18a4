package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.Layout;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/**
 * What someone could do who holds a session of one of the templates' roles, without the session
 * policies that the provider adds.
 */
class EscalationTest {

  private static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
  private static final String EVERYTHING =
      """
      {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
      """;

  private final BootstrappedAccounts accounts = BootstrappedAccounts.start(Layout.CENTRAL);
  private final LocalCredentials thief = session(accounts.lakeRole());
  private final IamClient iam = accounts.iam(thief);

  @AfterEach
  void close() {
    iam.close();
    accounts.close();
  }

  private LocalCredentials session(String role) {
    return accounts.accounts().aws().sessionOf(role);
  }

  private void wait(int seconds) {
    accounts.accounts().clock().advance(java.time.Duration.ofSeconds(seconds));
  }

  private CreateRoleRequest role(Consumer<CreateRoleRequest.Builder> how) {
    var request =
        CreateRoleRequest.builder()
            .roleName("mine")
            .path(OwnershipTags.PATH)
            .permissionsBoundary(accounts.boundary())
            .assumeRolePolicyDocument(TwoAccounts.TRUST_IN_DMS);
    how.accept(request);
    return request.build();
  }

  private void makeOwnRole() {
    iam.createRole(role(r -> {}));
    wait(60);
  }

  private static void denied(String action, ThrowingCallable call) {
    assertThatThrownBy(call).hasMessageContaining("not authorized to perform: " + action);
  }

  @Test
  void aRoleCanBeMadeUnderThePathOnly() {
    denied("iam:CreateRole", () -> iam.createRole(role(r -> r.path("/"))));
    denied(
        "iam:CreateRole",
        () -> iam.createRole(role(r -> r.path("/dms-cross-account-s3-endpoint-boundary/"))));
    makeOwnRole();
  }

  @Test
  void aRoleCanBeMadeWithTheBoundaryOnly() {
    denied("iam:CreateRole", () -> iam.createRole(role(r -> r.permissionsBoundary(null))));
    denied("iam:CreateRole", () -> iam.createRole(role(r -> r.permissionsBoundary(ADMINISTRATOR))));
  }

  @Test
  void theBoundaryStaysAsItIs() {
    makeOwnRole();
    denied(
        "iam:DeleteRolePermissionsBoundary",
        () -> iam.deleteRolePermissionsBoundary(r -> r.roleName("mine")));
    denied(
        "iam:PutRolePermissionsBoundary",
        () ->
            iam.putRolePermissionsBoundary(
                r -> r.roleName("mine").permissionsBoundary(ADMINISTRATOR)));
    denied(
        "iam:CreatePolicyVersion",
        () ->
            iam.createPolicyVersion(
                r ->
                    r.policyArn(accounts.boundary())
                        .policyDocument(EVERYTHING)
                        .setAsDefault(true)));
    denied("iam:DeletePolicy", () -> iam.deletePolicy(r -> r.policyArn(accounts.boundary())));
    iam.putRolePermissionsBoundary(
        r -> r.roleName("mine").permissionsBoundary(accounts.boundary()));
  }

  @Test
  void policiesOfOthersCannotBeAttachedOrDetached() {
    makeOwnRole();
    denied(
        "iam:AttachRolePolicy",
        () -> iam.attachRolePolicy(r -> r.roleName("mine").policyArn(ADMINISTRATOR)));
    denied(
        "iam:DetachRolePolicy",
        () -> iam.detachRolePolicy(r -> r.roleName("mine").policyArn(ADMINISTRATOR)));
    denied(
        "iam:PutRolePolicy",
        () ->
            iam.putRolePolicy(
                r -> r.roleName("mine").policyName("wide").policyDocument(EVERYTHING)));
    denied(
        "iam:CreatePolicy",
        () -> iam.createPolicy(r -> r.policyName("wide").policyDocument(EVERYTHING)));
  }

  @Test
  void aRoleThatHasLostItsBoundaryGetsNoPolicy() {
    makeOwnRole();
    try (var byHand = accounts.accounts().iamByHand()) {
      byHand.deleteRolePermissionsBoundary(r -> r.roleName("mine"));
    }
    var own = ownPolicy();
    denied(
        "iam:AttachRolePolicy", () -> iam.attachRolePolicy(r -> r.roleName("mine").policyArn(own)));
  }

  @Test
  void aWiderPolicyUnderThePathGivesNoMoreThanTheBoundary() {
    makeOwnRole();
    var own = ownPolicy();
    iam.attachRolePolicy(r -> r.roleName("mine").policyArn(own));
    wait(60);
    try (var asRole =
        accounts.iam(
            session(
                "arn:aws:iam::"
                    + BootstrappedAccounts.LAKE
                    + ":role"
                    + OwnershipTags.PATH
                    + "mine"))) {
      assertThatThrownBy(asRole::listRoles)
          .hasMessageContaining("no permissions boundary allows the iam:ListRoles action");
    }
  }

  private String ownPolicy() {
    return iam.createPolicy(
            r -> r.policyName("wide").path(OwnershipTags.PATH).policyDocument(EVERYTHING))
        .policy()
        .arn();
  }

  @Test
  void theProvidersRoleCannotChangeItself() {
    denied(
        "iam:AttachRolePolicy",
        () ->
            iam.attachRolePolicy(
                r -> r.roleName("dms-s3-endpoint-provider").policyArn(ADMINISTRATOR)));
    denied(
        "iam:UpdateAssumeRolePolicy",
        () ->
            iam.updateAssumeRolePolicy(
                r ->
                    r.roleName("dms-s3-endpoint-provider")
                        .policyDocument(TwoAccounts.TRUST_IN_DMS)));
    denied("iam:DeleteRole", () -> iam.deleteRole(r -> r.roleName("dms-s3-endpoint-provider")));
  }

  @Test
  void rolesElsewhereCanBeSeenAndNotTouched() {
    assertThat(iam.getRole(r -> r.roleName("lake-admin")).role().path()).isEqualTo("/");
    denied(
        "iam:TagRole",
        () ->
            iam.tagRole(
                r -> r.roleName("lake-admin").tags(Tag.builder().key("a").value("b").build())));
    denied("iam:UntagRole", () -> iam.untagRole(r -> r.roleName("lake-admin").tagKeys("a")));
    denied(
        "iam:UntagPolicy",
        () -> iam.untagPolicy(r -> r.policyArn(accounts.boundary()).tagKeys("a")));
    denied("iam:DeleteRole", () -> iam.deleteRole(r -> r.roleName("lake-admin")));
    denied("iam:ListRoles", iam::listRoles);
  }

  @Test
  void endpointsWriteWithRolesOfThisTypeOnly() {
    try (var dms = accounts.dms(session(accounts.dmsRole()))) {
      denied("iam:PassRole", () -> createEndpoint(dms, BootstrappedAccounts.LAKE, "/lake-admin"));
      denied(
          "iam:PassRole",
          () -> createEndpoint(dms, BootstrappedAccounts.DMS, OwnershipTags.PATH + "mine"));
      denied(
          "dms:CreateReplicationInstance",
          () ->
              dms.createReplicationInstance(
                  r ->
                      r.replicationInstanceIdentifier("mine")
                          .replicationInstanceClass("dms.t3.medium")));
    }
  }

  private static void createEndpoint(
      software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient dms,
      String account,
      String role) {
    dms.createEndpoint(
        r ->
            r.endpointIdentifier("mine")
                .endpointType("target")
                .engineName("s3")
                .s3Settings(
                    s ->
                        s.bucketName("example-data-lake")
                            .serviceAccessRoleArn("arn:aws:iam::" + account + ":role" + role)));
  }

  @Test
  void onlyTheExecutionRoleOfTheNamedAccountMayAssumeTheRoles() {
    var others =
        new String[] {
          accounts
              .accounts()
              .aws()
              .createAssumableRole(
                  BootstrappedAccounts.TYPE, "other", BootstrappedAccounts.TYPE, null),
          accounts
              .accounts()
              .aws()
              .createAssumableRole(
                  BootstrappedAccounts.DMS,
                  "dms-s3-endpoint-type-execution",
                  BootstrappedAccounts.DMS,
                  null)
        };
    for (var role : new String[] {accounts.lakeRole(), accounts.dmsRole()}) {
      assume(accounts.executionRole(), role, BootstrappedAccounts.EXTERNAL_ID);
      denied("sts:AssumeRole", () -> assume(accounts.executionRole(), role, null));
      denied("sts:AssumeRole", () -> assume(accounts.executionRole(), role, "another"));
      for (var other : others) {
        denied("sts:AssumeRole", () -> assume(other, role, BootstrappedAccounts.EXTERNAL_ID));
      }
    }
  }

  /**
   * Whoever administers any account of an organization can make a role of the expected name there.
   * With the whole organization trusted he would assume the provider's role, and with it let an
   * endpoint's role trust himself.
   */
  @Test
  void aRoleOfTheExpectedNameElsewhereInTheOrganizationIsNotTrusted() {
    try (var wide = BootstrappedAccounts.start(Layout.ORGANIZATION_WIDE)) {
      var aws = wide.accounts().aws();
      var sameName = "dms-s3-endpoint-type-execution";
      var otherUnit =
          aws.createAssumableRole(
              BootstrappedAccounts.DMS, sameName, BootstrappedAccounts.DMS, null);
      var outside =
          aws.createAssumableRole(
              BootstrappedAccounts.LAKE, sameName, BootstrappedAccounts.LAKE, null);
      var otherName =
          aws.createAssumableRole(
              BootstrappedAccounts.TYPE, "other", BootstrappedAccounts.TYPE, null);
      var id = BootstrappedAccounts.EXTERNAL_ID;
      assume(wide, wide.executionRole(), wide.lakeRole(), id);
      denied("sts:AssumeRole", () -> assume(wide, wide.executionRole(), wide.lakeRole(), null));
      denied("sts:AssumeRole", () -> assume(wide, otherUnit, wide.lakeRole(), id));
      denied("sts:AssumeRole", () -> assume(wide, outside, wide.lakeRole(), id));
      denied("sts:AssumeRole", () -> assume(wide, otherName, wide.lakeRole(), id));
    }
  }

  @Test
  void theExecutionRoleReachesTheNamedRolesOnly() {
    var other =
        accounts
            .accounts()
            .aws()
            .createAssumableRole(
                BootstrappedAccounts.LAKE, "other", BootstrappedAccounts.TYPE, null);
    denied("sts:AssumeRole", () -> assume(accounts.executionRole(), other, null));
    try (var dms = accounts.dms(session(accounts.executionRole()))) {
      denied(
          "dms:CreateEndpoint",
          () -> createEndpoint(dms, BootstrappedAccounts.LAKE, OwnershipTags.PATH + "mine"));
    }
  }

  private void assume(String as, String role, String externalId) {
    assume(accounts, as, role, externalId);
  }

  private static void assume(
      BootstrappedAccounts accounts, String as, String role, String externalId) {
    try (var sts = accounts.sts(accounts.accounts().aws().sessionOf(as))) {
      sts.assumeRole(
          AssumeRoleRequest.builder()
              .roleArn(role)
              .roleSessionName("someone")
              .externalId(externalId)
              .build());
    }
  }
}
