package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ExternalIdShown;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.MissingRoleResource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;

/** What must hold where AWS does otherwise than its sources say, one habit at a time. */
class DifferentAwsTest {

  private static final String[] CHANGES = {
    "dms:CreateEndpoint",
    "dms:DeleteEndpoint",
    "dms:AddTagsToResource",
    "dms:RemoveTagsFromResource",
    "iam:CreatePolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:TagRole",
    "iam:TagPolicy",
    "iam:UntagRole",
    "iam:UntagPolicy"
  };

  /** Creates, reads, updates without a change, and deletes. */
  private static void lives(UnaryOperator<LocalAwsBuilder> habit) {
    try (var accounts = TwoAccounts.start(habit)) {
      var stack = new Stack(accounts.cloudFormation());
      var created = stack.create(model());
      assertThat(created.status()).as(created.toString()).isEqualTo(StackStatus.CREATE_COMPLETE);
      accounts.assertOneHealthyEndpoint();
      accounts.clock().advance(Duration.ofMinutes(1));
      accounts.aws().forgetCalls();
      assertThat(stack.update(model()).status()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertThat(accounts.calls()).doesNotContain(CHANGES);
      var deleted = stack.delete();
      assertThat(deleted.status()).as(deleted.toString()).isEqualTo(StackStatus.DELETE_COMPLETE);
      accounts.assertNothingLeft();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 10})
  void tagsMayBeSeenLaterThanTheEndpoint(int seconds) {
    lives(b -> b.tagsLag(Duration.ofSeconds(seconds)));
  }

  @Test
  void theRollbackOfACreateWhoseTagsAreNotSeenYetLeavesNothing() {
    for (var invocations = 3; invocations <= 6; invocations++) {
      try (var accounts =
          TwoAccounts.start(
              b -> b.tagsLag(Duration.ofSeconds(8)).dialect(HandshakeDialect.KEPT_ACTIVE))) {
        var some = invocations;
        var create = accounts.cloudFormation(b -> b.maxInvocations(some)).create(model());
        succeeded(accounts.cloudFormation().delete(create.lastModel().orElseThrow()));
        accounts.assertNothingLeft();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 30})
  void iamMayTakeADetachedPolicyForAttachedAWhile(int seconds) {
    lives(b -> b.detachLag(Duration.ofSeconds(seconds)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CreateRole ConcurrentModification",
        "AttachRolePolicy ConcurrentModification",
        "UpdateAssumeRolePolicy ConcurrentModification",
        "UpdateAssumeRolePolicy NoSuchEntity",
        "UpdateAssumeRolePolicy EntityTemporarilyUnmodifiable",
        "AttachRolePolicy NoSuchEntity",
        "DetachRolePolicy ConcurrentModification",
        "DeletePolicy DeleteConflict",
        "DeleteRole DeleteConflict",
        "DeleteRole ConcurrentModification"
      })
  void whatIamSaysForAMomentIsWaitedFor(String operationAndCode) {
    var parts = operationAndCode.split(" ");
    try (var accounts = TwoAccounts.start()) {
      accounts
          .aws()
          .faults()
          .reset()
          .onOperation("iam", parts[0], Fault.refused(parts[1], 409, "For a moment.").times(2));
      var stack = new Stack(accounts.cloudFormation());
      assertThat(stack.create(model()).status()).isEqualTo(StackStatus.CREATE_COMPLETE);
      accounts.assertOneHealthyEndpoint();
      assertThat(stack.delete().status()).isEqualTo(StackStatus.DELETE_COMPLETE);
      accounts.assertNothingLeft();
    }
  }

  @ParameterizedTest
  @EnumSource
  void iamMayJudgeCallsOnANewRoleLate(MissingRoleResource missing) {
    lives(
        b ->
            b.enforceIam(true)
                .authorizationLag(Duration.ofSeconds(8))
                .missingRoleResource(missing));
  }

  @Test
  void dmsMayComeAsARegionalPrincipalWhereTheTypeConfigurationSaysSo() {
    try (var accounts =
        TwoAccounts.start(b -> b.servicePrincipal("dms.eu-central-1.amazonaws.com"))) {
      var options =
          json(
              "{'DefaultOptions': {'ServicePrincipals': ['dms.amazonaws.com',"
                  + " 'dms.{region}.amazonaws.com']}}");
      succeeded(accounts.cloudFormation(b -> b.typeConfiguration(options)).create(model()));
      assertThat(String.valueOf(accounts.roles().get(0).trust()))
          .contains("dms.amazonaws.com", "dms.eu-central-1.amazonaws.com");
    }
  }

  @Test
  void sourceConditionsStayWhereTheTypeConfigurationSaysSo() {
    try (var accounts = TwoAccounts.start()) {
      var options = json("{'DefaultOptions': {'SourceConditions': true}}");
      var stack = new Stack(accounts.cloudFormation(b -> b.typeConfiguration(options)));
      assertThat(stack.create(model()).status()).isEqualTo(StackStatus.CREATE_COMPLETE);
      assertThat(accounts.roles().get(0).trust().toString())
          .contains("sts:ExternalId", "aws:SourceAccount", "aws:SourceArn");
      accounts.aws().forgetCalls();
      assertThat(stack.update(model()).status()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertThat(accounts.calls()).doesNotContain(CHANGES);
    }
  }

  @Test
  void untilTheIdIsKnownDmsIsTrustedOnBehalfOfTheDmsAccountOnly() {
    try (var accounts = TwoAccounts.start()) {
      accounts
          .aws()
          .observe(
              call -> {
                if (call.service().equals("iam")) {
                  accounts.assertNoRoleIsOpen();
                }
              });
      succeeded(accounts.cloudFormation().create(model()));
      accounts.assertNoRoleIsOpen();
    }
  }

  @Test
  void whereDmsSendsNoSourceKeysTheManualProceduresOrderIsTheFallback() {
    try (var accounts = TwoAccounts.start(b -> b.sourceKeys(false))) {
      var outcome = accounts.cloudFormation().create(model());
      succeeded(outcome);
      assertThat(accounts.log()).anyMatch(line -> line.contains("without source conditions"));
      accounts.assertOneHealthyEndpoint();
    }
  }

  @Test
  void theFallbackCanBeForbidden() {
    try (var accounts = TwoAccounts.start(b -> b.sourceKeys(false))) {
      var options =
          json("{'DefaultOptions': {'TrustFallback': false, 'HandshakeTimeoutMinutes': 3}}");
      var outcome = accounts.cloudFormation(b -> b.typeConfiguration(options)).create(model());
      assertThat(failed(outcome, HandlerErrorCode.AccessDenied))
          .contains("3 minutes", "TrustFallback", "request id");
      accounts.assertNoRoleIsOpen();
    }
  }

  @Test
  void anEndpointWhoseIdNoAnswerToldIsMadeAnew() {
    try (var accounts =
        TwoAccounts.start(
            b ->
                b.externalIdShown(ExternalIdShown.CREATE_ANSWER)
                    .dialect(HandshakeDialect.KEPT_ACTIVE)
                    .propagation(Duration.ZERO))) {
      accounts.onCreateEndpoint(Fault.lost());
      succeeded(accounts.cloudFormation(b -> b.retries(RetryPolicy.STANDARD)).create(model()));
      // The SDK repeats the call whose answer was lost.
      assertThat(accounts.calls().stream().filter("dms:CreateEndpoint"::equals)).hasSize(3);
      accounts.assertOneHealthyEndpoint();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateInPlaceNeverOpensATrustPolicy(ExternalIdShown shown) {
    try (var accounts =
        TwoAccounts.start(b -> b.externalIdShown(shown).dialect(HandshakeDialect.KEPT_ACTIVE))) {
      var created = succeeded(accounts.cloudFormation().create(model()));
      var wanted = updateOf(created);
      wanted.set("Tags", json("{'t': [{'Key': 'stage', 'Value': 'prod'}]}").get("t"));
      accounts.aws().observe(call -> accounts.assertNoRoleIsOpen());
      // IAM does not show the role for a moment.
      accounts
          .aws()
          .faults()
          .reset()
          .onOperation("iam", "GetRole", Fault.refused("NoSuchEntity", 404, "Not yet.").times(2));
      succeeded(accounts.cloudFormation().update(wanted, created));
      accounts.assertOneHealthyEndpoint();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTrustPolicyThatWasChangedByHandIsBroughtBackToTheId(ExternalIdShown shown) {
    try (var accounts =
        TwoAccounts.start(b -> b.externalIdShown(shown).dialect(HandshakeDialect.KEPT_ACTIVE))) {
      var created = succeeded(accounts.cloudFormation().create(model()));
      trustAnybody(accounts, created);
      succeeded(accounts.cloudFormation().update(updateOf(created), created));
      accounts.assertOneHealthyEndpoint();
    }
  }

  @Test
  void whereTheIdIsLostTheUpdateSaysSoAndWhatToDo() {
    try (var accounts =
        TwoAccounts.start(
            b ->
                b.externalIdShown(ExternalIdShown.CREATE_ANSWER)
                    .dialect(HandshakeDialect.KEPT_ACTIVE))) {
      var created = succeeded(accounts.cloudFormation().create(model()));
      trustAnybody(accounts, created);
      try (var dms = accounts.dmsByHand()) {
        dms.removeTagsFromResource(
            t ->
                t.resourceArn(created.get("EndpointArn").asText())
                    .tagKeys("dms-cross-account-s3-endpoint:external-id"));
      }
      var message =
          failed(
              accounts.cloudFormation().update(updateOf(created), created),
              HandlerErrorCode.NotStabilized);
      assertThat(message).contains("external id", "S3Settings", "delete the endpoint");
    }
  }

  private static void trustAnybody(TwoAccounts accounts, ObjectNode created) {
    try (var iam = accounts.iamByHand()) {
      iam.updateAssumeRolePolicy(
          r ->
              r.roleName(created.get("RoleName").asText())
                  .policyDocument(TwoAccounts.TRUST_IN_DMS));
    }
  }

  @Test
  void anImportedEndpointsIdIsReadFromItsTrustPolicy() {
    try (var accounts = TwoAccounts.start(b -> b.externalIdShown(ExternalIdShown.CREATE_ANSWER))) {
      var arn = accounts.endpointByHand("by-hand", "by-hand");
      try (var iam = accounts.iamByHand()) {
        iam.updateAssumeRolePolicy(
            r ->
                r.roleName("by-hand")
                    .policyDocument(
                        accounts.roles().get(0).trust().toString().replace("\"*\"", "\"the-id\"")));
      }
      var read =
          succeeded(
              accounts
                  .cloudFormation()
                  .read(byArn(arn).put("DataLakeRoleArn", TwoAccounts.LAKE_ROLE)));
      assertThat(read.get("ExternalId").asText()).isEqualTo("the-id");
    }
  }

  @Test
  void anIdentifierThatIsTakenInAnotherCaseIsTakenAtOnce() {
    try (var accounts =
        TwoAccounts.start(b -> b.lowerCaseIdentifiers(false).filtersRegardCase(true))) {
      accounts.databaseByHand("Busy", "busy-database");
      var begun = accounts.clock().instant();
      var outcome = accounts.cloudFormation().create(model().put("EndpointIdentifier", "BUSY"));
      assertThat(failed(outcome, HandlerErrorCode.AlreadyExists)).contains("Busy");
      assertThat(Duration.between(begun, accounts.clock().instant()))
          .isLessThan(Duration.ofSeconds(40));
    }
  }

  @Test
  void create_defaultsThatDmsDoesNotShow_areNoLoss() {
    try (var accounts =
        TwoAccounts.start(b -> b.notShown(Set.of("CsvNullValue", "MaxFileSize", "Rfc4180")))) {
      var wanted = model();
      ((ObjectNode) wanted.get("S3Settings")).put("CsvNullValue", "NULL").put("Rfc4180", true);
      var stack = new Stack(accounts.cloudFormation());
      accounts.aws().forgetCalls();
      assertThat(stack.create(wanted).status()).isEqualTo(StackStatus.CREATE_COMPLETE);
      assertThat(accounts.calls()).doesNotContain("dms:DeleteEndpoint");
      accounts.aws().forgetCalls();
      assertThat(stack.update(wanted).status()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertThat(accounts.calls()).doesNotContain(CHANGES);
    }
  }

  @Test
  void textsThatComeBackEmptyAreNotThere() {
    lives(b -> b.emptyTexts(true));
  }

  @Test
  void attributesThatDmsDropsOrRespellsDoNotRecreateTheEndpoint() {
    try (var accounts =
        TwoAccounts.start(
            b ->
                b.droppedAttributes(Set.of("maxErrors"))
                    .respelledAttributes(Map.of("writeBufferSize", value -> value + ".0")))) {
      var wanted = model().put("ExtraConnectionAttributes", "maxErrors=3;writeBufferSize=1024");
      var stack = new Stack(accounts.cloudFormation());
      assertThat(stack.create(wanted).status()).isEqualTo(StackStatus.CREATE_COMPLETE);
      accounts.clock().advance(Duration.ofMinutes(1));
      accounts.aws().forgetCalls();
      assertThat(stack.update(wanted).status()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertThat(accounts.calls()).doesNotContain(CHANGES);

      wanted.put("ExtraConnectionAttributes", "maxErrors=4;writeBufferSize=1024");
      assertThat(stack.update(wanted).status()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertThat(accounts.calls()).contains("dms:DeleteEndpoint", "dms:CreateEndpoint");
    }
  }

  @Test
  void aReplicationWithoutAnInstanceIsNamedLikeATaskAndNothingHasChanged() {
    try (var accounts = TwoAccounts.start()) {
      var created = succeeded(accounts.cloudFormation().create(model()));
      accounts
          .aws()
          .createReplicationConfig(
              TwoAccounts.DMS, "serverless", created.get("EndpointArn").asText());
      var wanted = updateOf(created);
      ((ObjectNode) wanted.get("S3Settings")).put("BucketName", "another-data-lake");
      accounts.clock().advance(Duration.ofMinutes(1));
      accounts.aws().forgetCalls();
      assertThat(
              failed(
                  accounts.cloudFormation().update(wanted, created),
                  HandlerErrorCode.ResourceConflict))
          .contains("serverless", "Nothing has changed");
      assertThat(accounts.calls()).doesNotContain(CHANGES);
    }
  }

  @Test
  void whereTheRoleCantBeBroughtTheEndpointStays() {
    try (var accounts = TwoAccounts.start()) {
      var created = succeeded(accounts.cloudFormation().create(model()));
      accounts.clock().advance(Duration.ofMinutes(1));
      accounts.aws().faults().reset().onOperation("iam", "CreatePolicyVersion", Fault.denied());
      var wanted = updateOf(created);
      ((ObjectNode) wanted.get("S3Settings")).put("BucketName", "another-data-lake");
      accounts.aws().forgetCalls();
      assertThat(
              failed(
                  accounts.cloudFormation().update(wanted, created), HandlerErrorCode.AccessDenied))
          .contains("iam:CreatePolicyVersion");
      assertThat(accounts.calls()).doesNotContain("dms:DeleteEndpoint");
    }
  }

  @Test
  void aResourceThatWasMovedToAnotherStackIsDeletedWhole() {
    for (var withReadOnly : new boolean[] {true, false}) {
      try (var accounts = TwoAccounts.start()) {
        var created = succeeded(accounts.cloudFormation(b -> b.stackName("old")).create(model()));
        var model = withReadOnly ? created : updateOf(created);
        succeeded(accounts.cloudFormation(b -> b.stackName("new")).delete(model));
        accounts.assertNothingLeft();
      }
    }
  }

  @Test
  void theMarksOfAllThreeAgreeAfterAnUpdate() {
    try (var accounts = TwoAccounts.start()) {
      var created = succeeded(accounts.cloudFormation(b -> b.stackName("old")).create(model()));
      succeeded(
          accounts.cloudFormation(b -> b.stackName("new")).update(updateOf(created), created));
      var mark = "dms-cross-account-s3-endpoint:owner";
      var owner = accounts.endpoints().get(0).tags().get(mark);
      assertThat(accounts.roles().get(0).tags()).containsEntry(mark, owner);
      assertThat(accounts.policies().get(0).tags()).containsEntry(mark, owner);
    }
  }

  @Test
  void tagsOfToolsAndPeopleStay() {
    try (var accounts = TwoAccounts.start()) {
      var created = succeeded(accounts.cloudFormation().create(model()));
      try (var dms = accounts.dmsByHand()) {
        dms.addTagsToResource(
            t ->
                t.resourceArn(created.get("EndpointArn").asText())
                    .tags(Tag.builder().key("cost-tool").value("x").build()));
      }
      var wanted = updateOf(created);
      wanted.set("Tags", json("{'t': [{'Key': 'stage', 'Value': 'prod'}]}").get("t"));
      accounts.cloudFormation().update(wanted, created);
      assertThat(accounts.endpoints().get(0).tags())
          .containsEntry("cost-tool", "x")
          .containsEntry("stage", "prod")
          .doesNotContainKey("team");
    }
  }

  @Test
  void anEnvironmentThatCantBeReachedDoesNotHideTheOthers() {
    try (var accounts = TwoAccounts.start()) {
      var created = succeeded(accounts.cloudFormation().create(model()));
      var configuration =
          json(
              """
              {'Environments': [
                {'Name': 'lost', 'DataLakeRoleArn': '%s', 'DmsRoleArn': 'arn:aws:iam::444455556666:role/nobodys'}]}
              """
                  .formatted(TwoAccounts.LAKE_ROLE));
      var pages = accounts.cloudFormation(b -> b.typeConfiguration(configuration)).list();
      assertThat(pages).allMatch(page -> page.succeeded()).hasSize(2);
      assertThat(pages.stream().flatMap(p -> p.models().stream())).containsExactly(byArn(created));
    }
  }

  @Test
  void pathTagsAndDescriptionAreThoseOfTheTypeConfiguration() {
    try (var accounts = TwoAccounts.start()) {
      var options =
          json(
              """
              {'DefaultOptions': {'Path': '/platform/dms/', 'Description': 'Made by us',
               'Tags': [{'Key': 'owner', 'Value': 'platform@example.com'}]}}
              """);
      var cloudFormation = accounts.cloudFormation(b -> b.typeConfiguration(options));
      var stack = new Stack(cloudFormation);
      assertThat(stack.create(model()).status()).isEqualTo(StackStatus.CREATE_COMPLETE);
      accounts.assertOneHealthyEndpoint();
      var role = accounts.roles().get(0);
      assertThat(role.path()).isEqualTo("/platform/dms/dms-cross-account-s3-endpoint/");
      assertThat(role.tags()).containsEntry("owner", "platform@example.com");
      assertThat(accounts.policies().get(0).path()).isEqualTo(role.path());
      accounts.clock().advance(Duration.ofMinutes(1));
      accounts.aws().forgetCalls();
      assertThat(stack.update(model()).status()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertThat(accounts.calls()).doesNotContain(CHANGES);
      // The path is found again although the type configuration no longer names it.
      succeeded(accounts.cloudFormation().delete(byArn(accounts.endpoints().get(0).arn())));
      accounts.assertNothingLeft();
    }
  }

  private static ObjectNode throughARole() {
    return model().put("DmsRoleArn", TwoAccounts.DMS_ROLE);
  }

  /** The session policy allows tags under the ARN that was asked for only. */
  @Test
  void create_endpointUnderAnotherArnThroughAnAssumedRole_isRefusedByIam() {
    try (var accounts = TwoAccounts.start(b -> b.enforceIam(true).resourceIdentifiers(false))) {
      var outcome = new Stack(accounts.cloudFormation()).create(throughARole());
      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
      assertThat(failed(outcome.outcomes().get(0), HandlerErrorCode.UnauthorizedTaggingOperation))
          .contains("dms:AddTagsToResource");
      accounts.assertNothingLeft();
    }
  }

  @Test
  void anIdentifierThatIsTakenIsSeenThroughAnAssumedRoleToo() {
    try (var accounts = TwoAccounts.start(b -> b.enforceIam(true))) {
      accounts.databaseByHand("sales-lake", "another");
      accounts.clock().advance(Duration.ofMinutes(1));
      assertThat(
              failed(
                  accounts.cloudFormation().create(throughARole()), HandlerErrorCode.AlreadyExists))
          .contains(":endpoint:another");
    }
  }

  @Test
  void ofTwoEnvironmentsWithOneRoleTheIdOfTheOneThatIsMeantIsUsed() {
    try (var accounts = TwoAccounts.start()) {
      var shared =
          accounts
              .aws()
              .createAssumableRole(
                  TwoAccounts.DMS,
                  "shared",
                  "arn:aws:iam::111122223333:role/type-execution",
                  "id-two");
      accounts.clock().advance(Duration.ofMinutes(1));
      var environment =
          "{'Name': '%s', 'DataLakeRoleArn': '%s', 'DmsRoleArn': '%s', 'AssumeRoleExternalId':"
              + " '%s'}";
      var lake = TwoAccounts.LAKE_ROLE;
      var configuration =
          json(
              "{'Environments': [%s, %s]}"
                  .formatted(
                      environment.formatted("one", lake, shared, "id-one"),
                      environment.formatted("two", lake, shared, "id-two")));
      var cloudFormation = accounts.cloudFormation(b -> b.typeConfiguration(configuration));
      var wanted = model().put("Environment", "two");
      wanted.remove("DataLakeRoleArn");
      accounts.aws().forgetCalls();
      var created = succeeded(cloudFormation.create(wanted));
      assertThat(accounts.aws().calls())
          .filteredOn(c -> c.operation().equals("AssumeRole"))
          .isNotEmpty()
          .allMatch(c -> c.succeeded());
      // By the ARN alone nothing says which one is meant.
      assertThat(succeeded(cloudFormation.read(byArn(created)))).isEqualTo(created);
    }
  }
}
