package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

class StackTest {
  private final ScriptedProvider provider = new ScriptedProvider();
  private final Stack stack =
      new Stack(
          CloudFormation.calling(provider)
              .credentials(() -> new Credentials("key", "hidden", "hidden-too"))
              .time(new ManualTime())
              .build());

  @Test
  void aStackIsCreatedUpdatedAndDeleted() {
    provider
        .answering(Answers.success())
        .answering(Answers.successOf(Answers.otherTemplate()))
        .answering(Answers.deleted());

    assertThat(stack.create(Answers.template()).status()).isEqualTo(StackStatus.CREATE_COMPLETE);
    assertThat(stack.identifier()).contains(Answers.ARN);
    assertThat(stack.update(Answers.otherTemplate()).status())
        .isEqualTo(StackStatus.UPDATE_COMPLETE);
    assertThat(stack.properties()).contains(Answers.otherTemplate());
    assertThat(stack.delete().status()).isEqualTo(StackStatus.DELETE_COMPLETE);
    assertThat(stack.identifier()).isEmpty();

    assertThat(properties(1)).isEqualTo(Answers.otherTemplate().put("EndpointArn", Answers.ARN));
    assertThat(previousProperties(1)).isEqualTo(Answers.template().put("EndpointArn", Answers.ARN));
    assertThat(properties(2)).isEqualTo(Answers.otherTemplate().put("EndpointArn", Answers.ARN));
  }

  @Test
  void aReadGetsNothingButTheIdentifier() {
    provider.answering(Answers.success()).answering(Answers.success());
    stack.create(Answers.template());

    assertThat(stack.read().model()).contains(Answers.model());
    assertThat(properties(1)).isEqualTo(Json.object().put("EndpointArn", Answers.ARN));
  }

  @Test
  void aFailedCreateThatShowedItsIdentifierIsDeleted() {
    provider
        .answering(Answers.inProgress(0, "role"))
        .answering(Answers.failed(HandlerErrorCode.AccessDenied))
        .answering(Answers.deleted());

    var outcome = stack.create(Answers.template());

    assertThat(outcome.status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
    assertThat(outcome.outcomes()).hasSize(2);
    assertThat(actions()).containsExactly("CREATE", "CREATE", "DELETE");
    assertThat(properties(2)).isEqualTo(Answers.template().put("EndpointArn", Answers.ARN));
    assertThat(provider.requests().get(2).path("rollback").asBoolean()).isTrue();
    assertThat(stack.identifier()).isEmpty();
  }

  @Test
  void aFailedCreateThatShowedNothingIsNotDeleted() {
    provider.answering(Answers.failed(HandlerErrorCode.AlreadyExists));

    assertThat(stack.create(Answers.template()).status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
    assertThat(actions()).containsExactly("CREATE");
    assertThat(stack.delete().outcomes()).isEmpty();
  }

  @Test
  void aRollbackThatFindsNothingIsComplete() {
    provider
        .answering(Answers.inProgress(0, "role"))
        .answering(Answers.failed(HandlerErrorCode.AccessDenied))
        .answering(Answers.failed(HandlerErrorCode.NotFound));

    assertThat(stack.create(Answers.template()).status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
  }

  @Test
  void whatAFailedRollbackLeftCanBeDeletedLater() {
    provider
        .answering(Answers.inProgress(0, "role"))
        .answering(Answers.failed(HandlerErrorCode.AccessDenied))
        .answering(Answers.failed(HandlerErrorCode.AccessDenied))
        .answering(Answers.deleted());

    assertThat(stack.create(Answers.template()).status()).isEqualTo(StackStatus.ROLLBACK_FAILED);
    assertThat(stack.identifier()).contains(Answers.ARN);
    assertThat(stack.delete().status()).isEqualTo(StackStatus.DELETE_COMPLETE);
    assertThat(provider.requests().get(3).path("rollback").asBoolean()).isFalse();
  }

  @Test
  void aFailedUpdateGoesBackToThePropertiesAndTagsBefore() {
    provider
        .answering(Answers.success())
        .answering(Answers.failed(HandlerErrorCode.NotStabilized))
        .answering(Answers.success());
    stack.create(Answers.template(), Map.of("stage", "one"));

    var outcome = stack.update(Answers.otherTemplate(), Map.of("stage", "two"));

    assertThat(outcome.status()).isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
    assertThat(outcome.outcomes()).hasSize(2);
    assertThat(properties(2)).isEqualTo(Answers.template().put("EndpointArn", Answers.ARN));
    assertThat(previousProperties(2))
        .isEqualTo(Answers.otherTemplate().put("EndpointArn", Answers.ARN));
    assertThat(provider.requests().get(2).at("/requestData/stackTags/stage").asText())
        .isEqualTo("one");
    assertThat(provider.requests().get(2).at("/requestData/previousStackTags/stage").asText())
        .isEqualTo("two");
    assertThat(provider.requests().get(2).path("rollback").asBoolean()).isTrue();
    assertThat(stack.properties()).contains(Answers.template());
  }

  @Test
  void aFailedRollbackOfAnUpdateCanBeContinued() {
    provider
        .answering(Answers.success())
        .answering(Answers.failed(HandlerErrorCode.NotStabilized))
        .answering(Answers.failed(HandlerErrorCode.NotStabilized))
        .answering(Answers.success());
    stack.create(Answers.template());

    assertThat(stack.update(Answers.otherTemplate()).status())
        .isEqualTo(StackStatus.UPDATE_ROLLBACK_FAILED);
    assertThat(stack.continueUpdateRollback().status())
        .isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
  }

  @Test
  void aFailedDeleteLeavesTheResourceInTheStack() {
    provider
        .answering(Answers.success())
        .answering(Answers.failed(HandlerErrorCode.GeneralServiceException));
    stack.create(Answers.template());

    assertThat(stack.delete().status()).isEqualTo(StackStatus.DELETE_FAILED);
    assertThat(stack.identifier()).contains(Answers.ARN);
  }

  @Test
  void operationsThatDoNotFitTheStackAreRefused() {
    assertThatThrownBy(() -> stack.update(Answers.template()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(stack::read).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(stack::continueUpdateRollback).isInstanceOf(IllegalStateException.class);

    provider.answering(Answers.success());
    stack.create(Answers.template());

    assertThatThrownBy(() -> stack.create(Answers.template()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(stack::continueUpdateRollback).isInstanceOf(IllegalStateException.class);
  }

  private List<String> actions() {
    return provider.requests().stream().map(request -> request.path("action").asText()).toList();
  }

  private ObjectNode properties(int request) {
    return (ObjectNode) provider.requests().get(request).at("/requestData/resourceProperties");
  }

  private ObjectNode previousProperties(int request) {
    return (ObjectNode)
        provider.requests().get(request).at("/requestData/previousResourceProperties");
  }
}
