package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.OperationStatus;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.CrossAccountClientFactory;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.Environments;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.NotYet;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.Turns;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.Turns.Standing;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.VirtualTime;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase;

/** How long is waited, and for what. */
class ProgressTest {

  private final LocalClock clock = LocalClock.virtual(Instant.parse("2026-01-01T00:00:00Z"));
  private final CrossAccountClientFactory factory =
      new CrossAccountClientFactory(clock::instant, clock::advance);

  private Progress begin(@Nullable CallbackContext context) {
    return Progress.begin(
        new ResourceModel(), context, new VirtualTime(clock), mock(InvocationLog.class), turns());
  }

  private Turns turns() {
    return factory
        .sessions(
            Action.CREATE,
            "eu-central-1",
            AnonymousCredentialsProvider.create(),
            Environments.of(null, "aws"),
            mock(InvocationLog.class),
            "this operation")
        .turns();
  }

  /** The delays of a step that is run until it ends or fails. */
  private List<Integer> delaysOf(UnaryOperator<Progress> step) {
    var delays = new ArrayList<Integer>();
    @Nullable CallbackContext context = null;
    while (true) {
      var event = begin(context).then(step).orElse(p -> ProgressEvent.defaultSuccessHandler(null));
      if (event.getStatus() != OperationStatus.IN_PROGRESS) {
        return delays;
      }
      delays.add(event.getCallbackDelaySeconds());
      clock.advance(Duration.ofSeconds(event.getCallbackDelaySeconds()));
      context = event.getCallbackContext();
    }
  }

  private static AwsCallFailed failure(String code, int status) {
    return new AwsCallFailed(
        "iam:GetRole",
        "role r",
        (IamException)
            IamException.builder()
                .statusCode(status)
                .awsErrorDetails(
                    AwsErrorDetails.builder().errorCode(code).errorMessage("x").build())
                .build());
  }

  @Test
  void anOperationBeginsInThePhaseOfItsContext() {
    assertThat(begin(null).context().phase()).isEqualTo(Phase.BEGIN);
    assertThat(begin(CallbackContext.begin(Phase.TEST, clock.instant())).context().phase())
        .isEqualTo(Phase.TEST);
  }

  @Test
  void waitsGrowUpToHalfAMinuteAndEndAtTheLimit() {
    var wait = Wait.of("Waiting", Duration.ofMinutes(2), "It was not there");

    var delays = new ArrayList<Integer>();
    assertThatThrownBy(
            () ->
                delaysOf(
                    p -> {
                      var waiting = p.waitFor(wait);
                      delays.add(0);
                      return waiting;
                    }))
        .isInstanceOf(OperationFailed.class)
        .hasMessage("It was not there within 2 minutes. Last: Waiting.");
    assertThat(delays).hasSizeLessThan(20);
    assertThat(clock.instant()).isBetween("2026-01-01T00:02:00Z", "2026-01-01T00:02:30Z");
  }

  @Test
  void whatOneStepWaitsForKeepsTheNextOnesFromRunning() {
    var ran = new ArrayList<String>();

    var event =
        begin(null)
            .then(p -> p.pause("Later"))
            .then(
                p -> {
                  ran.add("second");
                  return p;
                })
            .orElse(p -> ProgressEvent.defaultSuccessHandler(null));

    assertThat(ran).isEmpty();
    assertThat(event.getStatus()).isEqualTo(OperationStatus.IN_PROGRESS);
    assertThat(event.getMessage()).isEqualTo("Later");
  }

  @Test
  void onlyThePhaseThatIsOnRuns() {
    var ran = new ArrayList<String>();
    var progress =
        begin(null)
            .during(
                Phase.GRANT,
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
            .onwards(Phase.BEGIN, Phase.FINISH);

    assertThat(ran).containsExactly("right");
    assertThat(progress.context().phase()).isEqualTo(Phase.FINISH);
  }

  @Test
  void whatIsShownForLongerThanAnAnswerCanBeOldIsTrue() {
    var delays = delaysOf(p -> p.doubt("Is it so", certain -> certain));

    assertThat(delays.stream().mapToInt(i -> i).sum())
        .isBetween(
            (int) Progress.OLDEST_ANSWER.toSeconds(), (int) Progress.OLDEST_ANSWER.toSeconds() + 3);
  }

  /** A step that fails so often, and then does not. */
  private static UnaryOperator<Progress> failing(String code, int status, int times) {
    var left = new AtomicInteger(times);
    return p -> {
      if (left.getAndDecrement() > 0) {
        throw failure(code, status);
      }
      return p;
    };
  }

  @Test
  void whoIsThrottledStaysAwayForLongerAndLongerUpToTwoMinutes() {
    var delays = delaysOf(failing("Throttling", 400, 12));

    var expected = 3;
    for (var delay : delays) {
      assertThat(delay).isBetween(Math.max(1, expected / 2), expected * 3 / 2 + 1);
      expected = Math.min(120, 2 * expected);
    }
    assertThat(delays).hasSize(12);
  }

  @Test
  void whileAwsIsBusyNoneOfAPhasesTimePasses() {
    var wait = Wait.of("Waiting", Duration.ofMinutes(2), "It was not there");
    var throttled = failing("Throttling", 400, 12);

    // Throttled for much longer than two minutes, and then there is still time to wait.
    var delays =
        delaysOf(
            p -> {
              var through = throttled.apply(p);
              return p.context().waits() > 0 ? through : through.waitFor(wait);
            });

    assertThat(delays.stream().mapToInt(d -> d).sum()).isGreaterThan(600);
  }

  @Test
  void whoGetsThroughComesBackSlowlyAtFirst() {
    var wait = Wait.of("Waiting", Duration.ofMinutes(30), "It was not there");
    var throttled = failing("Throttling", 400, 8);

    var delays =
        delaysOf(
            p -> {
              var through = throttled.apply(p);
              return p.context().waits() > 7 ? through : through.waitFor(wait);
            });

    assertThat(delays.get(8)).isGreaterThan(8);
    assertThat(delays.get(15)).isLessThan(8);
  }

  @Test
  void whoIsNotToBeginYetIsToldSoAndLosesNoTime() {
    var event =
        begin(null)
            .then(
                p -> {
                  throw new NotYet("dms 111122223333");
                })
            .orElse(p -> ProgressEvent.defaultSuccessHandler(null));

    assertThat(event.getStatus()).isEqualTo(OperationStatus.IN_PROGRESS);
    assertThat(event.getMessage())
        .isEqualTo("Waiting for its turn: AWS throttles dms 111122223333");
    var context = event.getCallbackContext();
    assertThat(context.since())
        .isEqualTo(clock.instant().getEpochSecond() + event.getCallbackDelaySeconds());
    // It was refused nothing, so that nothing slows it down later.
    assertThat(context.absence()).isZero();
  }

  @Test
  void whoHasNotBegunWaitsInLineForAnHourAtMost() {
    var known = CallbackContext.begin(Phase.BEGIN, clock.instant());
    var sentAway = known.withThrottledSince(clock.instant().getEpochSecond());

    assertThat(standingOf(known)).isEqualTo(Standing.NEW);
    assertThat(standingOf(sentAway)).isEqualTo(Standing.WAITING);
    assertThat(standingOf(sentAway.withPhase(Phase.GRANT))).isEqualTo(Standing.BEGUN);
    clock.advance(Duration.ofHours(1));
    assertThat(standingOf(sentAway)).isEqualTo(Standing.BEGUN);
  }

  private Standing standingOf(CallbackContext context) {
    var standing = ArgumentCaptor.forClass(Standing.class);
    var turns = mock(Turns.class);
    var progress =
        Progress.begin(
            new ResourceModel(), context, new VirtualTime(clock), mock(InvocationLog.class), turns);
    when(turns.comingBack(standing.capture(), any())).thenReturn(progress);
    progress.then(p -> p);
    return standing.getValue();
  }

  @Test
  void anErrorThatPassesIsWaitedForAndOneThatDoesNotIsThrown() {
    var answers =
        new ArrayList<>(List.of(failure("InternalFailure", 500), failure("InternalFailure", 500)));

    var delays =
        delaysOf(
            p -> {
              if (!answers.isEmpty()) {
                throw answers.remove(0);
              }
              return p;
            });

    assertThat(delays).containsExactly(1, 2);
    assertThatThrownBy(
            () ->
                begin(null)
                    .then(
                        p -> {
                          throw failure("MalformedPolicyDocument", 400);
                        }))
        .isInstanceOf(AwsCallFailed.class);
  }

  @Test
  void whatWasChangedAMomentAgoMayBeShownAsItWas() {
    var progress = begin(null);

    assertThat(progress.mayBeOld(null)).isFalse();
    assertThat(progress.mayBeOld(progress.now() - 1)).isTrue();
    assertThat(progress.mayBeOld(progress.now() - Progress.OLDEST_ANSWER.toSeconds())).isFalse();
  }

  @Test
  void timesAreInWords() {
    assertThat(Wait.inWords(Duration.ofSeconds(30))).isEqualTo("30 seconds");
    assertThat(Wait.inWords(Duration.ofMinutes(1))).isEqualTo("1 minute");
    assertThat(Wait.inWords(Duration.ofMinutes(15))).isEqualTo("15 minutes");
  }
}
