package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import software.amazon.awssdk.arns.Arn;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Identifiers;

/**
 * Migration to the type, of a template with Lambda-backed custom resources, or of endpoints that
 * were made by hand.
 */
public final class Migration {
  /** Most resources that one import takes (CreateChangeSet, API reference). */
  private static final int MAX_IMPORT = 200;

  /** Longest template that is given as text, in bytes (CloudFormation User Guide, quotas). */
  private static final int MAX_TEMPLATE = 51_200;

  /** Attributes that resources of every type have. */
  private static final Set<String> KNOWN_ATTRIBUTES =
      Set.of(
          "Type",
          "Properties",
          "DependsOn",
          "Condition",
          "Metadata",
          "DeletionPolicy",
          "UpdateReplacePolicy");

  private final MigrationOptions options;
  private final List<Row> rows = new ArrayList<>();
  private final List<Node> identifiers = new ArrayList<>();
  private final Map<String, String> arns = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();

  private Migration(MigrationOptions options) {
    this.options = options;
  }

  /**
   * Migrates.
   *
   * @param name of the input, for the report
   * @param text a template in YAML or JSON, or an answer of {@code aws dms describe-endpoints}
   * @throws MigrationRefused when it is neither, or has nothing in it that can be migrated
   */
  public static MigrationResult of(String name, String text, MigrationOptions options) {
    var names = options.environments();
    if (options.environment() != null
        && !names.isEmpty()
        && !names.contains(options.environment())) {
      throw new MigrationRefused(
          "--environment: %s is none of the type configuration: %s"
              .formatted(options.environment(), String.join(", ", names)));
    }
    var root = NodeReader.read(text);
    var migration = new Migration(options);
    if (!Nodes.items(Nodes.get(root, "Endpoints").orElse(root)).isEmpty()) {
      return migration.endpoints(name, root);
    }
    if (Nodes.tuples(Nodes.get(root, "Resources").orElse(Nodes.scalar(""))).isEmpty()) {
      throw new MigrationRefused(
          "neither a template nor an answer of aws dms describe-endpoints: it has no Resources and"
              + " no Endpoints");
    }
    return migration.template(name, root);
  }

  private MigrationResult template(String name, Node root) {
    var standIns = new StandIns(root);
    var resources = new CustomResources(root, standIns);
    var template = new NewTemplate(root, resources.all().keySet(), standIns);
    for (var tuple : Nodes.tuples(Nodes.get(root, "Resources").orElseThrow())) {
      var id = Nodes.text(tuple.getKeyNode());
      if (resources.all().containsKey(id)) {
        var properties = Nodes.get(tuple.getValueNode(), "Properties").orElseThrow();
        var endpoint =
            new EndpointTranslation(
                id, Nodes.line(tuple.getKeyNode()), properties, false, options, template);
        rows.addAll(endpoint.rows());
        texts.put(
            id,
            endpoint.text(
                attributes(id, tuple.getValueNode(), template, resources.all().keySet())));
        arns.put(id, "@" + id + "@");
        identifiers.add(identifier(properties));
      }
    }
    rows.addAll(resources.rows());
    rows.addAll(resources.localCode());
    return result(name, template, resources, options.region());
  }

  /** Returns what a resource has beside type, policies and properties. */
  private Map<String, Node> attributes(
      String id, Node resource, NewTemplate template, Set<String> ids) {
    var kept = new LinkedHashMap<String, Node>();
    for (var tuple : Nodes.tuples(resource)) {
      var attribute = Nodes.text(tuple.getKeyNode());
      var value = tuple.getValueNode();
      if (attribute.equals("Condition")) {
        template.useCondition(Nodes.text(value));
        kept.put(attribute, value);
        row(
            Row.Status.CHECK,
            id + ".Condition",
            tuple.getKeyNode(),
            "kept: import the endpoint only where the condition holds");
      } else if (attribute.equals("Metadata")) {
        kept.put(attribute, template.use(value));
      } else if (attribute.equals("DependsOn")) {
        var among =
            Stream.concat(Stream.of(value), Nodes.items(value).stream())
                .filter(d -> ids.contains(Nodes.text(d)))
                .toList();
        if (!among.isEmpty()) {
          kept.put(attribute, Nodes.sequence(among));
        }
        row(
            Row.Status.LEFT_OUT,
            id + ".DependsOn",
            tuple.getKeyNode(),
            "only the endpoints are in the new template");
      } else if (!KNOWN_ATTRIBUTES.contains(attribute)) {
        row(
            Row.Status.NOT_TRANSLATED,
            id + "." + attribute,
            tuple.getKeyNode(),
            "the attribute is not one of this type's resources");
      }
    }
    return kept;
  }

  private void row(Row.Status status, String where, Node at, String text) {
    rows.add(new Row(status, where, Nodes.line(at), text));
  }

  private static @Nullable Node identifier(Node properties) {
    return Nodes.entries(properties).entrySet().stream()
        .filter(p -> Target.plain(p.getKey()).equals("endpointidentifier"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private MigrationResult endpoints(String name, Node root) {
    var template = new NewTemplate(root, Set.of(), new StandIns(root));
    var ids = new StandIns(root);
    var regions = new TreeSet<String>();
    for (var endpoint : Nodes.items(Nodes.get(root, "Endpoints").orElseThrow())) {
      var identifier = Nodes.text(endpoint, "EndpointIdentifier");
      var arn = Nodes.text(endpoint, "EndpointArn");
      var type = Nodes.text(endpoint, "EndpointType").toLowerCase(Locale.ROOT);
      var engine = Nodes.text(endpoint, "EngineName");
      if (!type.equals("target") || !engine.equalsIgnoreCase("s3")) {
        row(
            Row.Status.LEFT_OUT,
            identifier,
            endpoint,
            "a %s endpoint of engine %s, not an S3 target".formatted(type, engine));
        continue;
      }
      if (MigrationOptions.account(arn).isEmpty()) {
        throw new MigrationRefused(
            "line %d: an endpoint without an EndpointArn".formatted(Nodes.line(endpoint)));
      }
      var id = ids.free(StandIns.camel(identifier));
      regions.add(Arn.fromString(arn).region().orElse(""));
      var translated =
          new EndpointTranslation(
              id, Nodes.line(endpoint), withTags(endpoint, root, arn), true, options, template);
      rows.addAll(translated.rows());
      checkState(id, endpoint, arn);
      texts.put(id, translated.text(Map.of()));
      arns.put(id, arn);
    }
    if (texts.isEmpty()) {
      throw new MigrationRefused("no S3 target endpoint in it");
    }
    var region = regions.first();
    if (regions.size() > 1 || (options.region() != null && !options.region().equals(region))) {
      throw new MigrationRefused(
          options.region() == null
              ? "endpoints of more than one Region: " + regions
              : "--region: the endpoints are in %s, not in %s"
                  .formatted(regions, options.region()));
    }
    return result(name, template, null, region);
  }

  /** Returns an endpoint with its tags, where an answer of list-tags-for-resource is with it. */
  private static Node withTags(Node endpoint, Node root, String arn) {
    var tags =
        Nodes.items(Nodes.get(root, "TagList").orElse(root)).stream()
            .filter(t -> Nodes.text(t, "ResourceArn").equals(arn))
            .toList();
    return tags.isEmpty() ? endpoint : Nodes.with(endpoint, "TagList", Nodes.sequence(tags));
  }

  private void checkState(String id, Node endpoint, String arn) {
    var status = Nodes.text(endpoint, "Status");
    if (!status.isEmpty() && !status.equals("active")) {
      row(
          Row.Status.CHECK,
          id + ".Status",
          endpoint,
          "it is %s: an update recreates an endpoint that is failed".formatted(status));
    }
    var last = arn.substring(arn.lastIndexOf(':') + 1);
    if (!Identifiers.isResourceIdentifier(last)) {
      row(
          Row.Status.CHECK,
          id + ".EndpointArn",
          endpoint,
          "it can be adopted, but not recreated under an ARN that ends so: replace it before a"
              + " setting has to change");
    }
  }

  private MigrationResult result(
      String name,
      NewTemplate template,
      @Nullable CustomResources resources,
      @Nullable String region) {
    if (options.typeName().startsWith("AWS::")) {
      rows.add(
          new Row(
              Row.Status.CHECK,
              "Type",
              0,
              options.typeName() + " can be registered by nobody: give --type-name"));
    }
    var parts = parts(template.text(List.of()).length());
    var files = new LinkedHashMap<String, String>();
    for (var i = 0; i < parts.size(); i++) {
      var items = (ArrayNode) Json.tree(List.of());
      for (var id : parts.get(i)) {
        items
            .addObject()
            .put("ResourceType", options.typeName())
            .put("LogicalResourceId", id)
            .putObject("ResourceIdentifier")
            .put("EndpointArn", arns.get(id));
      }
      files.put(
          "endpoints%s.yaml".formatted(suffix(i)),
          template.text(parts.get(i).stream().map(texts::get).toList()));
      files.put("resources-to-import%s.json".formatted(suffix(i)), Json.pretty(items) + "\n");
    }
    var result = new MigrationResult(files, rows, texts.size());
    files.put(
        MigrationResult.COMMANDS,
        new Commands(options, region, template, result)
            .text(resources, List.copyOf(texts.keySet()), identifiers, parts.size()));
    files.put(MigrationResult.REPORT, result.report(name));
    return result;
  }

  static String suffix(int part) {
    return part == 0 ? "" : "-" + (part + 1);
  }

  /** Divides the endpoints among as many templates as CloudFormation's limits demand. */
  private List<List<String>> parts(int rest) {
    var parts = new ArrayList<List<String>>();
    var length = MAX_TEMPLATE;
    for (var text : texts.entrySet()) {
      var added = text.getValue().getBytes(StandardCharsets.UTF_8).length + 1;
      if (length + added > MAX_TEMPLATE || parts.get(parts.size() - 1).size() == MAX_IMPORT) {
        parts.add(new ArrayList<>());
        length = rest;
      }
      parts.get(parts.size() - 1).add(text.getKey());
      length += added;
    }
    return parts;
  }
}
