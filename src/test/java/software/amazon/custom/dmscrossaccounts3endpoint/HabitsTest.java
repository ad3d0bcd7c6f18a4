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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;

/** A life among neighbours on an AWS that answers in other ways than usual. */
class HabitsTest {

  static Stream<Named<UnaryOperator<LocalAwsBuilder>>> habits() {
    return Stream.of(
        Named.of("an item a page", b -> b.largestPage(1)),
        Named.of("filters are not heeded", b -> b.filters(false)),
        Named.of("neither", b -> b.filters(false).largestPage(1)),
        Named.of("identifiers as they went in", b -> b.lowerCaseIdentifiers(false)),
        Named.of(
            "identifiers in use after a deletion",
            b -> b.identifierReuseDelay(Duration.ofSeconds(20))),
        Named.of("settings as they went in", b -> b.shoutingEnums(false)));
  }

  @ParameterizedTest
  @MethodSource("habits")
  void anEndpointLivesFromCreateToDelete(UnaryOperator<LocalAwsBuilder> habits) {
    try (var accounts = TwoAccounts.start(habits)) {
      var neighbour = create(accounts, "A-neighbour");
      var created = create(accounts, "Sales-lake");
      var cloudFormation = accounts.cloudFormation();
      assertThat(accounts.endpoints()).hasSize(2);
      assertThat(succeeded(cloudFormation.read(byArn(created)))).isEqualTo(created);
      assertThat(cloudFormation.list().stream().flatMap(p -> p.models().stream()))
          .containsExactlyInAnyOrder(byArn(neighbour), byArn(created));

      var wanted = named(updateOf(created), "Sales-lake");
      ((ObjectNode) wanted.get("S3Settings")).put("CompressionType", "none");
      var instance = accounts.aws().createReplicationInstance(TwoAccounts.DMS, "instance");
      var other = accounts.aws().createReplicationInstance(TwoAccounts.DMS, "another");
      try (var dms = accounts.dmsByHand()) {
        dms.testConnection(
            t ->
                t.replicationInstanceArn(other).endpointArn(neighbour.get("EndpointArn").asText()));
      }
      wanted.set("ConnectionTest", json("{}").put("ReplicationInstanceArn", instance));
      var updated = succeeded(cloudFormation.update(wanted, created));
      assertThat(updated.at("/S3Settings/CompressionType").asText()).isEqualTo("none");

      accounts
          .aws()
          .createReplicationTask(TwoAccounts.DMS, "own-task", created.get("EndpointArn").asText());
      accounts
          .aws()
          .createReplicationTask(
              TwoAccounts.DMS, "neighbours-task", neighbour.get("EndpointArn").asText());
      assertThat(failed(cloudFormation.delete(created), HandlerErrorCode.ResourceConflict))
          .contains("own-task")
          .doesNotContain("neighbours-task");
    }
  }

  @ParameterizedTest
  @MethodSource("habits")
  void whatWasAddedByHandIsSeenAndGoesWithTheResource(UnaryOperator<LocalAwsBuilder> habits) {
    try (var accounts = TwoAccounts.start(habits)) {
      create(accounts, "A-neighbour");
      var created = create(accounts, "Sales-lake");
      var role = created.get("RoleName").asText();
      try (var iam = accounts.iamByHand()) {
        iam.detachRolePolicy(r -> r.roleName(role).policyArn(created.get("PolicyArn").asText()));
        iam.attachRolePolicy(
            r -> r.roleName(role).policyArn("arn:aws:iam::aws:policy/AmazonS3FullAccess"));
        iam.attachRolePolicy(r -> r.roleName(role).policyArn(created.get("PolicyArn").asText()));
        for (var i = 0; i < 3; i++) {
          iam.createPolicyVersion(
              p ->
                  p.policyArn(created.get("PolicyArn").asText())
                      .policyDocument(accounts.policies().get(0).document().toString()));
        }
      }
      assertThat(succeeded(accounts.cloudFormation().read(byArn(created)))).isEqualTo(created);

      succeeded(accounts.cloudFormation().delete(byArn(created)));

      accounts.clock().advance(Duration.ofMinutes(1));
      assertThat(accounts.endpoints()).hasSize(1);
      assertThat(accounts.roles()).hasSize(1);
      assertThat(accounts.policies()).hasSize(1);
    }
  }

  private static ObjectNode create(TwoAccounts accounts, String identifier) {
    return succeeded(accounts.cloudFormation().create(named(model(), identifier)));
  }

  private static ObjectNode named(ObjectNode model, String identifier) {
    return model.put("EndpointIdentifier", identifier);
  }
}
