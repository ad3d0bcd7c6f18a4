package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.DMS;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.LAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.DoctoredAccounts.assertBroken;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.DoctoredAccounts.assertWell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Finding.Verdict;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/** Reports of a healthy set-up, and of what is not known. */
class DoctorTest extends OneDoctoredFleet {

  private static final String ENDPOINT =
      "arn:aws:dms:eu-central-1:111122223333:endpoint:sales-lake";

  @Test
  void examine_healthy_hasALineForEachCheck() {
    var diagnosis = accounts.examine("dev");
    assertWell(diagnosis);
    assertThat(diagnosis.findings())
        .extracting(Finding::what)
        .containsExactly(
            "caller",
            "type",
            "schema",
            "type configuration",
            "execution role",
            "logging role",
            "accounts",
            "DMS role",
            "DMS role, external id",
            "DMS role, permissions",
            "data-lake role",
            "data-lake role, external id",
            "data-lake role, permissions",
            "boundary",
            "endpoint orders-lake",
            "endpoint sales-lake",
            "orphans");
    assertThat(diagnosis.table()).hasSize(diagnosis.findings().size() + 2);
  }

  @Test
  void examine_always_onlyReads() {
    accounts.aws().forgetCalls();
    accounts.examine();
    assertThat(accounts.aws().calls())
        .isNotEmpty()
        .allSatisfy(
            call ->
                assertThat(call.operation())
                    .matches("(Get|List|Describe|BatchDescribe|Simulate|AssumeRole).*"));
  }

  @Test
  void examine_always_callsNothingInSessionsThatMayWrite() {
    accounts.aws().forgetCalls();
    accounts.examine();
    var opened = new HashSet<String>();
    for (var call : accounts.aws().calls()) {
      if (call.operation().equals("AssumeRole")) {
        opened.add(call.parameters().get("RoleSessionName").asText());
      }
    }
    // Those of create, update and delete are opened, and nothing is called in them.
    assertThat(opened).contains("cfn-create-doctor", "cfn-update-doctor", "cfn-delete-doctor");
    assertThat(accounts.aws().calls())
        .extracting(Call::principal)
        .noneMatch(arn -> arn.contains("/cfn-create") || arn.contains("/cfn-update"))
        .noneMatch(arn -> arn.contains("/cfn-delete"));
  }

  @Test
  void json_holdsEachFinding() throws Exception {
    accounts.nameType("Acme::DMS::Other");
    var report = accounts.examine().json();
    assertThat(report.get("typeName").asText()).isEqualTo("Acme::DMS::Other");
    assertThat(report.get("region").asText()).isEqualTo("eu-central-1");
    assertThat(report.get("account").asText()).isEqualTo("999900001111");
    assertThat(report.get("healthy").asBoolean()).isFalse();
    var type = report.at("/findings/1");
    assertThat(type.get("what").asText()).isEqualTo("type");
    assertThat(type.get("verdict").asText()).isEqualTo("broken");
    assertThat(type.get("next").asText()).startsWith("aws cloudformation deploy");
    assertThat(type.has("environment")).isFalse();
    assertThat(report.at("/findings/2/environment").asText()).isEqualTo("dev");
  }

  @Test
  void examine_callerIsNotTheType_rolesAreNotChecked() {
    var diagnosis = accounts.examineAs(accounts.aws().administrator(accounts.typeAccount()));
    assertThat(diagnosis.isHealthy()).isTrue();
    assertUnknown(
        diagnosis,
        "? caller: arn:aws:iam::999900001111:user/administrator; the type's execution role can't",
        "? DMS role: not checked: arn:aws:iam::999900001111:user/administrator is not the type's",
        "? DMS role, permissions: not checked",
        "? data-lake role: not checked",
        "? data-lake role, permissions: not checked",
        "? boundary: not checked",
        "? endpoints of account 111122223333: not checked",
        "? orphans: not checked");
    assertThat(diagnosis.findings())
        .filteredOn(f -> f.verdict() == Verdict.OK)
        .extracting(Finding::what)
        .contains("type", "type configuration", "execution role", "logging role");
  }

  @Test
  void examine_registrationIsHidden_environmentsAreChecked() {
    var diagnosis = accounts.examineAs(accounts.aws().sessionOf(accounts.executionRole()));
    assertUnknown(
        diagnosis,
        "? caller: arn:aws:sts::999900001111:assumed-role/dms-s3-endpoint-type-execution/local; the"
            + " type's execution role is not known",
        "? type: not checked",
        "? type configuration: not checked",
        "? logging role: not checked");
    assertThat(diagnosis.findings())
        .extracting(Finding::what)
        .contains("endpoint sales-lake", "DMS role, permissions");
  }

  @Test
  void examine_asTheExecutionRole_isComplete() {
    try (var iam = accounts.iam(accounts.typeAccount())) {
      iam.attachRolePolicy(
          r ->
              r.roleName(accounts.executionRole().replaceAll(".*/", ""))
                  .policyArn(
                      "arn:aws:iam::%s:policy/dms-s3-endpoint-doctor"
                          .formatted(accounts.typeAccount())));
    }
    var diagnosis = accounts.examineAs(accounts.aws().sessionOf(accounts.executionRole()));
    assertThat(diagnosis.findings().get(0).detail()).endsWith("is the type's execution role");
    assertWell(diagnosis);
  }

  @Test
  void examine_endpointIsDeleting_isUnknown() {
    try (var dms = accounts.dms()) {
      dms.deleteEndpoint(r -> r.endpointArn(ENDPOINT));
    }
    var diagnosis = accounts.examine();
    assertThat(diagnosis.isHealthy()).isTrue();
    assertUnknown(diagnosis, "? endpoint sales-lake: not checked: it is deleting");
  }

  @Test
  void examine_freshOrphan_isUnknownAsLongAsACreateMayTake() {
    accounts.aws().disallow(DMS, LAKE);
    assertThat(accounts.tryToCreate("late-lake").succeeded()).isFalse();
    var diagnosis = accounts.examine();
    assertThat(diagnosis.isHealthy()).isTrue();
    assertUnknown(diagnosis, "? orphans: role late-lake-");
    // The create that failed took 10 minutes of them.
    var before = Duration.ofMinutes(20);
    accounts.clock().advance(ResourceSchema.ofThisType().timeout(Action.CREATE).minus(before));
    assertUnknown(accounts.examine(), "? orphans: role late-lake-");
    accounts.clock().advance(before);
    assertBroken(accounts.examine(), "is left of");
  }

  @Test
  void examine_roleOfAnotherRegionOrAccount_isNoOrphan() {
    makeRole("elsewhere", ENDPOINT.replace("eu-central-1", "eu-west-1"));
    assertWell(accounts.examine());
    makeRole("unreached", ENDPOINT.replace("111122223333", "222233334444"));
    assertUnknown(
        accounts.examine(),
        "? orphans: not checked: role unreached is of arn:aws:dms:eu-central-1");
  }

  private static void makeRole(String name, String endpointArn) {
    var mark =
        software.amazon.awssdk.services.iam.model.Tag.builder()
            .key(OwnershipTags.ENDPOINT)
            .value(endpointArn)
            .build();
    try (var iam = accounts.iam(LAKE)) {
      iam.createRole(
          r ->
              r.roleName(name)
                  .path(OwnershipTags.PATH)
                  .assumeRolePolicyDocument(TwoAccounts.TRUST_IN_DMS)
                  .tags(List.of(mark)));
    }
  }

  @Test
  void examine_otherBoundary_isUnknown() {
    try (var iam = accounts.iam(LAKE)) {
      iam.putRolePermissionsBoundary(
          r ->
              r.roleName(accounts.ownRole("sales-lake"))
                  .permissionsBoundary("arn:aws:iam::aws:policy/AmazonS3FullAccess"));
    }
    assertUnknown(
        accounts.examine(),
        "? endpoint sales-lake: its role has the boundary"
            + " arn:aws:iam::aws:policy/AmazonS3FullAccess");
  }

  @Test
  void examine_roleMadeByHand_isNotChecked() {
    var arn = accounts.bootstrapped().accounts().endpointByHand("by-hand", "by-hand");
    accounts.tag(arn, OwnershipTags.ENDPOINT, arn);
    assertUnknown(accounts.examine(), "? endpoint by-hand: its role was not made by the type");
  }

  @Test
  void examine_noLoggingRole_isUnknown() {
    accounts.registerWithoutLog();
    assertUnknown(accounts.examine(), "? logging role: the type is registered without one");
  }

  @Test
  void examine_otherSchema_isUnknown() {
    accounts.registerOtherSchema();
    assertUnknown(accounts.examine(), "? schema: version 00000002 is not that of this checkout");
  }

  @Test
  void examine_dynamicReferenceInTheRegistry_isNotComparedWithTheValueInTheFile() {
    var values = accounts.configuration();
    var references = accounts.configuration();
    ((ObjectNode) references.at("/Environments/0"))
        .put("AssumeRoleExternalId", "{{resolve:ssm-secure:/lake/external-id}}");
    accounts.configure(references);
    accounts.writeFile(values);

    var diagnosis = accounts.examine();
    assertWell(diagnosis);
    assertThat(diagnosis.table())
        .anyMatch(
            line ->
                line.endsWith(
                    "that of type-configuration.json; not compared, because the registry has"
                        + " dynamic references there: Environments.dev.AssumeRoleExternalId"));

    accounts.writeFile(values.put("DefaultEnvironment", "dev"));
    assertThat(DoctoredAccounts.complaints(accounts.examine()))
        .singleElement()
        .asString()
        .contains("differs from type-configuration.json in DefaultEnvironment →");
  }

  @Test
  void examine_oneAccountForBothSides_isUnknown() {
    var changed = accounts.configuration();
    ((ObjectNode) changed.at("/Environments/0"))
        .put("DmsRoleArn", accounts.bootstrapped().lakeRole());
    accounts.configure(changed);
    assertThat(DoctoredAccounts.complaints(accounts.examine()))
        .anyMatch(c -> c.startsWith("? accounts: DMS 444455556666, data lake 444455556666"));
  }

  @Test
  void examine_unknownConditionKey_isNotDecided() {
    try (var iam = accounts.iam(LAKE)) {
      var role = accounts.bootstrapped().lakeRole().replaceAll(".*/", "");
      iam.putRolePolicy(
          r ->
              r.roleName(role)
                  .policyName("manage-endpoint-roles")
                  .policyDocument(
                      json("{'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 'iam:*', 'Resource': '*', 'Condition': {'StringLikeIfExists': {'aws:SourceVpc': '*'}}}, {'Effect': 'Allow', 'Action': 'iam:TagRole', 'Resource': '*', 'Condition': {'StringEquals': {'aws:PrincipalOrgID': 'o-1'}}}]}"
                              .replace("'iam:*'", "['iam:Get*', 'iam:List*', 'iam:Simulate*']"))
                          .toString()));
    }
    assertThat(DoctoredAccounts.complaints(accounts.examine()))
        .anySatisfy(
            c ->
                assertThat(c)
                    .startsWith("? data-lake role, permissions: not decided: iam:AttachRolePolicy")
                    .contains("depend on aws:PrincipalOrgID"));
  }

  @Test
  void examine_awsDoesNotAnswer_isUnknown() {
    accounts.aws().faults().onOperation("iam", "ListRoles", Fault.unavailable(9));
    assertUnknown(accounts.examine(), "? orphans: not checked: ");

    accounts.heal();
    accounts
        .aws()
        .faults()
        .onOperation(
            "cloudformation", "DescribeType", Fault.refused("CFNRegistryException", 400, "Down"));
    assertThat(DoctoredAccounts.complaints(accounts.examine()))
        .contains("? type: not checked: Down")
        .noneMatch(c -> c.startsWith("✘"));
  }

  @Test
  void examine_throttled_waits() {
    accounts.aws().throttle("iam", "SimulatePrincipalPolicy", 1);
    assertWell(accounts.examine());
  }

  @Test
  void examine_noEnvironmentReachesTheRole_isUnknown() {
    try (var dms = accounts.dms()) {
      dms.removeTagsFromResource(
          r ->
              r.resourceArn(ENDPOINT)
                  .tagKeys(OwnershipTags.DATA_LAKE_ROLE, OwnershipTags.ENVIRONMENT));
    }
    var changed = accounts.configuration();
    ((ObjectNode) changed.at("/Environments/0"))
        .put("DataLakeRoleArn", "arn:aws:iam::999900001111:role/other")
        .remove("PermissionsBoundaryArn");
    accounts.configure(changed);
    assertThat(DoctoredAccounts.complaints(accounts.examine()))
        .anyMatch(
            c -> c.startsWith("? endpoint sales-lake: not checked: no environment reaches the"));
  }

  @Test
  void examine_chosenEnvironment_leavesOutTheOthers() {
    var changed = accounts.configuration();
    var environments = (ArrayNode) changed.get("Environments");
    environments.add(((ObjectNode) environments.get(0)).deepCopy().put("Name", "test"));
    accounts.configure(changed);
    var all = accounts.examine();
    var test = accounts.examine("test");
    assertWell(all);
    assertWell(test);
    assertThat(all.findings()).extracting(Finding::what).contains("endpoint sales-lake");
    assertThat(test.findings()).extracting(Finding::what).doesNotContain("endpoint sales-lake");
    assertThat(test.findings()).extracting(Finding::environment).doesNotContain("dev");
  }

  @Test
  void whatDoctorExceptionIsSaid() {
    assertThatThrownBy(() -> accounts.examine("nowhere"))
        .isInstanceOf(DoctorException.class)
        .hasMessage("type-configuration.json has no environment nowhere; it has: dev");
    accounts.writeFile(json("{}"));
    assertThatThrownBy(() -> accounts.examine())
        .isInstanceOf(DoctorException.class)
        .hasMessageContaining("no environments");
    accounts.writeFile(
        json(
            "{'Environments': [{'Name': 'dev', 'DataLakeRoleArn':"
                + " 'arn:aws-cn:iam::444455556666:role/r'}]}"));
    assertThatThrownBy(() -> accounts.examine())
        .isInstanceOf(DoctorException.class)
        .hasMessageContaining("in partition aws");
  }

  /** Exactly these are not told, and nothing is broken. */
  private static void assertUnknown(Diagnosis diagnosis, String... beginnings) {
    var complaints = DoctoredAccounts.complaints(diagnosis);
    assertThat(complaints).allMatch(c -> c.startsWith("? "));
    for (var beginning : List.of(beginnings)) {
      assertThat(complaints).anyMatch(c -> c.startsWith(beginning));
    }
    assertThat(complaints).hasSameSizeAs(beginnings);
  }
}
