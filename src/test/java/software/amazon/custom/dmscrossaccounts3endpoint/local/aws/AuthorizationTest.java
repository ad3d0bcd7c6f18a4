package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;

/** Policies of callers are evaluated: identity, boundary, session, trust. */
class AuthorizationTest {
  private static final String DMS = DmsFixture.DMS;
  private static final String LAKE = DmsFixture.LAKE;
  private static final String WORKER = "arn:aws:iam::" + LAKE + ":role/worker";

  private final DmsFixture f =
      new DmsFixture(
          options ->
              options.enforceIam(true).organization(LAKE, "o-lake").organization(DMS, "o-dms"));
  private final Clients clients = new Clients(f.aws);
  private IamClient iam;

  @BeforeEach
  void worker() {
    f.iam.createRole(
        r ->
            r.roleName("worker")
                .assumeRolePolicyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
                    "Principal":{"AWS":"arn:aws:iam::111111111111:root"},\
                    "Action":"sts:AssumeRole"}]}"""));
    iam = clients.iam(f.aws.sessionOf(WORKER));
  }

  @AfterEach
  void close() {
    f.close();
  }

  private void may(String... statements) {
    f.iam.putRolePolicy(
        r ->
            r.roleName("worker")
                .policyName("may")
                .policyDocument(
                    "{\"Version\":\"2012-10-17\",\"Statement\":["
                        + String.join(",", statements)
                        + "]}"));
  }

  private static String allow(String action, String resource) {
    return "{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}"
        .formatted(action, resource);
  }

  private static String allow(String action, String resource, String condition) {
    return "{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\",\"Condition\":%s}"
        .formatted(action, resource, condition);
  }

  private static void denied(Executable call, String... words) {
    var error = Clients.error(call);
    assertThat(error.awsErrorDetails().errorCode()).isIn("AccessDenied", "AccessDeniedException");
    assertThat(error.getMessage()).contains(words);
  }

  private void createRole(String name, Tag... tags) {
    iam.createRole(
        r ->
            r.roleName(name)
                .path("/type/")
                .assumeRolePolicyDocument(Documents.TRUSTS_DMS)
                .tags(tags));
  }

  @Test
  void whatNoPolicyAllowsIsDeniedInTheWordsOfAws() {
    var error = Clients.error(() -> createRole("r"));
    assertThat(error.statusCode()).isEqualTo(403);
    assertThat(error.awsErrorDetails().errorMessage())
        .isEqualTo(
            "User: arn:aws:sts::222222222222:assumed-role/worker/local is not authorized to perform:"
                + " iam:CreateRole on resource: arn:aws:iam::222222222222:role/type/r because no"
                + " identity-based policy allows the iam:CreateRole action");
  }

  @Test
  void pathsBoundWhatMayBeMade() {
    may(allow("iam:CreateRole", "arn:aws:iam::${aws:PrincipalAccount}:role/type/*"));
    createRole("r");
    denied(
        () ->
            iam.createRole(r -> r.roleName("other").assumeRolePolicyDocument(Documents.TRUSTS_DMS)),
        "role/other");
  }

  @Test
  void tagsNeedTheirOwnPermission() {
    may(allow("iam:CreateRole", "*"), allow("iam:CreatePolicy", "*"));
    var tag = Tag.builder().key("k").value("v").build();
    denied(() -> createRole("r", tag), "iam:TagRole");
    denied(
        () -> iam.createPolicy(r -> r.policyName("p").policyDocument(Documents.S3).tags(tag)),
        "iam:TagPolicy");
    may(
        allow("iam:CreateRole", "*"),
        allow(
            "iam:TagRole",
            "*",
            "{\"StringEquals\":{\"aws:RequestTag/k\":\"v\"},"
                + "\"ForAllValues:StringEquals\":{\"aws:TagKeys\":[\"k\"]}}"));
    createRole("r", tag);
    denied(() -> createRole("q", tag, Tag.builder().key("x").value("").build()), "iam:TagRole");
  }

  @Test
  void aBoundaryCanBeDemanded() {
    var boundary = "arn:aws:iam::222222222222:policy/boundary";
    may(
        allow(
            "iam:*", "*", "{\"StringEquals\":{\"iam:PermissionsBoundary\":\"" + boundary + "\"}}"));
    denied(() -> createRole("r"), "iam:CreateRole");
    iam.createRole(
        r ->
            r.roleName("r")
                .permissionsBoundary(boundary)
                .assumeRolePolicyDocument(Documents.TRUSTS_DMS));
    denied(
        () ->
            iam.putRolePermissionsBoundary(
                r -> r.roleName("r").permissionsBoundary("arn:aws:iam::222222222222:policy/wider")),
        "iam:PutRolePermissionsBoundary");
    iam.putRolePolicy(r -> r.roleName("r").policyName("p").policyDocument(Documents.S3));
  }

  @Test
  void onlyMarkedResourcesCanBeAllowed() {
    f.iam.createRole(r -> r.roleName("foreign").assumeRolePolicyDocument(Documents.TRUSTS_DMS));
    f.iam.createRole(
        r ->
            r.roleName("mine")
                .assumeRolePolicyDocument(Documents.TRUSTS_DMS)
                .tags(Tag.builder().key("mark").value("x").build()));
    may(allow("iam:DeleteRole", "*", "{\"StringLike\":{\"iam:ResourceTag/mark\":\"*\"}}"));
    denied(() -> iam.deleteRole(r -> r.roleName("foreign")), "iam:DeleteRole");
    iam.deleteRole(r -> r.roleName("mine"));
  }

  @Test
  void whichPolicyIsAttachedCanBeLimited() {
    var policy =
        f.iam
            .createPolicy(r -> r.policyName("p").path("/type/").policyDocument(Documents.S3))
            .policy()
            .arn();
    may(
        allow("iam:CreateRole", "*"),
        allow(
            "iam:AttachRolePolicy",
            "*",
            "{\"ArnLike\":{\"iam:PolicyARN\":\"arn:aws:iam::*:policy/type/*\"}}"));
    createRole("r");
    iam.attachRolePolicy(r -> r.roleName("r").policyArn(policy));
    denied(
        () ->
            iam.attachRolePolicy(
                r -> r.roleName("r").policyArn("arn:aws:iam::aws:policy/AdministratorAccess")),
        "iam:AttachRolePolicy");
  }

  @Test
  void attachedPoliciesAllowAndListingsNeedAllResources() {
    f.iam.attachRolePolicy(
        r -> r.roleName("worker").policyArn("arn:aws:iam::aws:policy/IAMFullAccess"));
    iam.listRoles();
    f.iam.detachRolePolicy(
        r -> r.roleName("worker").policyArn("arn:aws:iam::aws:policy/IAMFullAccess"));
    may(allow("iam:ListRoles", "arn:aws:iam::*:role/*"));
    denied(iam::listRoles, "iam:ListRoles on resource: *");
    may(allow("iam:ListRoles", "*"));
    iam.listRoles();
  }

  @Test
  void aBoundaryLimitsItsRole() {
    may(allow("iam:*", "*"));
    var policy =
        f.iam
            .createPolicy(r -> r.policyName("b").policyDocument(Documents.allow("iam:Get*", "*")))
            .policy()
            .arn();
    f.iam.putRolePermissionsBoundary(r -> r.roleName("worker").permissionsBoundary(policy));
    iam.getRole(r -> r.roleName("worker"));
    denied(iam::listRoles, "because no permissions boundary allows the iam:ListRoles action");
    f.iam.createPolicyVersion(
        r -> r.policyArn(policy).policyDocument(Documents.deny("*", "*")).setAsDefault(true));
    denied(
        () -> iam.getRole(r -> r.roleName("worker")),
        "with an explicit deny in a permissions boundary");
    f.iam.putRolePermissionsBoundary(
        r ->
            r.roleName("worker").permissionsBoundary("arn:aws:iam::222222222222:policy/not-there"));
    denied(() -> iam.getRole(r -> r.roleName("worker")), "no permissions boundary");
  }

  @Test
  void aDenyWinsAndAnAdministratorIsNotAsked() {
    may(allow("*", "*"), "{\"Effect\":\"Deny\",\"Action\":\"iam:List*\",\"Resource\":\"*\"}");
    denied(iam::listRoles, "with an explicit deny in an identity-based policy");
    f.iam.listRoles();
  }

  @Test
  void aSessionPolicyCutsASessionDown() {
    may(allow("iam:*", "*"));
    var sts = clients.sts(f.aws.administrator(DMS));
    var cut =
        clients.iam(
            local(
                sts.assumeRole(
                        r ->
                            r.roleArn(WORKER)
                                .roleSessionName("me")
                                .policy(Documents.allow("iam:GetRole", "*")))
                    .credentials()));
    cut.getRole(r -> r.roleName("worker"));
    denied(cut::listRoles, "because no session policy allows the iam:ListRoles action");
    var forbidden =
        clients.iam(
            local(
                sts.assumeRole(
                        r ->
                            r.roleArn(WORKER)
                                .roleSessionName("me")
                                .policy(Documents.deny("*", "*")))
                    .credentials()));
    denied(forbidden::listRoles, "with an explicit deny in a session policy");
    var byArn =
        clients.iam(
            local(
                sts.assumeRole(
                        r ->
                            r.roleArn(WORKER)
                                .roleSessionName("me")
                                .policyArns(
                                    PolicyDescriptorType.builder()
                                        .arn("arn:aws:iam::aws:policy/AmazonS3FullAccess")
                                        .build()))
                    .credentials()));
    denied(byArn::listRoles, "session policy");
  }

  private static LocalCredentials local(Credentials credentials) {
    return new LocalCredentials(
        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
  }

  @Test
  void assumingARoleNeedsBothSides() {
    var target = f.aws.createAssumableRole(LAKE, "target", "arn:aws:iam::111111111111:root", null);
    var caller = f.aws.createAssumableRole(DMS, "caller", "arn:aws:iam::111111111111:root", null);
    var dmsIam = clients.iam(f.aws.administrator(DMS));
    dmsIam.deleteRolePolicy(r -> r.roleName("caller").policyName("administrator"));
    var sts = clients.sts(f.aws.sessionOf(caller));
    denied(
        () -> sts.assumeRole(r -> r.roleArn(target).roleSessionName("me")),
        "because no identity-based policy allows the sts:AssumeRole action");
    dmsIam.putRolePolicy(
        r ->
            r.roleName("caller")
                .policyName("p")
                .policyDocument(Documents.allow("sts:AssumeRole", target)));
    sts.assumeRole(r -> r.roleArn(target).roleSessionName("me"));
    f.iam.updateAssumeRolePolicy(
        r ->
            r.roleName("target")
                .policyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",\
                    "Action":"sts:AssumeRole","Condition":{"StringEquals":\
                    {"aws:PrincipalOrgID":"o-lake"}}}]}"""));
    denied(() -> sts.assumeRole(r -> r.roleArn(target).roleSessionName("me")), "sts:AssumeRole");
    f.iam.updateAssumeRolePolicy(
        r ->
            r.roleName("target")
                .policyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",\
                    "Action":"sts:AssumeRole","Condition":{"StringEquals":\
                    {"aws:PrincipalOrgID":"o-dms"},"ArnLike":\
                    {"aws:PrincipalArn":"arn:aws:iam::*:role/caller"}}}]}"""));
    sts.assumeRole(r -> r.roleArn(target).roleSessionName("me"));
  }

  @Test
  void namedInTheSameAccountTheTrustPolicyAloneIsEnough() {
    var target = f.aws.createAssumableRole(LAKE, "target", WORKER, null);
    clients.sts(f.aws.sessionOf(WORKER)).assumeRole(r -> r.roleArn(target).roleSessionName("me"));
  }

  @Test
  void creatingAnEndpointNeedsItsTagsAndItsRoleToo() {
    var caller = f.aws.createAssumableRole(DMS, "caller", "arn:aws:iam::111111111111:root", null);
    var admin = clients.iam(f.aws.administrator(DMS));
    var dms = clients.dms(f.aws.sessionOf(caller));
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    var statements =
        List.of(
            allow("dms:CreateEndpoint", "*"),
            allow("dms:AddTagsToResource", "arn:aws:dms:*:111111111111:endpoint:*"),
            allow(
                "iam:PassRole",
                "arn:aws:iam::222222222222:role/*",
                "{\"StringEquals\":{\"iam:PassedToService\":\"dms.amazonaws.com\"}}"));
    var actions = List.of("dms:CreateEndpoint", "dms:AddTagsToResource", "iam:PassRole");
    Consumer<List<String>> grant =
        granted ->
            admin.putRolePolicy(
                r ->
                    r.roleName("caller")
                        .policyName("administrator")
                        .policyDocument(
                            "{\"Version\":\"2012-10-17\",\"Statement\":["
                                + String.join(",", granted)
                                + "]}"));
    for (var missing = 0; missing < statements.size(); missing++) {
      var without = new java.util.ArrayList<>(statements);
      without.remove(missing);
      grant.accept(without);
      denied(() -> create(dms, role), actions.get(missing));
    }
    grant.accept(statements);
    create(dms, role);
    denied(dms::describeEndpoints, "dms:DescribeEndpoints on resource: *");
  }

  private static void create(DatabaseMigrationClient dms, String role) {
    dms.createEndpoint(
        CreateEndpointRequest.builder()
            .endpointIdentifier("e")
            .endpointType("target")
            .engineName("s3")
            .tags(
                software.amazon.awssdk.services.databasemigration.model.Tag.builder()
                    .key("k")
                    .value("v")
                    .build())
            .s3Settings(s -> s.bucketName("lake").serviceAccessRoleArn(role))
            .build());
  }

  @Test
  void testingAConnectionNeedsEndpointAndInstance() {
    var endpoint = f.made("e").endpointArn();
    var instance = f.aws.createReplicationInstance(DMS, "rep");
    var caller = f.aws.createAssumableRole(DMS, "caller", "arn:aws:iam::111111111111:root", null);
    var admin = clients.iam(f.aws.administrator(DMS));
    var dms = clients.dms(f.aws.sessionOf(caller));
    admin.putRolePolicy(
        r ->
            r.roleName("caller")
                .policyName("administrator")
                .policyDocument(Documents.allow("dms:TestConnection", endpoint)));
    denied(
        () -> dms.testConnection(r -> r.endpointArn(endpoint).replicationInstanceArn(instance)),
        instance);
    admin.putRolePolicy(
        r ->
            r.roleName("caller")
                .policyName("more")
                .policyDocument(Documents.allow("dms:TestConnection", instance)));
    dms.testConnection(r -> r.endpointArn(endpoint).replicationInstanceArn(instance));
  }

  @Test
  void sessionsOfADeletedRoleMayDoNothing() {
    may(allow("*", "*"));
    iam.listRoles();
    f.iam.deleteRolePolicy(r -> r.roleName("worker").policyName("may"));
    f.iam.deleteRole(r -> r.roleName("worker"));
    denied(iam::listRoles, "no identity-based policy");
  }

  @Test
  void whetherSomethingIsThereIsToldOnlyToThoseWhoMayKnow() {
    denied(() -> iam.getRole(r -> r.roleName("nobody")), "iam:GetRole");
    denied(
        () -> iam.getPolicy(r -> r.policyArn("arn:aws:iam::222222222222:policy/none")),
        "iam:GetPolicy");
  }
}
