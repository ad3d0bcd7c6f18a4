package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.arns.Arn;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Migrates endpoints that were made by hand, from what DMS tells of them. */
final class EndpointMigration {
  private EndpointMigration() {}

  /**
   * Migrates.
   *
   * @param source an answer of {@code aws dms describe-endpoints}
   * @throws MigrationRefused when there is no S3 target endpoint in it
   */
  static MigrationFiles migrate(String name, SourceText source, MigrationOptions options) {
    var remarks = new ArrayList<Remark>();
    var found = new LinkedHashMap<String, DescribedEndpoint>();
    var answer = json(source);
    var parts = source.root().get("Endpoints").orElseThrow().items();
    for (var i = 0; i < parts.size(); i++) {
      var endpoint = answer.get("Endpoints").get(i);
      if (isS3Target(endpoint)) {
        var id = logicalId(endpoint.path("EndpointIdentifier").asText(), found.keySet());
        found.put(id, new DescribedEndpoint(id, endpoint, parts.get(i), options, remarks));
      } else {
        remarks.add(
            new Remark(
                Remark.Kind.LEFT_OUT,
                endpoint.path("EndpointIdentifier").asText("Endpoints[" + i + "]"),
                parts.get(i).line(),
                "not touched: a %s endpoint of engine %s, not an S3 target"
                    .formatted(
                        endpoint.path("EndpointType").asText("").toLowerCase(Locale.ROOT),
                        endpoint.path("EngineName").asText("?"))));
      }
    }
    if (found.isEmpty()) {
      throw new MigrationRefused("no S3 target endpoint in it");
    }
    var region = region(found, options);
    if (options.typeName().startsWith("AWS::")) {
      remarks.add(TypeNameRemark.of(options.typeName()));
    }
    remarks.add(
        new Remark(
            Remark.Kind.CHECK,
            "Tags",
            0,
            "describe-endpoints tells no tags; those that the endpoints have stay, and the template"
                + " need not have them"));
    var files = new LinkedHashMap<String, String>();
    files.put("step-1-import.yaml", template(found, options, Map.of()));
    files.put(
        "template.yaml", template(found, options, Map.of(options.tagKey(), options.tagValue())));
    var list = (ArrayNode) Json.tree(List.of());
    found.forEach(
        (id, e) -> list.add(Json.tree(ImportedResource.of(options.typeName(), id, e.arn()))));
    files.put(Commands.RESOURCES, Json.pretty(list) + "\n");
    files.put(Commands.FILE, Commands.ofEndpoints(options, region));
    files.put(Report.FILE, Report.page(name, remarks));
    return new MigrationFiles(files, List.copyOf(remarks));
  }

  private static JsonNode json(SourceText source) {
    try {
      if (source.isJson()) {
        return Json.parse(source.text().getBytes(StandardCharsets.UTF_8));
      }
    } catch (JsonProcessingException e) {
      throw new MigrationRefused("not JSON: " + e.getOriginalMessage());
    }
    throw new MigrationRefused("endpoints are read as JSON: give the AWS CLI --output json");
  }

  private static boolean isS3Target(JsonNode endpoint) {
    return endpoint.path("EngineName").asText().equalsIgnoreCase("s3")
        && endpoint.path("EndpointType").asText().equalsIgnoreCase("target");
  }

  private static String logicalId(String identifier, Set<String> taken) {
    var id = new StringBuilder();
    for (var word : identifier.split("[^A-Za-z0-9]+")) {
      if (!word.isEmpty()) {
        id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    var unique = id.toString();
    for (var i = 2; taken.contains(unique); i++) {
      unique = id.toString() + i;
    }
    return unique;
  }

  private static String region(Map<String, DescribedEndpoint> found, MigrationOptions options) {
    var regions = new TreeSet<String>();
    found.values().forEach(e -> regions.add(Arn.fromString(e.arn()).region().orElse("")));
    if (regions.size() > 1) {
      throw new MigrationRefused("endpoints of more than one Region: " + regions);
    }
    var region = regions.first();
    if (options.region() != null && !options.region().equals(region)) {
      throw new MigrationRefused(
          "--region: the endpoints are in %s, not in %s".formatted(region, options.region()));
    }
    return region;
  }

  private static String template(
      Map<String, DescribedEndpoint> found, MigrationOptions options, Map<String, String> tags) {
    var text =
        new StringBuilder(
            """
            AWSTemplateFormatVersion: "2010-09-09"
            Description: DMS endpoints that write to an S3 bucket in another account

            Resources:
            """);
    var first = true;
    for (var endpoint : found.values()) {
      text.append(first ? "" : "\n").append(endpoint.text(options.typeName(), tags));
      first = false;
    }
    return text.toString();
  }
}
