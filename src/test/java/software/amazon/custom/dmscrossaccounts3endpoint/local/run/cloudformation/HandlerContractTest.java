package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

class HandlerContractTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ResourceSchema SCHEMA = ResourceSchema.ofThisType();
  private static final StackOperation CREATE = StackOperation.create(Answers.template());
  private static final StackOperation DELETE = StackOperation.delete(Answers.model());
  private static final StackOperation READ = StackOperation.read(Answers.model());

  @Test
  void eventsThatKeepTheContractAreTaken() {
    assertThat(accepted(CREATE, Answers.inProgress(3, "handshake")).delay()).hasSeconds(3);
    assertThat(accepted(CREATE, Answers.success()).model()).contains(Answers.model());
    assertThat(accepted(DELETE, Answers.deleted()).model()).isEmpty();
    assertThat(accepted(READ, Answers.failed(HandlerErrorCode.NotFound)).errorCode())
        .contains(HandlerErrorCode.NotFound);
    assertThat(accepted(StackOperation.list(), Answers.page(Answers.ARN, "next")).nextToken())
        .contains("next");
  }

  @Test
  void anAnswerThatIsNotJsonIsABreach() {
    assertThat(breach(CREATE, "Internal error"))
        .isEqualTo(ContractRule.ANSWERS_WITH_A_PROGRESS_EVENT);
  }

  @Test
  void anAnswerOfUnknownStatusIsABreach() {
    assertThat(breach(CREATE, Answers.success().put("status", "PENDING")))
        .isEqualTo(ContractRule.ANSWERS_WITH_A_PROGRESS_EVENT);
    assertThat(breach(CREATE, "[]")).isEqualTo(ContractRule.ANSWERS_WITH_A_PROGRESS_EVENT);
  }

  @Test
  void aNullAnywhereIsABreach() {
    var event = Answers.success();
    event.withObject("/resourceModel/S3Settings").putNull("BucketFolder");

    assertThat(breach(CREATE, event)).isEqualTo(ContractRule.SENDS_NO_NULLS);
  }

  @Test
  void aNullInAListIsABreach() {
    var event = Answers.success();
    event.withObject("/resourceModel").withArray("Tags").addNull();

    assertThat(breach(CREATE, event)).isEqualTo(ContractRule.SENDS_NO_NULLS);
  }

  @Test
  void aSecretAnywhereIsABreachThatDoesNotRepeatIt() {
    var event = Answers.inProgress(0, "as hush-hush");

    var breach =
        catchThrowableOfType(
            ContractBreach.class,
            () ->
                new HandlerContract(SCHEMA, CREATE)
                    .accept(Json.bytes(event), NOW, NOW, List.of("", "hush-hush")));

    assertThat(breach.rule()).isEqualTo(ContractRule.SENDS_NO_SECRETS);
    assertThat(breach).hasMessageNotContaining("hush-hush");
  }

  @Test
  void anAccessKeyIdAnywhereIsABreach() {
    var event = Answers.failed(HandlerErrorCode.AccessDenied);
    event.put("message", "User ASIA1234567890ABCDEF may not");

    assertThat(breach(CREATE, event)).isEqualTo(ContractRule.SENDS_NO_SECRETS);
  }

  @Test
  void anInvocationOfMoreThanAMinuteIsABreach() {
    assertThat(breachAfter(60, CREATE, Answers.success())).isNull();
    assertThat(breachAfter(61, CREATE, Answers.success())).isEqualTo(ContractRule.ANSWERS_IN_TIME);
  }

  @Test
  void aReadOfMoreThanHalfAMinuteIsABreach() {
    assertThat(breachAfter(30, READ, Answers.success())).isNull();
    assertThat(breachAfter(31, READ, Answers.success())).isEqualTo(ContractRule.ANSWERS_IN_TIME);
  }

  @Test
  void progressWithoutTheIdentifierIsABreach() {
    var event = Answers.inProgress(0, "role");
    event.set("resourceModel", Answers.template());
    assertThat(breach(CREATE, event)).isEqualTo(ContractRule.NAMES_THE_RESOURCE);

    event.remove("resourceModel");
    assertThat(breach(CREATE, event)).isEqualTo(ContractRule.NAMES_THE_RESOURCE);
  }

  @Test
  void successWithoutTheIdentifierIsABreach() {
    var event = Answers.success();
    event.withObject("/resourceModel").remove("EndpointArn");

    assertThat(breach(CREATE, event)).isEqualTo(ContractRule.NAMES_THE_RESOURCE);
  }

  @Test
  void aListedModelWithoutTheIdentifierIsABreach() {
    assertThat(breach(StackOperation.list(), Answers.page("", null)))
        .isEqualTo(ContractRule.NAMES_THE_RESOURCE);
  }

  @Test
  void anIdentifierThatChangesBetweenEventsIsABreach() {
    var contract = new HandlerContract(SCHEMA, CREATE);
    contract.accept(Json.bytes(Answers.inProgress(0, "role")), NOW, NOW, List.of());
    var event = Answers.success();
    event.withObject("/resourceModel").put("EndpointArn", Answers.ARN + "2");

    var breach =
        catchThrowableOfType(
            ContractBreach.class, () -> contract.accept(Json.bytes(event), NOW, NOW, List.of()));

    assertThat(breach.rule()).isEqualTo(ContractRule.KEEPS_THE_IDENTIFIER);
  }

  @Test
  void anIdentifierOtherThanTheOneAskedForIsABreach() {
    var event = Answers.success();
    event.withObject("/resourceModel").put("EndpointArn", Answers.ARN + "2");

    assertThat(breach(READ, event)).isEqualTo(ContractRule.KEEPS_THE_IDENTIFIER);
  }

  @Test
  void aModelAfterASuccessfulDeleteIsABreach() {
    assertThat(breach(DELETE, Answers.success())).isEqualTo(ContractRule.DELETES_THE_MODEL);
  }

  @Test
  void aReadOrListInProgressIsABreach() {
    assertThat(breach(READ, Answers.inProgress(0, "wait")))
        .isEqualTo(ContractRule.READS_AND_LISTS_AT_ONCE);
    assertThat(breach(StackOperation.list(), Answers.inProgress(0, "wait")))
        .isEqualTo(ContractRule.READS_AND_LISTS_AT_ONCE);
  }

  @Test
  void aListWithoutModelsIsABreach() {
    assertThat(breach(StackOperation.list(), Answers.deleted()))
        .isEqualTo(ContractRule.LISTS_MODELS);
  }

  @Test
  void modelsOutsideAListAreABreach() {
    assertThat(breach(READ, Answers.page(Answers.ARN, null))).isEqualTo(ContractRule.LISTS_MODELS);
  }

  @Test
  void aWriteOnlyPropertyInAFinalModelIsABreach() {
    var event = Answers.success();
    event.withObject("/resourceModel").put("ExtraConnectionAttributes", "a=b");
    assertThat(breach(CREATE, event)).isEqualTo(ContractRule.HIDES_WRITE_ONLY_PROPERTIES);

    var page = Answers.page(Answers.ARN, null);
    page.withObject("/resourceModels/0").put("ExtraConnectionAttributes", "a=b");
    assertThat(breach(StackOperation.list(), page))
        .isEqualTo(ContractRule.HIDES_WRITE_ONLY_PROPERTIES);
  }

  @Test
  void aModelThatTheSchemaDoesNotAllowIsABreach() {
    var event = Answers.success();
    event.withObject("/resourceModel/S3Settings").put("DataFormat", "CSV");

    assertThat(breach(READ, event)).isEqualTo(ContractRule.RETURNS_VALID_MODELS);
  }

  @Test
  void aChangedPropertyIsABreach() {
    var event = Answers.success();
    event.withObject("/resourceModel/S3Settings").put("BucketName", "other-bucket");

    assertThat(breach(CREATE, event)).isEqualTo(ContractRule.RETURNS_WHAT_WENT_IN);
    assertThat(breach(READ, event)).as("a read shows what is there").isNull();
  }

  @Test
  void aLostTagIsABreachInAnyOrderOfTags() {
    var template = Answers.template();
    template.withArray("Tags").addObject().put("Key", "b").put("Value", "2");
    var operation = StackOperation.create(template);
    assertThat(breach(operation, Answers.success())).isEqualTo(ContractRule.RETURNS_WHAT_WENT_IN);

    var event = Answers.success();
    event
        .withObject("/resourceModel")
        .withArray("Tags")
        .insertObject(0)
        .put("Key", "b")
        .put("Value", "2");
    assertThat(breach(operation, event)).isNull();
  }

  @Test
  void anUnaskedTagIsABreachUnlessTheStackHasTags() {
    var event = Answers.success();
    event
        .withObject("/resourceModel")
        .withArray("Tags")
        .addObject()
        .put("Key", "team")
        .put("Value", "x");

    assertThat(breach(CREATE, event)).isEqualTo(ContractRule.RETURNS_WHAT_WENT_IN);
    assertThat(breach(CREATE.withStackTags(Map.of("team", "x"), Map.of()), event)).isNull();
  }

  @Test
  void emptyAndAbsentAreTheSame() {
    var template = Answers.template();
    template.withArray("Tags").removeAll();
    var event = Answers.success();
    event.withObject("/resourceModel").remove("Tags");

    assertThat(breach(StackOperation.create(template), event)).isNull();
  }

  @Test
  void aFailureWithoutAKnownCodeOrAMessageIsABreach() {
    var event = Answers.failed(HandlerErrorCode.AccessDenied);
    assertThat(breach(CREATE, event.deepCopy().put("errorCode", "Oops")))
        .isEqualTo(ContractRule.EXPLAINS_FAILURES);
    assertThat(breach(CREATE, event.deepCopy().put("message", " ")))
        .isEqualTo(ContractRule.EXPLAINS_FAILURES);
    event.remove("errorCode");
    assertThat(breach(CREATE, event)).isEqualTo(ContractRule.EXPLAINS_FAILURES);
  }

  @Test
  void aCodeWithoutAFailureIsABreach() {
    assertThat(breach(CREATE, Answers.success().put("errorCode", "Throttling")))
        .isEqualTo(ContractRule.HAS_NO_CODE_WITHOUT_FAILURE);
    assertThat(breach(CREATE, Answers.inProgress(0, "x").put("errorCode", "Throttling")))
        .isEqualTo(ContractRule.HAS_NO_CODE_WITHOUT_FAILURE);
  }

  @Test
  void aDelayAtTheEndOrBelowZeroIsABreach() {
    assertThat(breach(CREATE, Answers.success().put("callbackDelaySeconds", 1)))
        .isEqualTo(ContractRule.HAS_NO_DELAY_AT_THE_END);
    assertThat(
            breach(
                CREATE, Answers.failed(HandlerErrorCode.Throttling).put("callbackDelaySeconds", 1)))
        .isEqualTo(ContractRule.HAS_NO_DELAY_AT_THE_END);
    assertThat(breach(CREATE, Answers.inProgress(-1, "x")))
        .isEqualTo(ContractRule.HAS_NO_DELAY_AT_THE_END);
  }

  private static Event accepted(StackOperation operation, JsonNode event) {
    return new HandlerContract(SCHEMA, operation).accept(Json.bytes(event), NOW, NOW, List.of());
  }

  private static ContractRule breach(StackOperation operation, ObjectNode event) {
    return breach(operation, event.toString());
  }

  private static ContractRule breach(StackOperation operation, String answer) {
    return breachAfter(0, operation, answer);
  }

  private static ContractRule breachAfter(int seconds, StackOperation operation, ObjectNode event) {
    return breachAfter(seconds, operation, event.toString());
  }

  /** The rule that the answer breaks, or null when it keeps them all. */
  private static ContractRule breachAfter(int seconds, StackOperation operation, String answer) {
    try {
      new HandlerContract(SCHEMA, operation)
          .accept(
              answer.getBytes(StandardCharsets.UTF_8), NOW, NOW.plusSeconds(seconds), List.of());
      return null;
    } catch (ContractBreach e) {
      return e.rule();
    }
  }
}
