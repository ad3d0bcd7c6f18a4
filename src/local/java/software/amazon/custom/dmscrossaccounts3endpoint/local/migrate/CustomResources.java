package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
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
  private final Node template;
  private final StandIns standIns;
  private final Map<String, Node> found = new LinkedHashMap<>();
  private final Map<String, StandIns.StandIn> used = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();

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
    // The documents do not say in one voice whether a DeletionPolicy alone is a change.
    change(
        1,
        section("Resources"),
        "add `MigrationStep: {Type: AWS::CloudFormation::WaitConditionHandle}`, which does nothing,"
            + " so that the stack changes now and is not empty later");
    for (var tuple : Nodes.tuples(section("Resources"))) {
      var id = Nodes.text(tuple.getKeyNode());
      var key = tuple.getKeyNode();
      var resource = tuple.getValueNode();
      if (found.containsKey(id)) {
        change(
            1, key, "give " + id + " `DeletionPolicy: Retain` and `UpdateReplacePolicy: Retain`");
        change(2, key, "remove %s, to line %d".formatted(id, Nodes.lastLine(resource)));
      } else {
        findReferences(resource);
        Nodes.get(resource, "DependsOn").stream()
            .flatMap(d -> Stream.concat(Stream.of(d), Nodes.items(d).stream()))
            .filter(d -> found.containsKey(Nodes.text(d)))
            .forEach(
                d -> change(2, d, "remove %s from DependsOn of %s".formatted(Nodes.text(d), id)));
      }
    }
    findReferences(section("Outputs"));
    for (var standIn : used.values()) {
      change(
          2,
          template,
          "add the parameter `%s` (Type: String); the commands give its value"
              .formatted(standIn.name()));
    }
  }

  private void change(int step, Node at, String text) {
    rows.add(new Row(Row.Status.CHANGE, "before step " + step, Nodes.line(at), text));
  }

  private void findReferences(Node node) {
    References.replace(
        node,
        (id, attribute, at) -> {
          if (found.containsKey(id)) {
            var standIn = standIns.of(id, attribute);
            used.put(standIn.name(), standIn);
            var was = attribute.isEmpty() ? "Ref " + id : "GetAtt %s.%s".formatted(id, attribute);
            change(
                2,
                at,
                "`!%1$s` must be `!Ref %2$s` (in a Fn::Sub `${%2$s}`)"
                    .formatted(was, standIn.name()));
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
