package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ExternalIdShown;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;

/**
 * A life in every AWS that may differ from what its sources say: where the external id is shown,
 * what becomes of the first CreateEndpoint, how long IAM takes, how old answers are, whether DMS
 * sends the source keys.
 */
class WorldsIT {

  record World(
      ExternalIdShown shown,
      HandshakeDialect dialect,
      int propagation,
      int staleness,
      boolean sourceKeys,
      boolean freshIds) {

    World(
        ExternalIdShown shown,
        HandshakeDialect dialect,
        int propagation,
        int staleness,
        boolean sourceKeys) {
      this(shown, dialect, propagation, staleness, sourceKeys, false);
    }

    /** Where nothing is kept and no answer tells the id, nobody could ever learn it. */
    boolean isPossible() {
      return shown != ExternalIdShown.DESCRIBE
          || !Set.of(HandshakeDialect.NOTHING_KEPT, HandshakeDialect.NEW_ID_ON_SECOND_CALL)
              .contains(dialect);
    }

    LocalAwsBuilder on(LocalAwsBuilder builder) {
      return builder
          .externalIdShown(shown)
          .dialect(dialect)
          .propagation(Duration.ofSeconds(propagation))
          .staleness(Duration.ofSeconds(staleness))
          .sourceKeys(sourceKeys)
          .freshIds(freshIds);
    }
  }

  static Stream<World> worlds() {
    return Arrays.stream(ExternalIdShown.values())
        .flatMap(
            shown ->
                Arrays.stream(HandshakeDialect.values())
                    .flatMap(
                        dialect ->
                            Stream.of(
                                new World(shown, dialect, 0, 0, true),
                                new World(shown, dialect, 10, 0, true),
                                new World(shown, dialect, 60, 0, true),
                                new World(shown, dialect, 2, 0, false),
                                new World(shown, dialect, 2, 4, true),
                                new World(shown, dialect, 2, 10, true),
                                new World(shown, dialect, 0, 4, true, true),
                                new World(shown, dialect, 2, 10, true, true),
                                new World(shown, dialect, 10, 10, false))))
        .filter(World::isPossible);
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void anEndpointLivesFromCreateToDelete(World world) {
    try (var accounts = TwoAccounts.start(world::on)) {
      var stack = new Stack(accounts.cloudFormation());
      var created = stack.create(model());
      assertThat(created.status()).as(created.toString()).isEqualTo(StackStatus.CREATE_COMPLETE);
      var id = accounts.assertOneHealthyEndpoint().externalId();
      var model = created.outcomes().get(0).model().orElseThrow();
      assertThat(model.get("ExternalId").asText()).isEqualTo(id);
      var read = succeeded(accounts.cloudFormation().read(byArn(model)));
      // An older answer may tell an older status.
      assertThat(read.put("Status", "active")).isEqualTo(model);

      accounts.aws().forgetCalls();
      var unchanged = stack.update(model());
      assertThat(unchanged.status()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertThat(accounts.calls()).doesNotContain("dms:CreateEndpoint", "dms:DeleteEndpoint");

      var wanted = model();
      wanted.set("Tags", json("{'t': [{'Key': 'stage', 'Value': 'prod'}]}").get("t"));
      assertThat(stack.update(wanted).status()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertThat(accounts.calls()).doesNotContain("dms:CreateEndpoint", "dms:DeleteEndpoint");
      assertThat(accounts.assertOneHealthyEndpoint().tags())
          .containsEntry("stage", "prod")
          .doesNotContainKey("team");

      ((ObjectNode) wanted.get("S3Settings")).put("CompressionType", "none");
      var recreated = stack.update(wanted);
      assertThat(recreated.status())
          .as(recreated.toString())
          .isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertThat(
              String.valueOf(accounts.assertOneHealthyEndpoint().settings().get("CompressionType")))
          .isEqualToIgnoringCase("none");
      accounts.clock().advance(Duration.ofMinutes(1));
      assertThat(succeeded(accounts.cloudFormation().read(byArn(model))).get("ExternalId").asText())
          .isEqualTo(accounts.endpoints().get(0).externalId());

      var deleted = stack.delete();
      assertThat(deleted.status()).as(deleted.toString()).isEqualTo(StackStatus.DELETE_COMPLETE);
      accounts.assertNothingLeft();
    }
  }

  /** However far the create got: none to six invocations. */
  @ParameterizedTest
  @MethodSource("worlds")
  void theRollbackOfACreateLeavesNothing(World world) {
    for (var invocations = 1; invocations <= 6; invocations++) {
      try (var accounts = TwoAccounts.start(world::on)) {
        var some = invocations;
        var create = accounts.cloudFormation(b -> b.maxInvocations(some)).create(model());
        var deleted = accounts.cloudFormation().delete(create.lastModel().orElseThrow());
        assertThat(deleted.succeeded() || deleted.failedWith(HandlerErrorCode.NotFound))
            .as(deleted.toString())
            .isTrue();
        accounts.assertNothingLeft();
      }
    }
  }

  /** The rollback comes seconds after the update, while answers still show how it was before. */
  @ParameterizedTest
  @MethodSource("worlds")
  void theRollbackOfAnUpdateBringsBackWhatWas(World world) {
    try (var accounts = TwoAccounts.start(world::on)) {
      var stack = new Stack(accounts.cloudFormation());
      stack.create(model());
      accounts.clock().advance(Duration.ofMinutes(2));
      var instance = accounts.aws().createReplicationInstance(TwoAccounts.DMS, "instance");
      accounts.aws().failConnectionTests("no route");
      var wanted = updateOf(model().put("EndpointArn", accounts.endpoints().get(0).arn()));
      ((ObjectNode) wanted.get("S3Settings"))
          .put("BucketName", "another-data-lake")
          .put("CompressionType", "none");
      wanted.set("ConnectionTest", json("{}").put("ReplicationInstanceArn", instance));

      var outcome = stack.update(wanted);

      assertThat(outcome.status())
          .as(outcome.toString())
          .isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
      var endpoint = accounts.assertOneHealthyEndpoint();
      assertThat(endpoint.settings()).containsEntry("BucketName", "example-data-lake");
      assertThat(accounts.policies().get(0).document().toString())
          .contains("example-data-lake")
          .doesNotContain("another-data-lake");
    }
  }
}
