package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * An operation gives up, with a message of its own, before CloudFormation gives it up after the
 * schema's {@code timeoutInMinutes}.
 */
class DeadlinesTest {

  private static final Duration LONGEST_HANDSHAKE =
      Duration.ofMinutes(
          HandlerSchema.asJsonObject()
              .getJSONObject("definitions")
              .getJSONObject("RoleOptions")
              .getJSONObject("properties")
              .getJSONObject("HandshakeTimeoutMinutes")
              .getInt("maximum"));

  private static Duration timeout(Action action) {
    return ResourceSchema.ofThisType().timeout(action);
  }

  private static Duration sum(Duration... limits) {
    return Stream.of(limits).reduce(Duration.ZERO, Duration::plus);
  }

  @Test
  void create_everyPhaseTakesItsLongest_endsBeforeTheTimeout() {
    assertThat(sum(Propagation.LIMIT, LONGEST_HANDSHAKE, ConnectionCheck.LIMIT, Stabilize.LIMIT))
        .isLessThan(timeout(Action.CREATE));
  }

  @Test
  void update_everyPhaseTakesItsLongest_endsBeforeTheTimeout() {
    assertThat(
            sum(
                Propagation.LIMIT,
                DeleteEndpoint.LIMIT,
                LONGEST_HANDSHAKE,
                ConnectionCheck.LIMIT,
                Stabilize.LIMIT))
        .isLessThan(timeout(Action.UPDATE));
  }

  @Test
  void delete_everyPhaseTakesItsLongest_endsBeforeTheTimeout() {
    assertThat(sum(DeleteEndpoint.LIMIT, Propagation.LIMIT)).isLessThan(timeout(Action.DELETE));
  }
}
