package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * Whether an endpoint's role may do what its policy says: its boundary, or an SCP, may not let it.
 * What policies of bucket and key say is not looked at.
 */
record WritePermissionsCheck(InspectedEndpoint inspected) implements Check {

  @Override
  public List<Finding> findings() {
    return inspected.subject().look(this::ask);
  }

  private List<Finding> ask() {
    var simulation =
        new PolicySimulation(inspected.iam(), inspected.reader(), inspected.roleArn())
            .in(
                Map.of(
                    "aws:RequestedRegion",
                    inspected.examination().region(),
                    "aws:SecureTransport",
                    "true"));
    wanted().forEach(simulation::of);
    var finding =
        simulation.finding(
            inspected.subject(),
            "",
            inspected.remedies().dataLakeAccount(inspected.account(), "BucketArns=ARNS"));
    return finding.verdict() == Verdict.OK ? List.of() : List.of(finding);
  }

  /** The actions of the policy, by resource. */
  private Map<String, TreeSet<String>> wanted() {
    var wanted = new LinkedHashMap<String, TreeSet<String>>();
    for (var statement : Json.object(inspected.resource().policyDocument()).path("Statement")) {
      texts(statement.path("Resource"))
          .forEach(
              resource ->
                  texts(statement.path("Action"))
                      .forEach(
                          action ->
                              wanted
                                  .computeIfAbsent(example(resource), r -> new TreeSet<>())
                                  .add(action)));
    }
    return wanted;
  }

  private static List<String> texts(JsonNode value) {
    var texts =
        value.isArray() ? StreamSupport.stream(value.spliterator(), false) : Stream.of(value);
    return texts.map(JsonNode::asText).toList();
  }

  /** One of the resources that a pattern means. */
  private String example(String pattern) {
    var parts = pattern.split(":", 6);
    if (parts[3].equals("*")) {
      parts[3] = inspected.examination().region();
    }
    return String.join(":", parts).replace("*", "doctor");
  }
}
