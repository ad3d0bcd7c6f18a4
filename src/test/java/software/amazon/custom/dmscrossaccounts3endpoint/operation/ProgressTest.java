package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.cloudformation.proxy.OperationStatus;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.VirtualTime;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;

class ProgressTest {

  private static final Wait WAIT = Wait.of("Waiting", Duration.ofMinutes(10), "It was not there");

  private final LocalClock clock = LocalClock.virtual(Instant.parse("2026-01-01T00:00:00Z"));

  private Progress begin(@Nullable CallbackContext context) {
    return Progress.begin(
        new ResourceModel(), context, new VirtualTime(clock), mock(InvocationLog.class));
  }

  private static AwsCallException failure(String action, String code, int status) {
    return new AwsCallException(
        action,
        "role r",
        AwsServiceException.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage("It failed").build())
            .build());
  }

  private static Progress fail(Progress progress, AwsCallException failure) {
    return progress.then(
        p -> {
          throw failure;
        });
  }

  /** The delays of an operation that always waits, until it gives up. */
  private List<Integer> delays(Step step) {
    var delays = new ArrayList<Integer>();
    CallbackContext context = null;
    while (true) {
      try {
        var event = begin(context).then(step).inProgress();
        delays.add(event.getCallbackDelaySeconds());
        context = event.getCallbackContext();
        clock.advance(Duration.ofSeconds(event.getCallbackDelaySeconds()));
      } catch (HandlerException | AwsCallException e) {
        return delays;
      }
    }
  }

  @Test
  void then_stepReturnsItsProgress_continues() {
    assertThat(begin(null).then(p -> p).orElse(p -> null)).isNull();
  }

  @Test
  void then_earlierStepWaits_runsNoFurtherStep() {
    var ran = new ArrayList<String>();
    var event =
        begin(null)
            .then(p -> p.save("Later"))
            .then(
                p -> {
                  ran.add("step");
                  return p;
                })
            .orElse(p -> null);

    assertThat(ran).isEmpty();
    assertThat(event.getStatus()).isEqualTo(OperationStatus.IN_PROGRESS);
    assertThat(event.getMessage()).isEqualTo("Later");
    assertThat(event.getCallbackDelaySeconds()).isZero();
  }

  @Test
  void during_anotherPhase_doesNothing() {
    var ran = new ArrayList<String>();
    var progress =
        begin(null)
            .during(
                Phase.ENSURE_ACCESS,
                p -> {
                  ran.add("wrong");
                  return p;
                })
            .during(
                Phase.BEGIN,
                p -> {
                  ran.add("right");
                  return p;
                })
            .transition(Phase.BEGIN, Phase.STABILIZE);

    assertThat(ran).containsExactly("right");
    assertThat(progress.context().phase()).isEqualTo(Phase.STABILIZE);
  }

  @Nested
  class Waits {

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 10, 20, 31, 45, 60})
    void waitFor_readyAtAnyTime_continuesAtMostAQuarterLate(int ready) {
      var begun = clock.instant();
      var looks = new int[1];
      delays(
          p -> {
            looks[0]++;
            if (Duration.between(begun, clock.instant()).toSeconds() >= ready) {
              throw HandlerException.invalid("ready");
            }
            return p.waitFor(WAIT);
          });

      var late = Duration.between(begun, clock.instant()).toSeconds() - ready;
      assertThat(late).isLessThanOrEqualTo(Math.max(2, ready / 4));
      assertThat(looks[0]).isLessThanOrEqualTo(20);
    }

    @Test
    void waitFor_longerThanTheLimit_fails() {
      var begun = clock.instant();
      var delays = delays(p -> p.waitFor(WAIT));

      assertThat(delays).allMatch(d -> d >= 1 && d <= 30);
      assertThat(Duration.between(begun, clock.instant()))
          .isBetween(WAIT.limit(), WAIT.limit().plusSeconds(30));
    }

    @Test
    void waitFor_afterAChange_restartsWithShortDelays() {
      var old = begin(null).context();
      clock.advance(Duration.ofMinutes(5));

      assertThat(begin(old).waitFor(WAIT).inProgress().getCallbackDelaySeconds()).isEqualTo(30);
      assertThat(begin(old).changed(old).waitFor(WAIT).inProgress().getCallbackDelaySeconds())
          .isEqualTo(1);
    }

    @Test
    void confirm_sameAnswerForOldestAnswer_runsTheAction() {
      var begun = clock.instant();
      delays(
          p ->
              p.confirm(
                  "Confirming",
                  certain -> {
                    throw HandlerException.invalid("certain");
                  }));
      assertThat(Duration.between(begun, clock.instant())).isEqualTo(Progress.OLDEST_ANSWER);
    }
  }

  @Nested
  class Errors {

    @Test
    void then_throttled_backsOffUntilLongestOperation() {
      var throttled = failure("dms:CreateEndpoint", "ThrottlingException", 400);
      var begun = clock.instant();

      var delays = delays(p -> fail(p, throttled));

      for (var n = 0; n < delays.size(); n++) {
        assertThat(delays.get(n)).isBetween(1, (int) Math.min(120, 5 * Math.pow(2, n)));
      }
      assertThat(delays.stream().distinct().count()).isGreaterThan(5);
      assertThat(Duration.between(begun, clock.instant()))
          .isBetween(Progress.LONGEST_OPERATION, Progress.LONGEST_OPERATION.plusMinutes(2));
    }

    @Test
    void then_outage_failsAfterThreeMinutes() {
      var begun = clock.instant();
      delays(p -> fail(p, failure("iam:GetRole", "ServiceUnavailable", 503)));
      assertThat(Duration.between(begun, clock.instant()))
          .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(5));
    }

    @Test
    void then_propagationError_retriesSoon() {
      var delays = delays(p -> fail(p, failure("iam:AttachRolePolicy", "NoSuchEntity", 404)));
      assertThat(delays.subList(0, 5)).allMatch(d -> d <= 2);
    }

    @Test
    void then_denialAfterRoleCreation_retries() {
      var denied = failure("iam:AttachRolePolicy", "AccessDenied", 403);
      assertThatThrownBy(() -> fail(begin(null), denied)).isSameAs(denied);

      var progress = begin(null);
      var context = progress.context().withAccessCreatedAt(progress.now());
      assertThat(fail(begin(context), denied).inProgress().getMessage()).contains("Trying again");
      clock.advance(Duration.ofMinutes(2));
      assertThatThrownBy(() -> fail(begin(context), denied)).isSameAs(denied);
    }

    @Test
    void then_permanentError_isThrown() {
      var refused = failure("dms:CreateEndpoint", "ResourceQuotaExceededFault", 400);
      assertThatThrownBy(() -> fail(begin(null), refused)).isSameAs(refused);
    }

    @Test
    void then_errorAfterLongestOperation_isThrown() {
      var context = begin(null).context();
      clock.advance(Progress.LONGEST_OPERATION);
      var throttled = failure("dms:CreateEndpoint", "ThrottlingException", 400);
      assertThatThrownBy(() -> fail(begin(context), throttled)).isSameAs(throttled);
    }
  }
}
