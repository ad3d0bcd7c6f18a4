package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ContractBreach;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/** Holds providers to {@link ContractTest} that each do one thing wrong. */
class ContractTestCanFailTest {

  /** Stands between CloudFormation and one handler. */
  @FunctionalInterface
  private interface Fault {
    ObjectNode answer(ObjectNode request, UnaryOperator<ObjectNode> handler);
  }

  /**
   * A provider that does one thing wrong.
   *
   * @param rule the test of {@link ContractTest} that must fail
   * @param wrong what it does
   * @param handler the handler that does it
   * @param fault how
   */
  private record Broken(String rule, String wrong, Action handler, Fault fault) {
    @Override
    public String toString() {
      return rule + ": " + wrong;
    }
  }

  private static final Fault DOES_NOTHING_AND_SUCCEEDS = (request, handler) -> success();

  private static final Fault CALLS_WHAT_IS_MISSING_A_SUCCESS =
      (request, handler) -> {
        var event = handler.apply(request);
        return event.path("errorCode").asText().equals(HandlerErrorCode.NotFound.name())
            ? success()
            : event;
      };

  private static final Fault ANSWERS_WITH_WHAT_WAS_ASKED =
      (request, handler) -> {
        var event = success();
        var model = properties(request).deepCopy();
        model.remove("ExtraConnectionAttributes");
        if (!model.has("EndpointArn")) {
          model.put("EndpointArn", "arn:aws:dms:eu-central-1:111122223333:endpoint:made-up");
        }
        event.set("resourceModel", model);
        return event;
      };

  private static final Fault DROPS_WHAT_THE_SCHEMA_REFUSES =
      (request, handler) -> {
        properties(request).withObject("/S3Settings").remove("DataFormat");
        return handler.apply(request);
      };

  static Stream<Broken> broken() {
    return Stream.of(
        new Broken(
            "aCreatedResourceCanBeRead",
            "nothing is ever found",
            Action.READ,
            (request, handler) -> failed(HandlerErrorCode.NotFound)),
        new Broken(
            "aCreatedResourceCanBeRead",
            "the tags are left out",
            Action.READ,
            inModels(model -> model.without("Tags"))),
        new Broken(
            "aCreatedResourceIsListed",
            "every list is empty",
            Action.LIST,
            (request, handler) -> {
              var event = success();
              event.putArray("resourceModels");
              return event;
            }),
        new Broken(
            "aCreatedResourceCanBeDeletedAndItsSuccessHoldsNoModel",
            "it answers with the model",
            Action.DELETE,
            (request, handler) -> {
              var event = handler.apply(request);
              event.set("resourceModel", properties(request));
              return event;
            }),
        new Broken(
            "aDeletedResourceIsNotFound",
            "nothing is deleted",
            Action.DELETE,
            DOES_NOTHING_AND_SUCCEEDS),
        new Broken(
            "aDeletedResourceIsNotFound",
            "what is gone is deleted again",
            Action.DELETE,
            CALLS_WHAT_IS_MISSING_A_SUCCESS),
        new Broken(
            "aDeletedResourceIsNotFound",
            "what is gone is updated",
            Action.UPDATE,
            ANSWERS_WITH_WHAT_WAS_ASKED),
        new Broken(
            "aDeletedResourceIsNotListed",
            "nothing is deleted",
            Action.DELETE,
            DOES_NOTHING_AND_SUCCEEDS),
        new Broken(
            "theNamesOfADeletedResourceAreFree",
            "nothing is deleted",
            Action.DELETE,
            DOES_NOTHING_AND_SUCCEEDS),
        new Broken(
            "anUpdatedResourceReadsAsUpdatedUnderTheSameIdentifier",
            "nothing is updated",
            Action.UPDATE,
            ANSWERS_WITH_WHAT_WAS_ASKED),
        new Broken(
            "anUpdatedResourceReadsAsUpdatedUnderTheSameIdentifier",
            "the identifier is another one",
            Action.UPDATE,
            inModels(model -> model.put("EndpointArn", model.get("EndpointArn").asText() + "-2"))),
        new Broken(
            "anUpdatedResourceReadsAsUpdatedUnderTheSameIdentifier",
            "the tags stay as they were",
            Action.UPDATE,
            (request, handler) -> {
              properties(request).set("Tags", previousProperties(request).get("Tags"));
              return handler.apply(request);
            }),
        new Broken(
            "anUpdatedResourceIsStillListed",
            "it is deleted",
            Action.UPDATE,
            (request, handler) -> {
              var event = handler.apply(request.put("action", Action.DELETE.name()));
              return event.path("status").asText().equals("SUCCESS")
                  ? ANSWERS_WITH_WHAT_WAS_ASKED.answer(request, handler)
                  : event;
            }),
        new Broken(
            "whatWasNeverCreatedCantBeUpdatedReadOrDeleted",
            "it is updated",
            Action.UPDATE,
            ANSWERS_WITH_WHAT_WAS_ASKED),
        new Broken(
            "whatWasNeverCreatedCantBeUpdatedReadOrDeleted",
            "it is made",
            Action.UPDATE,
            (request, handler) -> handler.apply(request.put("action", Action.CREATE.name()))),
        new Broken(
            "whatWasNeverCreatedCantBeUpdatedReadOrDeleted",
            "it is read",
            Action.READ,
            ANSWERS_WITH_WHAT_WAS_ASKED),
        new Broken(
            "whatWasNeverCreatedCantBeUpdatedReadOrDeleted",
            "it is deleted",
            Action.DELETE,
            CALLS_WHAT_IS_MISSING_A_SUCCESS),
        new Broken(
            "aRepeatedCreateWithTheSameTokenMakesNothingTwice",
            "the token is not looked at",
            Action.CREATE,
            (request, handler) ->
                handler.apply(
                    request.get("callbackContext").isNull()
                        ? request.put("bearerToken", UUID.randomUUID().toString())
                        : request)),
        new Broken(
            "aCreateWithAnotherTokenOfWhatIsThereAlreadyExists",
            "every token is the same",
            Action.CREATE,
            (request, handler) -> handler.apply(request.put("bearerToken", "one-for-all"))),
        new Broken(
            "aModelThatTheSchemaDoesNotAllowIsAnInvalidRequestAndMakesNothing",
            "what is not allowed is dropped",
            Action.CREATE,
            DROPS_WHAT_THE_SCHEMA_REFUSES),
        new Broken(
            "anUpdateToSuchAModelIsAnInvalidRequestAndChangesNothing",
            "what is not allowed is dropped",
            Action.UPDATE,
            DROPS_WHAT_THE_SCHEMA_REFUSES),
        new Broken(
            "aCreateOnlyPropertyIsNotUpdatable",
            "it is not looked at",
            Action.UPDATE,
            (request, handler) -> {
              for (var name :
                  List.of("EndpointIdentifier", "ResourceIdentifier", "RoleName", "PolicyName")) {
                properties(request).set(name, previousProperties(request).get(name));
              }
              return handler.apply(request);
            }),
        new Broken(
            "readOnlyPropertiesCantBeGivenByAnybodyElse",
            "they come back as given",
            Action.UPDATE,
            (request, handler) -> {
              var given = properties(request).deepCopy();
              return inModels(model -> model.set("ExternalId", given.get("ExternalId")))
                  .answer(request, handler);
            }),
        new Broken(
            "writeOnlyPropertiesAreInNoAnswer",
            "they come back as given",
            Action.CREATE,
            inModels(model -> model.put("ExtraConnectionAttributes", "maxErrors=7"))));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void itsTestFails(Broken broken) throws ReflectiveOperationException {
    var test =
        new ContractTest() {
          @Override
          Provider heldToTheContract(Provider provider) {
            return between(provider, broken);
          }
        };
    try {
      var rule = ContractTest.class.getDeclaredMethod(broken.rule());
      var failure = catchThrowable(() -> rule.invoke(test));
      assertThat(failure).as(broken.toString()).isInstanceOf(InvocationTargetException.class);
      assertThat(failure.getCause()).isInstanceOfAny(AssertionError.class, ContractBreach.class);
    } finally {
      test.close();
    }
  }

  @Test
  void noTestIsLeftOut() {
    assertThat(broken().map(Broken::rule).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ContractTest.class.getDeclaredMethods())
                .filter(m -> m.isAnnotationPresent(Test.class))
                .map(m -> m.getName())
                .toList());
  }

  private static Provider between(Provider provider, Broken broken) {
    return (function, event) -> {
      var request = parsed(event);
      return request.get("action").asText().equals(broken.handler().name())
          ? Json.bytes(
              broken.fault().answer(request, r -> parsed(provider.invoke(function, Json.bytes(r)))))
          : provider.invoke(function, event);
    };
  }

  private static Fault inModels(UnaryOperator<ObjectNode> change) {
    return (request, handler) -> {
      var event = handler.apply(request);
      if (event.get("resourceModel") instanceof ObjectNode model
          && event.get("status").asText().equals("SUCCESS")) {
        event.set("resourceModel", change.apply(model));
      }
      return event;
    };
  }

  private static ObjectNode properties(ObjectNode request) {
    return request.withObject("/requestData/resourceProperties");
  }

  private static ObjectNode previousProperties(ObjectNode request) {
    return request.withObject("/requestData/previousResourceProperties");
  }

  private static ObjectNode success() {
    return Json.object().put("status", "SUCCESS");
  }

  private static ObjectNode failed(HandlerErrorCode code) {
    return Json.object()
        .put("status", "FAILED")
        .put("errorCode", code.name())
        .put("message", "It is so.");
  }

  private static ObjectNode parsed(byte[] json) {
    try {
      return (ObjectNode) Json.parse(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
