package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamTest {
  private static final String ACCOUNT = "222222222222";

  private final LocalAws aws = LocalAws.builder().account(ACCOUNT).account("333333333333").start();
  private final IamClient iam = new Clients(aws).iam(aws.administrator(ACCOUNT));
  private String name;
  private int number;

  @BeforeEach
  void newName() {
    name = "name-" + number++;
  }

  @AfterAll
  void close() {
    aws.close();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private Role createRole() {
    return iam.createRole(
            r ->
                r.roleName(name)
                    .path("/p/" + name + "/")
                    .assumeRolePolicyDocument(Documents.TRUSTS_DMS))
        .role();
  }

  private String createPolicy() {
    return iam.createPolicy(r -> r.policyName(name).policyDocument(Documents.S3)).policy().arn();
  }

  private RoleView view() {
    return aws.roles(ACCOUNT).stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aRoleComesBackAsItWasMade() {
    var boundary = "arn:aws:iam::" + ACCOUNT + ":policy/boundary";
    var made =
        iam.createRole(
                r ->
                    r.roleName(name)
                        .path("/team/")
                        .description("why it is there")
                        .maxSessionDuration(7200)
                        .permissionsBoundary(boundary)
                        .tags(tag("Team", "lake é"))
                        .assumeRolePolicyDocument(Documents.TRUSTS_DMS))
            .role();
    var got = iam.getRole(r -> r.roleName(name)).role();

    assertThat(got.arn())
        .isEqualTo(made.arn())
        .isEqualTo("arn:aws:iam::" + ACCOUNT + ":role/team/" + name);
    assertThat(got.roleId()).startsWith("AROA").hasSize(21);
    assertThat(got.path()).isEqualTo("/team/");
    assertThat(got.description()).isEqualTo("why it is there");
    assertThat(got.maxSessionDuration()).isEqualTo(7200);
    assertThat(got.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(boundary);
    assertThat(got.tags()).containsExactly(tag("Team", "lake é"));
    assertThat(URLDecoder.decode(got.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
        .isEqualTo(Documents.TRUSTS_DMS);
    assertThat(got.assumeRolePolicyDocument()).startsWith("%7B%22Version").doesNotContain("+");
    assertThat(got.createDate()).isNotNull();
  }

  @Test
  void roleNamesAreUniqueRegardlessOfCase() {
    createRole();
    var error =
        Clients.error(
            () ->
                iam.createRole(
                    r ->
                        r.roleName(name.toUpperCase(java.util.Locale.ROOT))
                            .assumeRolePolicyDocument(Documents.TRUSTS_DMS)));
    assertThat(error).isInstanceOf(EntityAlreadyExistsException.class);
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("EntityAlreadyExists");
    assertThat(error.statusCode()).isEqualTo(409);
  }

  @Test
  void whatIsNotThereIsNoSuchEntity() {
    assertThat(Clients.error(() -> iam.getRole(r -> r.roleName("nobody"))))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("nobody");
    var arn = "arn:aws:iam::" + ACCOUNT + ":policy/nothing";
    assertThat(Clients.code(() -> iam.getPolicy(r -> r.policyArn(arn)))).isEqualTo("NoSuchEntity");
    createRole();
    assertThat(Clients.code(() -> iam.attachRolePolicy(r -> r.roleName(name).policyArn(arn))))
        .isEqualTo("NoSuchEntity");
    assertThat(Clients.code(() -> iam.detachRolePolicy(r -> r.roleName(name).policyArn(arn))))
        .isEqualTo("NoSuchEntity");
    assertThat(Clients.code(() -> iam.getRolePolicy(r -> r.roleName(name).policyName("none"))))
        .isEqualTo("NoSuchEntity");
    assertThat(Clients.code(() -> iam.deleteRolePermissionsBoundary(r -> r.roleName(name))))
        .isEqualTo("NoSuchEntity");
  }

  @Test
  void aBoundaryNeedNotBeThereButMustBeAPolicyOfTheAccountOrOfAws() {
    createRole();
    var missing = "arn:aws:iam::" + ACCOUNT + ":policy/not-there";
    iam.putRolePermissionsBoundary(r -> r.roleName(name).permissionsBoundary(missing));
    assertThat(view().boundary()).isEqualTo(missing);
    iam.deleteRolePermissionsBoundary(r -> r.roleName(name));
    assertThat(view().boundary()).isNull();
    assertThat(
            Clients.code(
                () ->
                    iam.putRolePermissionsBoundary(
                        r ->
                            r.roleName(name)
                                .permissionsBoundary("arn:aws:iam::333333333333:policy/x"))))
        .isEqualTo("NoSuchEntity");
  }

  @Test
  void trustAndDescriptionChangeInPlace() {
    createRole();
    iam.updateAssumeRolePolicy(
        r -> r.roleName(name).policyDocument(Documents.trustsDmsWithId("abc")));
    iam.updateRole(r -> r.roleName(name).description("new").maxSessionDuration(3600));
    assertThat(view().trust().at("/Statement/0/Condition/StringEquals/sts:ExternalId").asText())
        .isEqualTo("abc");
    assertThat(iam.getRole(r -> r.roleName(name)).role().description()).isEqualTo("new");
  }

  @Test
  void tagsOfRolesAndPoliciesAreMergedRegardlessOfCase() {
    createRole();
    var arn = createPolicy();
    iam.tagRole(r -> r.roleName(name).tags(tag("A", "1"), tag("B", "2")));
    iam.tagRole(r -> r.roleName(name).tags(tag("a", "3")));
    iam.untagRole(r -> r.roleName(name).tagKeys("b", "unknown"));
    assertThat(iam.listRoleTags(r -> r.roleName(name)).tags()).containsExactly(tag("a", "3"));
    iam.tagPolicy(r -> r.policyArn(arn).tags(tag("A", "1"), tag("B", "")));
    iam.untagPolicy(r -> r.policyArn(arn).tagKeys("A"));
    assertThat(iam.listPolicyTags(r -> r.policyArn(arn)).tags()).containsExactly(tag("B", ""));
    iam.tagRole(r -> r.roleName(name).tags(List.of()));
  }

  @Test
  void tagsThatIamForbidsAreRefused() {
    createRole();
    assertThat(Clients.code(() -> iam.tagRole(r -> r.roleName(name).tags(tag("aws:x", "1")))))
        .isEqualTo("InvalidInput");
    assertThat(Clients.code(() -> iam.tagRole(r -> r.roleName(name).tags(tag("a*", "1")))))
        .isEqualTo("ValidationError");
    assertThat(Clients.code(() -> iam.tagRole(r -> r.roleName(name).tags(tag("a", "#")))))
        .isEqualTo("ValidationError");
    assertThat(
            Clients.code(
                () -> iam.tagRole(r -> r.roleName(name).tags(tag("a", "1"), tag("A", "2")))))
        .isEqualTo("InvalidInput");
    var fifty = IntStream.range(0, 50).mapToObj(i -> tag("k" + i, "v")).toList();
    iam.tagRole(r -> r.roleName(name).tags(fifty));
    assertThat(Clients.error(() -> iam.tagRole(r -> r.roleName(name).tags(tag("one", "more")))))
        .isInstanceOf(LimitExceededException.class);
    var more = IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "v")).toList();
    assertThat(Clients.code(() -> iam.tagRole(r -> r.roleName(name).tags(more))))
        .isEqualTo("ValidationError");
  }

  @Test
  void rolesAreListedByPathPageByPage() {
    for (var i = 0; i < 5; i++) {
      var role = name + "-" + i;
      iam.createRole(
          r -> r.roleName(role).path("/paged/").assumeRolePolicyDocument(Documents.TRUSTS_DMS));
    }
    createRole();
    var first = iam.listRoles(r -> r.pathPrefix("/paged/").maxItems(3));
    assertThat(first.isTruncated()).isTrue();
    assertThat(first.roles()).hasSize(3);
    var second = iam.listRoles(r -> r.pathPrefix("/paged/").maxItems(3).marker(first.marker()));
    assertThat(second.isTruncated()).isFalse();
    assertThat(second.roles()).extracting(Role::roleName).containsExactly(name + "-3", name + "-4");
    assertThat(Clients.code(() -> iam.listRoles(r -> r.marker("nonsense"))))
        .isEqualTo("ValidationError");
    assertThat(iam.listRolesPaginator(r -> r.pathPrefix("/paged/").maxItems(2)).roles()).hasSize(5);
  }

  @Test
  void aPolicyKeepsFiveVersionsAndItsDefaultCanNotBeDeleted() {
    var arn = createPolicy();
    for (var i = 0; i < 4; i++) {
      iam.createPolicyVersion(
          r -> r.policyArn(arn).policyDocument(Documents.S3).setAsDefault(true));
    }
    assertThat(
            Clients.error(
                () -> iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(Documents.S3))))
        .isInstanceOf(LimitExceededException.class);
    assertThat(Clients.code(() -> iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v5"))))
        .isEqualTo("DeleteConflict");
    assertThat(Clients.code(() -> iam.deletePolicy(r -> r.policyArn(arn))))
        .isEqualTo("DeleteConflict");
    iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v1"));
    var v6 =
        iam.createPolicyVersion(
            r -> r.policyArn(arn).policyDocument(Documents.allow("s3:GetObject", "*")));
    assertThat(v6.policyVersion().versionId()).isEqualTo("v6");
    assertThat(v6.policyVersion().isDefaultVersion()).isFalse();
    iam.setDefaultPolicyVersion(r -> r.policyArn(arn).versionId("v6"));
    assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().defaultVersionId()).isEqualTo("v6");
    var version = iam.getPolicyVersion(r -> r.policyArn(arn).versionId("v6")).policyVersion();
    assertThat(URLDecoder.decode(version.document(), StandardCharsets.UTF_8))
        .isEqualTo(Documents.allow("s3:GetObject", "*"));
    for (var old : List.of("v2", "v3", "v4", "v5")) {
      iam.deletePolicyVersion(r -> r.policyArn(arn).versionId(old));
    }
    assertThat(iam.listPolicyVersions(r -> r.policyArn(arn)).versions()).hasSize(1);
    assertThat(Clients.code(() -> iam.getPolicyVersion(r -> r.policyArn(arn).versionId("v2"))))
        .isEqualTo("NoSuchEntity");
    iam.deletePolicy(r -> r.policyArn(arn));
    assertThat(aws.policies(ACCOUNT)).noneMatch(policy -> policy.arn().equals(arn));
  }

  @Test
  void policiesAreListedByPathAndScope() {
    var path = "/" + name + "/";
    iam.createPolicy(
        r ->
            r.policyName(name)
                .path(path)
                .description("d")
                .policyDocument(Documents.S3)
                .tags(tag("k", "v")));
    assertThat(iam.listPolicies(r -> r.pathPrefix(path).scope("Local")).policies())
        .singleElement()
        .satisfies(policy -> assertThat(policy.policyName()).isEqualTo(name));
    assertThat(iam.listPolicies(r -> r.scope("AWS")).policies()).isEmpty();
    assertThat(iam.listPolicies(r -> r.pathPrefix(path).onlyAttached(true)).policies()).isEmpty();
    assertThat(
            Clients.code(
                () -> iam.createPolicy(r -> r.policyName(name).policyDocument(Documents.S3))))
        .isEqualTo("EntityAlreadyExists");
    var view =
        aws.policies(ACCOUNT).stream().filter(p -> p.path().equals(path)).findFirst().orElseThrow();
    assertThat(view.tags()).isEqualTo(Map.of("k", "v"));
    assertThat(view.versions()).isEqualTo(1);
    assertThat(view.document().at("/Statement/0/Effect").asText()).isEqualTo("Allow");
  }

  @Test
  void whatIsBoundToARoleKeepsRoleAndPolicyFromBeingDeleted() {
    createRole();
    var arn = createPolicy();
    iam.attachRolePolicy(r -> r.roleName(name).policyArn(arn));
    iam.attachRolePolicy(r -> r.roleName(name).policyArn(arn));
    assertThat(iam.listAttachedRolePolicies(r -> r.roleName(name)).attachedPolicies())
        .singleElement()
        .satisfies(
            attached -> {
              assertThat(attached.policyArn()).isEqualTo(arn);
              assertThat(attached.policyName()).isEqualTo(name);
            });
    assertThat(iam.listEntitiesForPolicy(r -> r.policyArn(arn)).policyRoles())
        .singleElement()
        .satisfies(role -> assertThat(role.roleName()).isEqualTo(name));
    assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().attachmentCount()).isEqualTo(1);
    assertThat(Clients.code(() -> iam.deleteRole(r -> r.roleName(name))))
        .isEqualTo("DeleteConflict");
    assertThat(Clients.code(() -> iam.deletePolicy(r -> r.policyArn(arn))))
        .isEqualTo("DeleteConflict");
    iam.detachRolePolicy(r -> r.roleName(name).policyArn(arn));
    iam.putRolePolicy(r -> r.roleName(name).policyName("inline").policyDocument(Documents.S3));
    assertThat(Clients.code(() -> iam.deleteRole(r -> r.roleName(name))))
        .isEqualTo("DeleteConflict");
    assertThat(iam.listRolePolicies(r -> r.roleName(name)).policyNames()).containsExactly("inline");
    assertThat(
            URLDecoder.decode(
                iam.getRolePolicy(r -> r.roleName(name).policyName("inline")).policyDocument(),
                StandardCharsets.UTF_8))
        .isEqualTo(Documents.S3);
    assertThat(view().inline()).containsOnlyKeys("inline");
    iam.deleteRolePolicy(r -> r.roleName(name).policyName("inline"));
    iam.deleteRole(r -> r.roleName(name));
    iam.deletePolicy(r -> r.policyArn(arn));
    assertThat(aws.roles(ACCOUNT)).noneMatch(role -> role.name().equals(name));
  }

  @Test
  void aPolicyThatBoundsARoleCanNotBeDeleted() {
    createRole();
    var arn = createPolicy();
    iam.putRolePermissionsBoundary(r -> r.roleName(name).permissionsBoundary(arn));
    assertThat(Clients.code(() -> iam.deletePolicy(r -> r.policyArn(arn))))
        .isEqualTo("DeleteConflict");
    assertThat(
            iam.listEntitiesForPolicy(
                    r -> r.policyArn(arn).policyUsageFilter("PermissionsBoundary"))
                .policyRoles())
        .hasSize(1);
    assertThat(
            iam.listEntitiesForPolicy(r -> r.policyArn(arn).policyUsageFilter("PermissionsPolicy"))
                .policyRoles())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "slash/", "é", "x#"})
  void namesOutsideTheirAlphabetAreRefused(String bad) {
    assertThat(
            Clients.code(
                () ->
                    iam.createRole(
                        r -> r.roleName(bad).assumeRolePolicyDocument(Documents.TRUSTS_DMS))))
        .isEqualTo("ValidationError");
    assertThat(
            Clients.code(
                () -> iam.createPolicy(r -> r.policyName(bad).policyDocument(Documents.S3))))
        .isEqualTo("ValidationError");
  }

  @Test
  void lengthsAreChecked() {
    assertThat(
            Clients.error(
                () ->
                    iam.createRole(
                        r ->
                            r.roleName("x".repeat(65))
                                .assumeRolePolicyDocument(Documents.TRUSTS_DMS))))
        .hasMessageContaining("Member must have length less than or equal to 64");
    assertThat(
            Clients.error(
                () -> iam.createRole(r -> r.assumeRolePolicyDocument(Documents.TRUSTS_DMS))))
        .hasMessageContaining("Value null at 'roleName'");
    assertThat(Clients.code(() -> iam.listRoles(r -> r.maxItems(1001))))
        .isEqualTo("ValidationError");
    assertThat(
            Clients.code(
                () ->
                    iam.createPolicy(
                        r ->
                            r.policyName(name)
                                .policyDocument(
                                    Documents.allow("s3:*", "arn:aws:s3:::" + "x".repeat(6144))))))
        .isEqualTo("LimitExceeded");
    assertThat(Clients.code(() -> iam.getPolicy(r -> r.policyArn("x".repeat(20)))))
        .isEqualTo("InvalidInput");
  }

  @Test
  void policiesAndTrustPoliciesMustBeWellFormed() {
    assertThat(Clients.code(() -> iam.createPolicy(r -> r.policyName(name).policyDocument("{"))))
        .isEqualTo("MalformedPolicyDocument");
    assertThat(
            Clients.code(
                () -> iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(Documents.S3))))
        .isEqualTo("MalformedPolicyDocument");
    createRole();
    assertThat(
            Clients.code(
                () -> iam.updateAssumeRolePolicy(r -> r.roleName(name).policyDocument("[]"))))
        .isEqualTo("MalformedPolicyDocument");
  }

  @Test
  void accountsDoNotSeeEachOther() {
    createRole();
    var other = new Clients(aws).iam(aws.administrator("333333333333"));
    assertThat(Clients.code(() -> other.getRole(r -> r.roleName(name)))).isEqualTo("NoSuchEntity");
    assertThat(other.listRoles().roles()).isEmpty();
  }
}
