package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.assertSettings;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/** What Read returns is what is there, in the spelling of what went in. */
class TrueModelTest {

  private static final String KEY =
      "arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-3333-4444-555555555555";

  private static final Tag NOBODY = Tag.builder().key("team").value("nobody").build();

  private TwoAccounts accounts;

  @BeforeEach
  void start() {
    accounts = TwoAccounts.start();
  }

  @AfterEach
  void close() {
    accounts.close();
  }

  private void restart(Set<String> dropped, boolean shown) {
    accounts.close();
    accounts = TwoAccounts.start(b -> b.droppedOnCreate(dropped).droppedShowInSettings(shown));
  }

  private static ObjectNode withSettings(Map<String, JsonNode> settings) {
    var model = model();
    var s3 = json("{'BucketName': 'example-data-lake'}");
    settings.forEach(s3::set);
    model.set("S3Settings", s3);
    return model;
  }

  /** A value of a setting that is not DMS's default. */
  private static JsonNode someValue(String name, JsonNode schema) {
    var values =
        json(
            """
            {'BucketName': 'another-lake', 'ExpectedBucketOwner': '999988887777', 'ServerSideEncryptionKmsKeyId': '%s',
             'DatePartitionTimezone': 'Europe/Berlin'}
            """
                .formatted(KEY));
    if (values.has(name)) {
      return values.get(name);
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(schema.get("enum").size() - 1);
    }
    return switch (schema.get("type").asText()) {
      case "boolean" -> json("{'v': true}").get("v");
      case "integer" -> json("{'v': 17}").get("v");
      default -> json("{'v': 'x%s'}".formatted(name.length())).get("v");
    };
  }

  static Stream<String> settings() {
    return StreamSupport.stream(
        ((Iterable<String>) () -> HandlerSchema.s3Settings().fieldNames()).spliterator(), false);
  }

  private static ObjectNode alone(String name) {
    var model = withSettings(Map.of(name, someValue(name, HandlerSchema.s3Settings().get(name))));
    var s3 = (ObjectNode) model.get("S3Settings");
    if (name.equals("ServerSideEncryptionKmsKeyId")) {
      s3.put("EncryptionMode", "sse-kms");
    } else if (name.equals("EncryptionMode")) {
      s3.put("ServerSideEncryptionKmsKeyId", KEY);
    } else if (name.equals("PreserveTransactions")) {
      s3.put("CdcPath", "cdc");
    }
    return model;
  }

  private static ObjectNode allAtOnce() {
    var model = model();
    var s3 = json("{}");
    settings().forEach(name -> s3.set(name, someValue(name, HandlerSchema.s3Settings().get(name))));
    s3.put("EncryptionMode", "sse-kms").put("CdcInsertsOnly", false);
    model.set("S3Settings", s3);
    return model;
  }

  private void assertComesOutAndDoesNotDrift(ObjectNode model) {
    var created = succeeded(accounts.cloudFormation().create(model));
    var read = succeeded(accounts.cloudFormation().read(byArn(created)));
    assertThat(read).isEqualTo(created);
    assertSettings(read, model.get("S3Settings"));
    accounts.aws().forgetCalls();
    var same = model.deepCopy().put("EndpointArn", created.get("EndpointArn").asText());
    succeeded(accounts.cloudFormation().update(same, model));
    assertThat(accounts.calls())
        .doesNotContain(
            "dms:CreateEndpoint",
            "dms:DeleteEndpoint",
            "dms:AddTagsToResource",
            "dms:RemoveTagsFromResource",
            "iam:UpdateAssumeRolePolicy",
            "iam:CreatePolicyVersion");
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aSettingAloneComesOutAsItWentIn(String name) {
    assertComesOutAndDoesNotDrift(alone(name));
  }

  @Test
  void allSettingsAtOnceComeOutAsTheyWentIn() {
    assertComesOutAndDoesNotDrift(allAtOnce());
  }

  @Test
  void defaultsAloneDoNotDrift() {
    assertComesOutAndDoesNotDrift(withSettings(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void settingsThatDmsDropsOnCreateAreInEffectAfterAll(boolean shown) {
    restart(Set.of("ServerSideEncryptionKmsKeyId", "EncryptionMode", "CdcPath"), shown);
    var model = alone("ServerSideEncryptionKmsKeyId");
    ((ObjectNode) model.get("S3Settings")).put("CdcPath", "cdc");

    assertComesOutAndDoesNotDrift(model);
  }

  @Test
  void aSettingThatDmsTakesOverInNoWayFailsTheCreateAndIsNamed() {
    // An attribute can't hold a semicolon either.
    restart(Set.of("CsvDelimiter"), false);
    var model = alone("CsvDelimiter");
    ((ObjectNode) model.get("S3Settings")).put("CsvDelimiter", ";");
    var stack = new Stack(accounts.cloudFormation());

    var outcome = stack.create(model);

    assertThat(outcome.status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
    assertThat(outcome.outcomes().get(0).failedWith(HandlerErrorCode.NotStabilized)).isTrue();
    assertThat(outcome.outcomes().get(0).message()).contains("CsvDelimiter");
    accounts.assertNothingLeft();
  }

  @Test
  void extraConnectionAttributesAreComparedWithWhatIsThere() {
    var model = model().put("ExtraConnectionAttributes", "maxErrors=7;");
    var created = succeeded(accounts.cloudFormation().create(model));
    assertThat(created.has("ExtraConnectionAttributes")).isFalse();
    var arn = created.get("EndpointArn").asText();
    accounts.aws().forgetCalls();
    succeeded(accounts.cloudFormation().update(model.deepCopy().put("EndpointArn", arn), model));
    assertThat(accounts.calls()).doesNotContain("dms:CreateEndpoint");

    var without = model();
    succeeded(accounts.cloudFormation().update(without.put("EndpointArn", arn), model));
    assertThat(accounts.calls()).contains("dms:CreateEndpoint");
    assertThat(String.valueOf(accounts.endpoints().get(0).settings())).doesNotContain("maxErrors");
  }

  @Test
  void aSettingThatIsTakenOutOfTheTemplateIsTakenBack() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    var wanted = model().put("EndpointArn", created.get("EndpointArn").asText());
    ((ObjectNode) wanted.get("S3Settings")).remove("CompressionType");

    var updated = succeeded(accounts.cloudFormation().update(wanted, model()));

    assertThat(updated.at("/S3Settings/CompressionType").asText()).isIn("none", "");
  }

  @Test
  void whatWasChangedByHandIsMendedByTheNextUpdate() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    var arn = created.get("EndpointArn").asText();
    var role = created.get("RoleName").asText();
    var trust = accounts.roles().get(0).trust();
    try (var iam = accounts.iamByHand();
        var dms = accounts.dmsByHand()) {
      iam.updateAssumeRolePolicy(
          r -> r.roleName(role).policyDocument(trust.toString().replace("dms.", "ec2.")));
      iam.putRolePermissionsBoundary(
          r -> r.roleName(role).permissionsBoundary("arn:aws:iam::aws:policy/AmazonS3FullAccess"));
      iam.detachRolePolicy(r -> r.roleName(role).policyArn(created.get("PolicyArn").asText()));
      dms.addTagsToResource(r -> r.resourceArn(arn).tags(NOBODY));
    }
    var drifted = succeeded(accounts.cloudFormation().read(byArn(arn)));
    assertThat(drifted.get("PermissionsBoundaryArn").asText()).contains("AmazonS3FullAccess");
    assertThat(drifted.at("/Tags/0/Value").asText()).isEqualTo("nobody");

    var updated =
        succeeded(accounts.cloudFormation().update(model().put("EndpointArn", arn), model()));

    assertThat(updated).isEqualTo(created);
    assertThat(accounts.roles().get(0).trust()).isEqualTo(trust);
  }

  @Test
  void anEndpointMadeByHandCanBeImportedAdoptedAndDeleted() {
    var arn = accounts.endpointByHand("by-hand", "by-hand");
    var cloudFormation = accounts.cloudFormation();
    var read = succeeded(cloudFormation.read(byArn(arn)));
    assertThat(read.get("RoleName").asText()).isEqualTo("by-hand");
    assertThat(read.at("/S3Settings/BucketFolder").asText()).isEqualTo("made");
    assertThat(succeeded(cloudFormation.read(json("{'EndpointIdentifier': 'by-hand'}"))))
        .isEqualTo(read);
    // Not adopted yet: a delete leaves it alone.
    assertThat(cloudFormation.delete(read).failedWith(HandlerErrorCode.NotFound)).isTrue();
    assertThat(accounts.endpoints()).hasSize(1);

    var wanted = model().put("EndpointArn", arn).put("EndpointIdentifier", "by-hand");
    wanted.set("S3Settings", json("{'BucketName': 'example-data-lake', 'BucketFolder': 'made'}"));
    accounts.aws().forgetCalls();
    succeeded(cloudFormation.update(wanted, read));
    assertThat(accounts.calls())
        .doesNotContain("dms:DeleteEndpoint", "iam:UpdateAssumeRolePolicy", "iam:TagRole");
    succeeded(cloudFormation.delete(wanted));
    accounts.clock().advance(Duration.ofMinutes(1));
    assertThat(accounts.endpoints()).isEmpty();
    assertThat(accounts.roles()).extracting(r -> r.name()).containsExactly("by-hand");
  }

  @Test
  void aFailedConnectionTestFailsTheCreateWithDmssMessageAndRollsBackCleanly() {
    var instance = accounts.aws().createReplicationInstance(TwoAccounts.DMS, "instance");
    accounts.clock().advance(Duration.ofMinutes(5));
    accounts.aws().failConnectionTests("the bucket is somewhere else");
    var model = model();
    model.set("ConnectionTest", json("{'ReplicationInstanceArn': '%s'}".formatted(instance)));
    var stack = new Stack(accounts.cloudFormation());

    var outcome = stack.create(model);

    assertThat(outcome.status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
    var create = outcome.outcomes().get(0);
    assertThat(create.failedWith(HandlerErrorCode.NotStabilized)).isTrue();
    assertThat(create.message()).contains("the bucket is somewhere else");
    accounts.assertNothingLeft();
  }

  @Test
  void twoStacksThatAskForOneIdentifierGetOneEndpoint() {
    var first = new Stack(accounts.cloudFormation(b -> b.stackName("first")));
    var second = new Stack(accounts.cloudFormation(b -> b.stackName("second")));
    first.create(model());
    var before = accounts.endpoints();

    var outcome = second.create(model());

    assertThat(outcome.outcomes().get(0).failedWith(HandlerErrorCode.AlreadyExists)).isTrue();
    assertThat(accounts.endpoints()).isEqualTo(before);
    assertThat(accounts.roles()).hasSize(1);
  }

  @Test
  void theRollbackOfACreateThatLostARaceLeavesTheWinnersEndpoint() {
    var first = accounts.cloudFormation(b -> b.stackName("first"));
    var second = accounts.cloudFormation(b -> b.stackName("second").maxInvocations(1));
    // The second has found the names free before the first made anything.
    var race = second.create(model());
    succeeded(first.create(model()));
    var before = accounts.endpoints();

    var rollback =
        accounts.cloudFormation(b -> b.stackName("second")).delete(race.lastModel().orElseThrow());

    assertThat(rollback.failedWith(HandlerErrorCode.NotFound)).as(rollback.toString()).isTrue();
    assertThat(accounts.endpoints()).isEqualTo(before);
    assertThat(accounts.roles()).hasSize(1);
  }

  @Test
  void theRollbackOfACreateThatLostARaceTakesItsOwnRoleAndNotTheWinners() {
    var second = accounts.cloudFormation(b -> b.stackName("second").maxInvocations(1));
    var loser =
        model().put("RoleName", "role-of-the-loser").put("PolicyName", "policy-of-the-loser");
    // The second has found the names free and made its role; then the first makes its role and the
    // endpoint.
    var race = second.create(loser).lastModel().orElseThrow();
    accounts.aws().disallow(TwoAccounts.DMS, TwoAccounts.LAKE);
    var winner = accounts.cloudFormation(b -> b.stackName("first").maxInvocations(3));
    assertThat(winner.create(model()).succeeded()).isFalse();
    var early = accounts.cloudFormation(b -> b.stackName("second")).delete(race);
    // The winner's role alone is there: the loser's rollback leaves it.
    assertThat(early.failedWith(HandlerErrorCode.NotFound)).as(early.toString()).isTrue();
    assertThat(accounts.roles()).hasSize(1);
  }

  @Test
  void aLosersOwnRoleGoesAlthoughTheEndpointIsTheWinners() {
    var loser =
        model().put("RoleName", "role-of-the-loser").put("PolicyName", "policy-of-the-loser");
    accounts.aws().disallow(TwoAccounts.DMS, TwoAccounts.LAKE);
    var race =
        accounts
            .cloudFormation(b -> b.stackName("second").maxInvocations(3))
            .create(loser)
            .lastModel()
            .orElseThrow();
    assertThat(accounts.roles()).extracting(r -> r.name()).containsExactly("role-of-the-loser");
    accounts.aws().allow(TwoAccounts.DMS, TwoAccounts.LAKE);
    succeeded(accounts.cloudFormation(b -> b.stackName("first")).create(model()));
    var endpoints = accounts.endpoints();

    succeeded(accounts.cloudFormation(b -> b.stackName("second")).delete(race));

    assertThat(accounts.endpoints()).isEqualTo(endpoints);
    assertThat(accounts.roles()).hasSize(1);
    assertThat(accounts.roles().get(0).name()).isNotEqualTo("role-of-the-loser");
    assertThat(accounts.policies()).hasSize(1);
  }

  @Test
  void aRecreationIsRefusedBeforeItDeletesWhenTheNameOfItsRoleIsTaken() {
    var arn = accounts.endpointByHand("by-hand", "by-hand");
    var read = succeeded(accounts.cloudFormation().read(byArn(arn)));
    var wanted =
        model()
            .put("EndpointArn", arn)
            .put("RoleName", "by-hand")
            .put("EndpointIdentifier", "by-hand");
    wanted.set("S3Settings", json("{'BucketName': 'example-data-lake', 'BucketFolder': 'other'}"));

    var outcome = accounts.cloudFormation().update(wanted, read);

    assertThat(outcome.failedWith(HandlerErrorCode.AlreadyExists)).as(outcome.toString()).isTrue();
    assertThat(outcome.message()).contains("by-hand", "RoleName");
    assertThat(accounts.endpoints()).hasSize(1);
  }

  @Test
  void anImportedEndpointIsCreatedAgainWithARoleOfItsOwn() {
    var arn = accounts.endpointByHand("by-hand", "by-hand");
    var wanted = model().put("EndpointArn", arn).put("EndpointIdentifier", "by-hand");
    wanted.set("S3Settings", json("{'BucketName': 'example-data-lake', 'BucketFolder': 'other'}"));

    var updated = succeeded(accounts.cloudFormation().update(wanted, wanted));

    assertThat(updated.get("EndpointArn").asText()).isEqualTo(arn);
    assertThat(updated.get("RoleName").asText()).isNotEqualTo("by-hand");
    assertThat(accounts.roles()).hasSize(2);
  }

  @Test
  void tagsThatDmsRefusesAreRefusedBeforeAnythingIsMade() {
    for (var tag : List.of("aws:x=1", "dms:x=1", "dms-cross-account-s3-endpoint:x=1")) {
      var model = model();
      var parts = tag.split("=", 2);
      model.set(
          "Tags",
          json("{'t': [{'Key': '%s', 'Value': '%s'}]}".formatted(parts[0], parts[1])).get("t"));
      var outcome = accounts.cloudFormation().create(model);
      assertThat(outcome.failedWith(HandlerErrorCode.InvalidRequest)).as(tag).isTrue();
      assertThat(outcome.message()).contains("Tags");
    }
    var stackTags = new TreeMap<String, String>();
    for (var i = 0; i < 40; i++) {
      stackTags.put("key" + i, "value");
    }
    var tooMany = new Stack(accounts.cloudFormation()).create(model(), stackTags);
    assertThat(tooMany.outcomes().get(0).message()).contains("50", "41");
    assertThat(accounts.calls()).isEmpty();
    stackTags.remove("key0");
    var justEnough = new Stack(accounts.cloudFormation()).create(model(), stackTags);
    assertThat(justEnough.status()).isEqualTo(StackStatus.CREATE_COMPLETE);
  }
}
