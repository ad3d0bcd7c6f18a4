package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.cloudformation.proxy.OperationStatus;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * Holds the answers of one operation to the handler contract. It remembers the identifier that the
 * operation has shown so far, in lost answers too.
 */
public final class HandlerContract {
  private static final Duration TIME_TO_READ = Duration.ofSeconds(30);
  private static final Duration TIME_TO_WRITE = Duration.ofSeconds(60);
  private static final Pattern ACCESS_KEY_ID = Pattern.compile("\\bA[KS]IA[A-Z0-9]{12,}\\b");

  private final ResourceSchema schema;
  private final StackOperation operation;
  private final ModelEcho echo;
  private String identifier;

  /**
   * Watches an operation.
   *
   * @param operation the operation that the answers belong to
   */
  public HandlerContract(ResourceSchema schema, StackOperation operation) {
    this.schema = schema;
    this.operation = operation;
    this.echo = new ModelEcho(schema, !operation.stackTags().isEmpty());
    this.identifier = schema.identifierOf(operation.properties()).orElse(null);
  }

  /**
   * Takes an answer that keeps the contract.
   *
   * @param secrets what must not be in any answer
   * @throws ContractBreach when it breaks a rule, the first one that it breaks
   */
  public Event accept(byte[] answer, Instant asked, Instant answered, Collection<String> secrets) {
    refuseSecrets(new String(answer, StandardCharsets.UTF_8), secrets);
    var event = new Event(answered, parse(answer));
    refuseNulls("", event.json());
    checkTime(Duration.between(asked, answered));
    checkModelsAreOfAList(event);
    switch (event.status()) {
      case IN_PROGRESS -> checkProgress(event);
      case SUCCESS -> checkSuccess(event);
      default -> checkFailure(event);
    }
    return event;
  }

  private static void refuseSecrets(String answer, Collection<String> secrets) {
    for (var secret : secrets) {
      if (!secret.isEmpty() && answer.contains(secret)) {
        throw new ContractBreach(ContractRule.SENDS_NO_SECRETS, "it holds a secret of a session");
      }
    }
    if (ACCESS_KEY_ID.matcher(answer).find()) {
      throw new ContractBreach(ContractRule.SENDS_NO_SECRETS, "it holds an access key id");
    }
  }

  private static ObjectNode parse(byte[] answer) {
    JsonNode json;
    try {
      json = Json.parse(answer);
    } catch (JsonProcessingException e) {
      throw new ContractBreach(
          ContractRule.ANSWERS_WITH_A_PROGRESS_EVENT, "not JSON: " + e.getOriginalMessage());
    }
    var status = json.path("status").asText();
    if (json instanceof ObjectNode event
        && (status.equals(OperationStatus.IN_PROGRESS.name())
            || status.equals(OperationStatus.SUCCESS.name())
            || status.equals(OperationStatus.FAILED.name()))) {
      return event;
    }
    throw new ContractBreach(ContractRule.ANSWERS_WITH_A_PROGRESS_EVENT, json.toString());
  }

  private static void refuseNulls(String path, JsonNode node) {
    if (node.isNull()) {
      throw new ContractBreach(ContractRule.SENDS_NO_NULLS, path + " is null");
    }
    node.properties().forEach(field -> refuseNulls(path + "/" + field.getKey(), field.getValue()));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        refuseNulls(path + "/" + i, node.get(i));
      }
    }
  }

  private void checkTime(Duration taken) {
    var limit = isReadOrList() ? TIME_TO_READ : TIME_TO_WRITE;
    if (taken.compareTo(limit) > 0) {
      throw new ContractBreach(
          ContractRule.ANSWERS_IN_TIME,
          operation.action() + " took " + taken.toSeconds() + " s of " + limit.toSeconds() + " s");
    }
  }

  private void checkModelsAreOfAList(Event event) {
    var mayHave = operation.action() == Action.LIST && event.status() == OperationStatus.SUCCESS;
    if (event.json().path("resourceModels").isArray() != mayHave) {
      throw breach(ContractRule.LISTS_MODELS, event);
    }
  }

  private void checkProgress(Event event) {
    if (isReadOrList()) {
      throw breach(ContractRule.READS_AND_LISTS_AT_ONCE, event);
    }
    refuseErrorCode(event);
    if (event.delay().isNegative()) {
      throw breach(ContractRule.HAS_NO_DELAY_AT_THE_END, event);
    }
    checkIdentifier(event, event.model());
  }

  private void checkSuccess(Event event) {
    refuseErrorCode(event);
    refuseDelay(event);
    switch (operation.action()) {
      case DELETE -> {
        if (event.json().has("resourceModel")) {
          throw breach(ContractRule.DELETES_THE_MODEL, event);
        }
      }
      case LIST -> checkListed(event);
      default -> checkFinalModel(event);
    }
  }

  private void checkListed(Event event) {
    for (var model : event.models()) {
      if (schema.identifierOf(model).isEmpty()) {
        throw breach(ContractRule.NAMES_THE_RESOURCE, event);
      }
      refuseWriteOnlyProperties(model);
    }
  }

  private void checkFinalModel(Event event) {
    checkIdentifier(event, event.model());
    var model = event.model().orElseThrow();
    refuseWriteOnlyProperties(model);
    var violations = schema.violations(model);
    if (!violations.isEmpty()) {
      throw new ContractBreach(
          ContractRule.RETURNS_VALID_MODELS, String.join("; ", violations) + " in " + model);
    }
    if (operation.action() != Action.READ) {
      var differences = echo.differences(operation.properties(), model);
      if (!differences.isEmpty()) {
        throw new ContractBreach(
            ContractRule.RETURNS_WHAT_WENT_IN,
            String.join(", ", differences)
                + " of "
                + schema.readableAndWritable(operation.properties())
                + " came back in "
                + model);
      }
    }
  }

  private void checkFailure(Event event) {
    refuseDelay(event);
    var code = event.json().path("errorCode").asText();
    for (var known : HandlerErrorCode.values()) {
      if (known.name().equals(code) && !event.message().isBlank()) {
        return;
      }
    }
    throw breach(ContractRule.EXPLAINS_FAILURES, event);
  }

  private void checkIdentifier(Event event, Optional<ObjectNode> model) {
    var shown =
        model
            .flatMap(schema::identifierOf)
            .orElseThrow(() -> breach(ContractRule.NAMES_THE_RESOURCE, event));
    if (identifier != null && !identifier.equals(shown)) {
      throw new ContractBreach(
          ContractRule.KEEPS_THE_IDENTIFIER, "it was " + identifier + ", it became " + shown);
    }
    identifier = shown;
  }

  private void refuseWriteOnlyProperties(ObjectNode model) {
    var found = schema.writeOnlyPropertiesIn(model);
    if (!found.isEmpty()) {
      throw new ContractBreach(ContractRule.HIDES_WRITE_ONLY_PROPERTIES, String.join(", ", found));
    }
  }

  private static void refuseErrorCode(Event event) {
    if (event.json().has("errorCode")) {
      throw breach(ContractRule.HAS_NO_CODE_WITHOUT_FAILURE, event);
    }
  }

  private static void refuseDelay(Event event) {
    if (!event.delay().isZero()) {
      throw breach(ContractRule.HAS_NO_DELAY_AT_THE_END, event);
    }
  }

  private boolean isReadOrList() {
    return operation.action() == Action.READ || operation.action() == Action.LIST;
  }

  private static ContractBreach breach(ContractRule rule, Event event) {
    return new ContractBreach(rule, event.json().toString());
  }
}
