package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.InvocationAborted;

class CloudFormationTest {
  private final ScriptedProvider provider = new ScriptedProvider();
  private final ManualTime time = new ManualTime();

  @Test
  void aCreateIsAskedForAsCloudFormationAsksForIt() {
    provider.answering(Answers.success());

    cloudFormation()
        .run(
            StackOperation.create(Answers.template())
                .withStackTags(Map.of("team", "lake"), Map.of()));

    var request = provider.requests().get(0);
    assertThat(request.path("action").asText()).isEqualTo("CREATE");
    assertThat(request.path("awsAccountId").asText()).isEqualTo("111122223333");
    assertThat(request.path("region").asText()).isEqualTo("eu-central-1");
    assertThat(request.path("resourceType").asText())
        .isEqualTo("AWS::Custom::DmsCrossAccountS3Endpoint");
    assertThat(request.path("stackId").asText())
        .startsWith("arn:aws:cloudformation:eu-central-1:111122223333:stack/analytics/");
    assertThat(request.path("callbackContext").isNull()).isTrue();
    assertThat(request.path("rollback").asBoolean()).isFalse();
    var data = request.path("requestData");
    assertThat(data.path("resourceProperties")).isEqualTo(Answers.template());
    assertThat(data.has("previousResourceProperties")).isFalse();
    assertThat(data.path("logicalResourceId").asText()).isEqualTo("LakeEndpoint");
    assertThat(data.path("typeConfiguration").path("DefaultEnvironment").asText()).isEqualTo("dev");
    assertThat(data.at("/callerCredentials/sessionToken").asText()).isEqualTo("session-1");
    assertThat(data.path("stackTags").path("team").asText()).isEqualTo("lake");
    assertThat(data.path("systemTags").path("aws:cloudformation:stack-name").asText())
        .isEqualTo("analytics");
  }

  @Test
  void anUpdateIsAskedForWithWhatWasBefore() {
    provider.answering(Answers.success());

    cloudFormation()
        .update(Answers.model(), Answers.otherTemplate().put("EndpointArn", Answers.ARN));

    var data = provider.requests().get(0).path("requestData");
    assertThat(data.path("resourceProperties")).isEqualTo(Answers.model());
    assertThat(data.path("previousResourceProperties"))
        .isEqualTo(Answers.otherTemplate().put("EndpointArn", Answers.ARN));
    assertThat(data.has("previousStackTags")).isTrue();
    assertThat(data.has("previousSystemTags")).isTrue();
  }

  @Test
  void contextAndModelOfAnEventComeBackInTheNextInvocation() {
    provider
        .answering(Answers.inProgress(0, "role"))
        .answering(Answers.inProgress(0, "handshake"))
        .answering(Answers.success());

    var outcome = cloudFormation().create(Answers.template());

    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.model()).contains(Answers.model());
    assertThat(outcome.events()).hasSize(3);
    assertThat(provider.requests().get(1).at("/callbackContext/step").asText()).isEqualTo("role");
    assertThat(
            provider.requests().get(1).at("/requestData/resourceProperties/EndpointArn").asText())
        .isEqualTo(Answers.ARN);
    assertThat(provider.requests().get(2).at("/callbackContext/step").asText())
        .isEqualTo("handshake");
  }

  @Test
  void delaysAreWaitedFor() {
    provider
        .answering(Answers.inProgress(7, "role"))
        .answering(Answers.inProgress(20, "handshake"))
        .answering(Answers.success());

    cloudFormation().create(Answers.template());

    assertThat(time.passed()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(20));
  }

  @Test
  void invocationsOfOneOperationShareATokenAndNothingElseDoes() {
    provider
        .answering(Answers.inProgress(0, "role"))
        .answering(Answers.success())
        .answering(Answers.deleted());

    cloudFormation().create(Answers.template());
    cloudFormation().delete(Answers.model());

    var tokens = provider.requests().stream().map(r -> r.path("bearerToken").asText()).toList();
    assertThat(tokens.get(0)).isEqualTo(tokens.get(1)).isNotEqualTo(tokens.get(2)).isNotEmpty();
  }

  @Test
  void everyInvocationHasFreshCredentials() {
    provider.answering(Answers.inProgress(0, "role")).answering(Answers.success());

    cloudFormation().create(Answers.template());

    assertThat(new HashSet<>(sessionTokens())).hasSize(2);
  }

  @Test
  void secretsOfEarlierInvocationsAreRefusedToo() {
    provider
        .answering(Answers.inProgress(0, "role"))
        .answering(Answers.inProgress(0, "I was called with session-1"));

    assertThatThrownBy(() -> cloudFormation().create(Answers.template()))
        .isInstanceOfSatisfying(
            ContractBreach.class,
            e -> assertThat(e.rule()).isEqualTo(ContractRule.SENDS_NO_SECRETS));
  }

  @Test
  void secretsThatTheCallerKnowsOfAreRefusedToo() {
    provider.answering(Answers.inProgress(0, "assumed with sesame"));

    assertThatThrownBy(
            () ->
                builder()
                    .furtherSecrets(() -> List.of("sesame"))
                    .build()
                    .create(Answers.template()))
        .isInstanceOf(ContractBreach.class);
  }

  @Test
  void aFailureThatMayPassIsRepeatedFromThePreviousContext() {
    provider
        .answering(Answers.inProgress(0, "role"))
        .answering(Answers.failed(HandlerErrorCode.Throttling))
        .answering(Answers.failed(HandlerErrorCode.NetworkFailure))
        .answering(Answers.success());

    var outcome = cloudFormation().create(Answers.template());

    assertThat(outcome.succeeded()).isTrue();
    assertThat(withoutCredentials(3))
        .isEqualTo(withoutCredentials(2))
        .isEqualTo(withoutCredentials(1));
    assertThat(time.passed())
        .containsExactly(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void aFailureThatStaysIsTheOutcomeAfterItsRepetitions() {
    for (int i = 0; i < 4; i++) {
      provider.answering(Answers.failed(HandlerErrorCode.ServiceInternalError));
    }

    var outcome = cloudFormation().create(Answers.template());

    assertThat(outcome.errorCode()).contains(HandlerErrorCode.ServiceInternalError);
    assertThat(outcome.message()).isEqualTo("It is so.");
    assertThat(outcome.model()).isEmpty();
    assertThat(provider.requests()).hasSize(4);
  }

  @Test
  void aFinalFailureIsNotRepeated() {
    provider.answering(Answers.failed(HandlerErrorCode.AccessDenied));

    var outcome = cloudFormation().create(Answers.template());

    assertThat(outcome.failedWith(HandlerErrorCode.AccessDenied)).isTrue();
    assertThat(outcome).hasToString("CREATE FAILED AccessDenied: It is so.");
  }

  @Test
  void aKilledInvocationIsRepeatedFromThePreviousContext() {
    provider
        .answering(Answers.inProgress(0, "role"))
        .aborting()
        .aborting()
        .answering(Answers.success());

    var outcome = cloudFormation().create(Answers.template());

    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.events()).hasSize(2);
    assertThat(withoutCredentials(3))
        .isEqualTo(withoutCredentials(2))
        .isEqualTo(withoutCredentials(1));
  }

  @Test
  void anOperationWhoseInvocationsAreAllKilledFails() {
    provider.aborting().aborting().aborting().aborting();

    var outcome = cloudFormation().create(Answers.template());

    assertThat(outcome.failedWith(HandlerErrorCode.InternalFailure)).isTrue();
    assertThat(outcome.message()).isEqualTo("no answer: killed");
    assertThat(outcome.lastModel()).isEmpty();
  }

  @Test
  void aListenerSeesEveryInvocationAndCanLoseAnAnswer() {
    provider.answering(Answers.success()).answering(Answers.success());
    var seen = new ArrayList<String>();
    var listener =
        new Listener() {
          @Override
          public void invoking(Invocation invocation) {
            seen.add("invoking " + invocation.number());
          }

          @Override
          public void answered(Invocation invocation, Event event) {
            seen.add("answered " + event.status());
            if (invocation.number() == 1) {
              throw new InvocationAborted("lost");
            }
          }

          @Override
          public void aborted(Invocation invocation, InvocationAborted reason) {
            seen.add(reason.getMessage());
          }
        };

    var outcome = builder().listener(listener).build().create(Answers.template());

    assertThat(seen)
        .containsExactly(
            "invoking 1", "answered SUCCESS", "lost", "invoking 2", "answered SUCCESS");
    assertThat(outcome.events()).hasSize(1);
  }

  @Test
  void anOperationEndsAtTheTimeoutOfItsHandler() {
    for (int minute = 0; minute <= 120; minute++) {
      provider.answering(Answers.inProgress(60, "still waiting"));
    }

    var outcome = cloudFormation().create(Answers.template());

    assertThat(outcome.failedWith(HandlerErrorCode.NotStabilized)).isTrue();
    assertThat(outcome.message()).isEqualTo("not done after 120 minutes");
    assertThat(outcome.lastModel()).isPresent();
  }

  @Test
  void anOperationEndsWithItsInvocations() {
    provider.answering(Answers.inProgress(0, "1")).answering(Answers.inProgress(0, "2"));

    var outcome = builder().maxInvocations(2).build().create(Answers.template());

    assertThat(outcome.failedWith(HandlerErrorCode.NotStabilized)).isTrue();
  }

  @Test
  void aListGoesOnToItsLastPage() {
    provider.answering(Answers.page("arn:1", "more")).answering(Answers.page("arn:2", null));

    var pages = cloudFormation().list();

    assertThat(pages).flatExtracting(Outcome::models).hasSize(2);
    assertThat(provider.requests().get(0).has("nextToken")).isFalse();
    assertThat(provider.requests().get(1).path("nextToken").asText()).isEqualTo("more");
  }

  @Test
  void aListThatFailsEnds() {
    provider.answering(Answers.failed(HandlerErrorCode.AccessDenied));

    assertThat(cloudFormation().list()).singleElement().matches(page -> !page.succeeded());
  }

  private List<String> sessionTokens() {
    return provider.requests().stream()
        .map(request -> request.at("/requestData/callerCredentials/sessionToken").asText())
        .toList();
  }

  private ObjectNode withoutCredentials(int request) {
    var copy = provider.requests().get(request).deepCopy();
    copy.withObject("/requestData").remove("callerCredentials");
    return copy;
  }

  private CloudFormation cloudFormation() {
    return builder().build();
  }

  private CloudFormation.Builder builder() {
    var session = new AtomicInteger();
    return CloudFormation.calling(provider)
        .region("eu-central-1")
        .account("111122223333")
        .stackName("analytics")
        .logicalId("LakeEndpoint")
        .typeConfiguration(Json.object("{\"DefaultEnvironment\": \"dev\"}"))
        .credentials(() -> new Credentials("key", "hidden", "session-" + session.incrementAndGet()))
        .time(time);
  }
}
