package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/** Template of the endpoints, with copies of the parameters, mappings and conditions in use. */
final class NewTemplate {
  private static final String EXTENSIONS = "AWS::LanguageExtensions";

  private final Node source;
  private final Set<String> ids;
  private final StandIns standIns;
  private final Map<String, StandIns.StandIn> used = new LinkedHashMap<>();
  private final Map<String, Node> parameters = new LinkedHashMap<>();
  private final Map<String, Node> mappings = new LinkedHashMap<>();
  private final Map<String, Node> conditions = new LinkedHashMap<>();
  private final Map<String, String> generated = new LinkedHashMap<>();

  /**
   * Creates a template.
   *
   * @param source the template with the custom resources, or an answer of DMS
   * @param ids logical ids of the endpoints
   */
  NewTemplate(Node source, Set<String> ids, StandIns standIns) {
    this.source = source;
    this.ids = ids;
    this.standIns = standIns;
  }

  /** Returns a declaration of the source, such as a parameter. */
  Optional<Node> declared(String section, String name) {
    return Nodes.get(source, section, name);
  }

  /** Returns a value as it is in this template, and copies what it refers to. */
  Node use(Node value) {
    copyNamed(value);
    return References.replace(value, (id, attribute, at) -> reference(id, attribute));
  }

  private Optional<String> reference(String id, String attribute) {
    if (declared("Parameters", id).isPresent()) {
      parameters.put(id, declared("Parameters", id).get());
      return Optional.empty();
    }
    var ofEndpoint = ids.contains(id) ? References.attribute(attribute) : Optional.<String>empty();
    if (ofEndpoint.isPresent()) {
      return Optional.of(ofEndpoint.get().isEmpty() ? id : id + "." + ofEndpoint.get());
    }
    // The name and the id of the stack are those of the new stack here.
    if (id.startsWith("AWS::") && !Set.of("AWS::StackName", "AWS::StackId").contains(id)) {
      return Optional.empty();
    }
    var standIn = standIns.of(id, attribute);
    used.put(standIn.name(), standIn);
    return Optional.of(standIn.name());
  }

  /** Copies the mappings and conditions that a node names. */
  private void copyNamed(Node node) {
    var call = Nodes.call(node);
    var arguments = call.map(c -> Nodes.items(c.argument())).orElse(List.of());
    var first = arguments.isEmpty() ? "" : Nodes.text(arguments.get(0));
    switch (call.map(Nodes.Call::name).orElse("")) {
      case "Fn::FindInMap" ->
          declared("Mappings", first).ifPresent(m -> mappings.putIfAbsent(first, m));
      case "Fn::If" -> useCondition(first);
      case "Condition" -> useCondition(Nodes.text(node));
      default -> useCondition(Nodes.text(node, "Condition"));
    }
    Nodes.entries(node).values().forEach(this::copyNamed);
    Nodes.items(node).forEach(this::copyNamed);
  }

  /** Copies a condition of the source, and those in it. */
  void useCondition(String name) {
    var declared = declared("Conditions", name);
    if (declared.isPresent() && !conditions.containsKey(name)) {
      conditions.put(name, use(declared.get()));
    }
  }

  /**
   * Returns the name of a condition that a parameter has one of some values.
   *
   * @param is the value that they are all spelled as
   */
  String condition(String parameter, String is, List<String> values) {
    return generated.computeIfAbsent(
        parameter + "=" + String.join("=", values),
        key -> {
          var name =
              standIns.free(parameter + "Is" + (is.isEmpty() ? "Empty" : StandIns.camel(is)));
          var equal =
              values.stream()
                  .map(
                      v ->
                          Nodes.shortCall(
                              "Equals",
                              List.of(Nodes.shortCall("Ref", parameter), Nodes.scalar(v))))
                  .toList();
          conditions.put(
              name, use(equal.size() == 1 ? equal.get(0) : Nodes.shortCall("Or", equal)));
          return name;
        });
  }

  /** Adds an attribute to all keys of a mapping. */
  void addToMapping(String mapping, String attribute, Map<String, Node> byKey) {
    var keys =
        Nodes.entries(mappings.getOrDefault(mapping, declared("Mappings", mapping).orElseThrow()));
    byKey.forEach(
        (key, value) -> {
          var attributes = Nodes.entries(keys.get(key));
          attributes.put(attribute, value);
          keys.put(key, Nodes.mapping(attributes));
        });
    mappings.put(mapping, Nodes.mapping(keys));
  }

  /** Returns the parameters of the source that are used. */
  Set<String> parameters() {
    return parameters.keySet();
  }

  /** Returns the parameters that stand for what is in another stack. */
  List<StandIns.StandIn> standIns() {
    return List.copyOf(used.values());
  }

  /** Returns whether a transform has to process the template. */
  boolean needsTransform() {
    return Nodes.get(source, "Transform")
        .filter(
            t ->
                Stream.concat(Stream.of(t), Nodes.items(t).stream())
                    .anyMatch(n -> Nodes.text(n).equals(EXTENSIONS)))
        .isPresent();
  }

  /** Returns the whole template, with resources that are written already. */
  String text(List<String> resources) {
    var all = new LinkedHashMap<String, Node>();
    all.put("AWSTemplateFormatVersion", Nodes.scalar("2010-09-09"));
    all.put(
        "Description", Nodes.scalar("DMS endpoints that write to an S3 bucket in another account"));
    if (needsTransform()) {
      all.put("Transform", Nodes.scalar(EXTENSIONS));
    }
    var declared = new LinkedHashMap<>(parameters);
    used.values()
        .forEach(
            s -> {
              var parameter = new LinkedHashMap<String, Node>();
              parameter.put("Type", Nodes.scalar("String"));
              var of = s.attribute().isEmpty() ? s.id() : s.id() + "." + s.attribute();
              parameter.put("Description", Nodes.scalar(of + " of the stack before"));
              declared.put(s.name(), Nodes.mapping(parameter));
            });
    put(all, "Parameters", declared);
    put(all, "Mappings", mappings);
    put(all, "Conditions", conditions);
    return NodeWriter.write(Nodes.mapping(all), 0)
        + "\nResources:\n"
        + String.join("\n", resources);
  }

  private static void put(Map<String, Node> all, String section, Map<String, Node> declared) {
    if (!declared.isEmpty()) {
      all.put(section, Nodes.mapping(declared));
    }
  }
}
