package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/** Custom resources for endpoints in a template, and what has to change in the template. */
final class CustomResources {
  /**
   * A change to be made by hand.
   *
   * @param step of the commands before which it is made
   * @param lines in the template
   */
  record Change(int step, String lines, String text) {}

  private final Node template;
  private final StandIns standIns;
  private final Map<String, Node> found = new LinkedHashMap<>();
  private final Map<String, StandIns.StandIn> used = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  CustomResources(Node template, StandIns standIns) {
    this.template = template;
    this.standIns = standIns;
    for (var tuple : Nodes.tuples(section("Resources"))) {
      var id = Nodes.text(tuple.getKeyNode());
      var line = Nodes.line(tuple.getKeyNode());
      var resource = tuple.getValueNode();
      if (id.startsWith("Fn::")) {
        if (declaresEndpoint(resource)) {
          rows.add(
              new Row(
                  Row.Status.NOT_TRANSLATED,
                  id,
                  line,
                  "custom resources in a loop are not translated: migrate the template that the"
                      + " loop results in (aws cloudformation get-template --template-stage"
                      + " Processed --query TemplateBody)"));
        }
      } else if (isForEndpoint(resource)) {
        found.put(id, resource);
      } else if (isCustom(resource)) {
        rows.add(
            new Row(Row.Status.LEFT_OUT, id, line, "a custom resource, but not for an endpoint"));
      }
    }
    if (found.isEmpty()) {
      throw new MigrationRefused(
          rows.stream()
              .filter(r -> r.status() == Row.Status.NOT_TRANSLATED)
              .map(Row::toString)
              .findFirst()
              .orElse(
                  "no custom resource for an endpoint in it: one has a Type Custom::… and"
                      + " properties such as ENDPOINTIDENTIFIER and BUCKETNAME"));
    }
    findChanges();
  }

  private Node section(String name) {
    return Nodes.get(template, name).orElse(Nodes.mapping(Map.of()));
  }

  private static boolean isCustom(Node resource) {
    var type = Nodes.text(resource, "Type");
    return type.startsWith("Custom::") || type.equals("AWS::CloudFormation::CustomResource");
  }

  private static boolean isForEndpoint(Node resource) {
    var names =
        Nodes.get(resource, "Properties")
            .map(EndpointTranslation::names)
            .orElse(Stream.of())
            .filter(n -> Target.find(n).filter(Target::isOfEndpoint).isPresent())
            .map(Target::plain)
            .toList();
    return isCustom(resource)
        && names.size() >= 2
        && (names.contains("bucketname") || names.contains("endpointidentifier"));
  }

  private static boolean declaresEndpoint(Node node) {
    return isForEndpoint(node)
        || Stream.concat(Nodes.entries(node).values().stream(), Nodes.items(node).stream())
            .anyMatch(CustomResources::declaresEndpoint);
  }

  private void findChanges() {
    for (var tuple : Nodes.tuples(section("Resources"))) {
      var id = Nodes.text(tuple.getKeyNode());
      if (found.containsKey(id)) {
        var lines =
            "%d-%d".formatted(Nodes.line(tuple.getKeyNode()), Nodes.lastLine(tuple.getValueNode()));
        changes.add(
            new Change(
                1,
                lines,
                "give %s `DeletionPolicy: Retain` and `UpdateReplacePolicy: Retain`"
                    .formatted(id)));
        changes.add(new Change(2, lines, "remove the resource " + id));
      } else {
        findReferences(tuple.getValueNode());
        Nodes.get(tuple.getValueNode(), "DependsOn").ifPresent(d -> findDependency(id, d));
      }
    }
    findReferences(section("Outputs"));
    used.values()
        .forEach(
            s ->
                changes.add(
                    new Change(
                        2,
                        "–",
                        "add the parameter `%s` (Type: String); the commands give its value"
                            .formatted(s.name()))));
  }

  private void findDependency(String id, Node dependsOn) {
    Stream.concat(Stream.of(dependsOn), Nodes.items(dependsOn).stream())
        .filter(d -> found.containsKey(Nodes.text(d)))
        .forEach(
            d ->
                changes.add(
                    new Change(
                        2,
                        "" + Nodes.line(d),
                        "remove %s from the DependsOn of %s".formatted(Nodes.text(d), id))));
  }

  private void findReferences(Node node) {
    References.replace(
        node,
        (id, attribute, at) -> {
          if (found.containsKey(id)) {
            var standIn = standIns.of(id, attribute);
            used.put(standIn.name(), standIn);
            var was =
                attribute.isEmpty()
                    ? "`!Ref %s`".formatted(id)
                    : "`!GetAtt %s.%s`".formatted(id, attribute);
            changes.add(
                new Change(
                    2,
                    "" + Nodes.line(at),
                    "%s must be `!Ref %s` (in a Fn::Sub `${%s}`)"
                        .formatted(was, standIn.name(), standIn.name())));
          }
          return Optional.empty();
        });
  }

  /** Returns the custom resources by logical id. */
  Map<String, Node> all() {
    return found;
  }

  /** Returns the parameters that the template needs without the custom resources. */
  List<StandIns.StandIn> standIns() {
    return List.copyOf(used.values());
  }

  List<Row> rows() {
    return rows;
  }

  /** Returns the changes in the template, in order. */
  List<Change> changes() {
    return changes.stream().sorted(Comparator.comparingInt(Change::step)).toList();
  }

  /** Returns the names of the parameters of the template. */
  Set<String> parameters() {
    return Nodes.entries(section("Parameters")).keySet();
  }

  /** Returns the capabilities that a change set of the template needs. */
  Set<String> capabilities() {
    var types =
        Nodes.entries(section("Resources")).values().stream()
            .map(r -> Nodes.text(r, "Type"))
            .toList();
    var transforms = Nodes.get(template, "Transform");
    var isSam = transforms.filter(t -> NodeWriter.flow(t).contains("AWS::Serverless")).isPresent();
    var needed = new LinkedHashSet<String>();
    if (types.stream().anyMatch(t -> t.startsWith("AWS::IAM::"))) {
      needed.add("CAPABILITY_NAMED_IAM");
    } else if (isSam) {
      needed.add("CAPABILITY_IAM"); // SAM creates roles without names.
    }
    if (transforms.isPresent()) {
      needed.add("CAPABILITY_AUTO_EXPAND");
    }
    return needed;
  }

  /** Returns rows for code that is a local file, which a change set can't send. */
  List<Row> localCode() {
    var local = new ArrayList<Row>();
    for (var tuple : Nodes.tuples(section("Resources"))) {
      for (var name : List.of("CodeUri", "ContentUri", "Code", "Content", "DefinitionUri")) {
        Nodes.get(tuple.getValueNode(), "Properties", name)
            .filter(code -> Nodes.isLiteral(code) && !Nodes.text(code).startsWith("s3://"))
            .ifPresent(
                code ->
                    local.add(
                        new Row(
                            Row.Status.CHECK,
                            Nodes.text(tuple.getKeyNode()) + "." + name,
                            Nodes.line(code),
                            "%s is a local path, which --template-body can't send: run aws cloudformation package (or sam package) first, and set TEMPLATE to its output"
                                .formatted(Nodes.text(code)))));
      }
    }
    return local;
  }
}
