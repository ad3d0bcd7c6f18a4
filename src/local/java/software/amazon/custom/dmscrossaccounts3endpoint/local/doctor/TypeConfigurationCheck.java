package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudformation.model.BatchDescribeTypeConfigurationsResponse;
import software.amazon.awssdk.services.cloudformation.model.ThirdPartyType;
import software.amazon.awssdk.services.cloudformation.model.TypeConfigurationDetails;
import software.amazon.awssdk.services.cloudformation.model.TypeConfigurationIdentifier;
import software.amazon.awssdk.services.cloudformation.model.TypeConfigurationNotFoundException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Whether the registry holds the type configuration that the user gave. */
record TypeConfigurationCheck(Examination examination) implements Check {

  private static final String ACTION = "cloudformation:BatchDescribeTypeConfigurations";

  @Override
  public List<Finding> findings() {
    var subject = Subject.ofNone("type configuration");
    return subject.look(
        () -> examination.registration().described().isEmpty() ? List.of() : compare(subject));
  }

  private List<Finding> compare(Subject subject) {
    var file = examination.remedies().file();
    var set = examination.remedies().setTypeConfiguration(examination.caller().account());
    try {
      var answer = ask();
      var held =
          answer.typeConfigurations().stream()
              .map(TypeConfigurationDetails::configuration)
              .filter(text -> text != null && !text.isBlank())
              .findFirst();
      if (held.isEmpty()) {
        return List.of(
            subject.broken(
                answer.errors().stream()
                    .map(error -> ": " + error.errorMessage())
                    .findFirst()
                    .map("the registry shows none"::concat)
                    .orElse("the registry has none"),
                set));
      }
      var registered = Json.object(held.get());
      var differences = differences(registered, examination.configuration());
      return List.of(
          differences.isEmpty()
              ? subject.ok("that of " + file + notCompared(registered))
              : subject.broken(
                  "the registry's differs from %s in %s"
                      .formatted(file, String.join(", ", differences)),
                  set));
    } catch (AwsCallException e) {
      if (e.is(TypeConfigurationNotFoundException.class)) {
        return List.of(subject.broken("the registry has none", set));
      }
      throw e;
    } catch (IllegalArgumentException e) {
      // The registry checks what it is given: this is nothing that a user could mend.
      return List.of(subject.unknown("not checked: the registry's is " + e.getMessage()));
    }
  }

  private BatchDescribeTypeConfigurationsResponse ask() {
    var identifier =
        TypeConfigurationIdentifier.builder()
            .type(ThirdPartyType.RESOURCE)
            .typeName(examination.remedies().typeName())
            .typeConfigurationAlias("default")
            .build();
    try (var cloudFormation =
        examination.clients().cloudFormation(examination.caller().credentials())) {
      return AwsCalls.made(
          ACTION,
          examination.caller().arn(),
          () ->
              cloudFormation.batchDescribeTypeConfigurations(
                  r -> r.typeConfigurationIdentifiers(identifier)));
    }
  }

  /**
   * Returns where two configurations differ, without their values; the order of environments is
   * none. Dynamic references of the registered one are not resolved, and so not compared.
   */
  private static List<String> differences(JsonNode registered, JsonNode other) {
    var first = parts(registered);
    var second = parts(other);
    var places = new TreeSet<String>();
    places.addAll(first.keySet());
    places.addAll(second.keySet());
    return places.stream()
        .filter(place -> !first.getOrDefault(place, NOTHING).equals(second.get(place)))
        .filter(place -> !hasReference(first.getOrDefault(place, NOTHING)))
        .toList();
  }

  private static String notCompared(JsonNode registered) {
    var places =
        parts(registered).entrySet().stream()
            .filter(part -> hasReference(part.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return places.isEmpty()
        ? ""
        : "; not compared, because the registry has dynamic references there: "
            + String.join(", ", places);
  }

  private static boolean hasReference(JsonNode value) {
    return value.toString().contains("\"{{resolve:");
  }

  private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

  private static TreeMap<String, JsonNode> parts(JsonNode configuration) {
    var parts = new TreeMap<String, JsonNode>();
    configuration
        .properties()
        .forEach(
            property -> {
              if (!property.getKey().equals("Environments")) {
                parts.put(property.getKey(), property.getValue());
              }
            });
    for (var environment : configuration.path("Environments")) {
      environment
          .properties()
          .forEach(
              property ->
                  parts.put(
                      "Environments.%s.%s"
                          .formatted(environment.path("Name").asText(), property.getKey()),
                      property.getValue()));
    }
    return parts;
  }
}
