package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.BeforePropagation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;

/**
 * Whatever DMS does with the first CreateEndpoint, one healthy endpoint and a trust policy for its
 * id come out.
 */
class HandshakeDialectIT {

  record Habits(HandshakeDialect dialect, int propagation, BeforePropagation before) {
    LocalAwsBuilder on(LocalAwsBuilder builder) {
      return builder
          .dialect(dialect)
          .propagation(Duration.ofSeconds(propagation))
          .beforePropagation(before);
    }
  }

  static Stream<Habits> habits() {
    return Arrays.stream(HandshakeDialect.values())
        .flatMap(
            dialect ->
                Stream.of(0, 2, 10, 60)
                    .flatMap(
                        seconds ->
                            Arrays.stream(BeforePropagation.values())
                                .map(before -> new Habits(dialect, seconds, before))));
  }

  @ParameterizedTest
  @MethodSource("habits")
  void createEndsWithOneHealthyEndpoint(Habits habits) {
    try (var accounts = TwoAccounts.start(habits::on)) {
      var stack = new Stack(accounts.cloudFormation());
      var outcome = stack.create(model());
      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(StackStatus.CREATE_COMPLETE);
      assertHealthy(accounts, "gzip");
    }
  }

  @ParameterizedTest
  @MethodSource("habits")
  void updateByRecreationEndsWithOneHealthyEndpointOfTheSameArn(Habits habits) {
    try (var accounts = TwoAccounts.start(habits::on)) {
      var stack = new Stack(accounts.cloudFormation());
      stack.create(model());
      var arn = accounts.endpoints().get(0).arn();
      var wanted = model();
      ((ObjectNode) wanted.get("S3Settings")).put("CompressionType", "none");

      var outcome = stack.update(wanted);

      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertHealthy(accounts, "none");
      assertThat(accounts.endpoints().get(0).arn()).isEqualTo(arn);
    }
  }

  @ParameterizedTest
  @MethodSource("habits")
  void deleteHalfwayThroughTheHandshakeLeavesNothing(Habits habits) {
    // However far the create got: none to five invocations.
    for (var invocations = 1; invocations <= 5; invocations++) {
      try (var accounts = TwoAccounts.start(habits::on)) {
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

  private static void assertHealthy(TwoAccounts accounts, String compression) {
    var endpoint = accounts.assertOneHealthyEndpoint();
    assertThat(endpoint.settings().get("CompressionType").toString())
        .isEqualToIgnoringCase(compression);
  }
}
