package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ActualSettings;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ConnectionAttributes;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingMatch;

/** Translates what a custom resource, or DMS, has of one endpoint into a resource of the type. */
final class EndpointTranslation {
  /** Ends the lines that an import leaves out. */
  static final String AFTER_IMPORT = " # after the import";

  private static final String ATTRIBUTES = "ExtraConnectionAttributes";
  private static final String ENVIRONMENT = "Environment";
  private static final String KEY = "ServerSideEncryptionKmsKeyId";

  /** Settings for which DMS uses the attribute where both are there, as ActualSettings says. */
  private static final Set<String> DECIDED_BY_ATTRIBUTES = Set.of("EncryptionMode", KEY);

  /** A property of the input, with its path in it. */
  private record Given(String path, Target target, Node key, Node value) {}

  private record Finding(Row.Status status, String text) {}

  private final String id;
  private final int line;
  private final Node endpoint;
  private final boolean isDescribed;
  private final MigrationOptions options;
  private final NewTemplate template;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<String, Given> origins = new LinkedHashMap<>();
  private final Map<String, Node> properties = new LinkedHashMap<>();
  private final Map<String, Node> settings = new LinkedHashMap<>();
  private final List<Node> tags = new ArrayList<>();

  /**
   * Translates.
   *
   * @param id logical id of the resource
   * @param line of the resource, or of the endpoint
   * @param endpoint properties of the custom resource, or an endpoint of an answer of DMS
   * @param isDescribed whether it is an answer of DMS, which holds defaults that nobody asked for
   */
  EndpointTranslation(
      String id,
      int line,
      Node endpoint,
      boolean isDescribed,
      MigrationOptions options,
      NewTemplate template) {
    this.id = id;
    this.line = line;
    this.endpoint = endpoint;
    this.isDescribed = isDescribed;
    this.options = options;
    this.template = template;
    translate(endpoint, "");
    var attributes = origins.get(ATTRIBUTES);
    if (attributes != null) {
      translateAttributes(attributes);
    }
    addRole();
    checkEncryption();
    checkWhole();
  }

  /** Returns the names of properties, also of those in maps. */
  static Stream<String> names(Node properties) {
    return Nodes.entries(properties).entrySet().stream()
        .flatMap(
            e ->
                Target.find(e.getKey()).isEmpty() && Nodes.isMap(e.getValue())
                    ? names(e.getValue())
                    : Stream.of(e.getKey()));
  }

  private void translate(Node map, String path) {
    for (var tuple : Nodes.tuples(map)) {
      var name = Nodes.text(tuple.getKeyNode());
      var value = tuple.getValueNode();
      var target = Target.find(name);
      var given =
          new Given(path + name, target.orElse(Target.property(name)), tuple.getKeyNode(), value);
      if (target.isPresent()) {
        translate(given);
      } else if (Nodes.isMap(value) && names(value).anyMatch(n -> Target.find(n).isPresent())) {
        translate(value, given.path() + ".");
      } else if (Nodes.isEmpty(value)) {
        row(given, Row.Status.LEFT_OUT, "it is empty, and so not set");
      } else {
        var similar = Target.similar(name).map(s -> "; did you mean " + s + "?").orElse("");
        row(given, Row.Status.NOT_TRANSLATED, "the type has no such property" + similar);
      }
    }
  }

  private void translate(Given given) {
    if (given.target().kind() == Target.Kind.LEFT_OUT) {
      row(given, Row.Status.LEFT_OUT, given.target().name());
    } else if (Nodes.isNull(given.value())
        || (Nodes.isEmpty(given.value()) && given.target().isUnsetByEmpty())) {
      row(given, Row.Status.LEFT_OUT, "it is empty, and so not set");
    } else if (given.target().kind() == Target.Kind.TAGS) {
      translateTags(given);
    } else if (given.target().kind() == Target.Kind.ATTRIBUTES) {
      origins.put(ATTRIBUTES, given);
    } else if (given.target().name().equals(ENVIRONMENT)) {
      translateEnvironment(given);
    } else {
      place(given, given.target(), List.of());
    }
  }

  private void translateEnvironment(Given given) {
    if (options.environment() != null) {
      row(given, Row.Status.LEFT_OUT, "--environment says another");
      return;
    }
    var names = options.environments();
    place(
        given,
        Target.environment(names),
        names.isEmpty()
            ? List.of(
                new Finding(
                    Row.Status.CHECK,
                    "it must be the Name of an environment in the type configuration, to the"
                        + " letter; --type-configuration looks it up"))
            : List.of());
  }

  /** Puts a value where it belongs, in the spelling of the type. */
  private void place(Given given, Target target, List<Finding> known) {
    var first = origins.putIfAbsent(target.path(), given);
    if (first != null) {
      var isSame = NodeWriter.flow(first.value()).equals(NodeWriter.flow(given.value()));
      row(
          given,
          isSame ? Row.Status.LEFT_OUT : Row.Status.NOT_TRANSLATED,
          first.path() + (isSame ? " says the same" : " is the same property, with another value"));
      return;
    }
    var findings = new ArrayList<>(known);
    var spelled =
        new Spelling(template, target, (status, text) -> findings.add(new Finding(status, text)))
            .spell(given.value());
    if (target.name().equals("EndpointIdentifier") && Nodes.isLiteral(spelled)) {
      spelled = Nodes.scalar(Nodes.text(spelled).toLowerCase(Locale.ROOT)); // as DMS stores it
    }
    if (isDescribed
        && findings.isEmpty()
        && ActualSettings.isDefault(target.name(), TextNode.valueOf(Nodes.text(spelled)))) {
      row(given, Row.Status.LEFT_OUT, Nodes.text(given.value()) + " is DMS's default");
      return;
    }
    (target.kind() == Target.Kind.SETTING ? settings : properties)
        .put(target.name(), template.use(spelled));
    var was = Nodes.text(given.value());
    var is = Nodes.isLiteral(spelled) ? Nodes.text(spelled) : was;
    if (findings.isEmpty()) {
      row(
          given,
          Row.Status.TRANSLATED,
          target.path() + (was.equals(is) ? "" : ", %s as %s".formatted(was, is)));
    } else {
      row(
          given,
          findings.stream().map(Finding::status).min(Row.Status::compareTo).orElseThrow(),
          findings.stream().map(Finding::text).distinct().collect(Collectors.joining("; ")));
    }
  }

  /** Makes settings of the attributes that name one: the type takes them as settings only. */
  private void translateAttributes(Given given) {
    if (!Nodes.isLiteral(given.value())) {
      properties.put(ATTRIBUTES, template.use(given.value()));
      row(
          given,
          Row.Status.CHECK,
          "the type refuses attributes that name a setting: give those in S3Settings");
      return;
    }
    var others = new TreeMap<String, String>();
    var repeated = 0;
    for (var attribute : ConnectionAttributes.parse(Nodes.text(given.value())).asMap().entrySet()) {
      var setting = Target.findSetting(attribute.getKey());
      if (setting.isPresent() && !attribute.getValue().isEmpty()) {
        var path = ATTRIBUTES + "." + attribute.getKey();
        var value = new Given(path, setting.get(), given.key(), Nodes.scalar(attribute.getValue()));
        repeated += mergeAttribute(value) ? 1 : 0;
      } else if (setting.isEmpty()
          && !attribute.getKey().equalsIgnoreCase("ServiceAccessRoleArn")) {
        others.put(attribute.getKey(), attribute.getValue());
      }
    }
    if (!others.isEmpty()) {
      var text = ConnectionAttributes.parse(null).and(others).asText();
      properties.put(ATTRIBUTES, Nodes.scalar(text));
    }
    row(
        given,
        others.isEmpty() ? Row.Status.LEFT_OUT : Row.Status.TRANSLATED,
        (others.isEmpty()
                ? "nothing else is in it"
                : ATTRIBUTES + ": " + String.join(", ", others.keySet()))
            + (repeated == 0 ? "" : "; %d repeat settings".formatted(repeated)));
  }

  /** Makes a setting of an attribute; returns whether it repeats one. */
  private boolean mergeAttribute(Given attribute) {
    var target = attribute.target();
    var setting = origins.get(target.path());
    if (setting == null) {
      place(attribute, target, List.of());
      return false;
    }
    var value = Nodes.text(attribute.value());
    var used = Nodes.text(setting.value());
    var spelled = TextNode.valueOf(target.spelled(value).orElse(value));
    if (Nodes.isLiteral(setting.value())
        && SettingMatch.of(
                target.name(), TextNode.valueOf(target.spelled(used).orElse(used)), spelled)
            .matches()) {
      return true;
    }
    if (DECIDED_BY_ATTRIBUTES.contains(target.name())) {
      settings.put(target.name(), target.node(spelled.asText()));
    }
    row(
        attribute,
        Row.Status.CHECK,
        "it is %s here and %s in %s; the template has %s"
            .formatted(
                value,
                used,
                setting.path(),
                NodeWriter.flow(settings.getOrDefault(target.name(), setting.value()))));
    return false;
  }

  private void translateTags(Given given) {
    var stack = "";
    var left = new ArrayList<String>();
    var found = new ArrayList<Node>();
    if (Nodes.isMap(given.value())) {
      Nodes.entries(given.value()).forEach((k, v) -> found.add(Nodes.tag(k, v)));
    } else {
      Nodes.items(given.value())
          .forEach(
              t ->
                  found.add(
                      Nodes.tag(
                          Nodes.text(t, "Key"), Nodes.get(t, "Value").orElse(Nodes.scalar("")))));
    }
    for (var tag : found) {
      var key = Nodes.text(tag, "Key");
      if (key.equals("aws:cloudformation:stack-name")) {
        stack = Nodes.text(tag, "Value");
      }
      if (key.isEmpty() || key.matches("(?i)(aws|dms):.*")) {
        left.add(key);
      } else {
        tags.add(template.use(tag));
      }
    }
    if (found.isEmpty()) {
      row(given, Row.Status.NOT_TRANSLATED, "not a list of tags");
    } else if (!stack.isEmpty()) {
      row(
          given,
          Row.Status.CHECK,
          "it is in stack %s: give it DeletionPolicy Retain there, and remove it there before the import"
              .formatted(stack));
    } else if (tags.stream().anyMatch(t -> Nodes.text(t, "Key").equals(options.tagKey()))) {
      row(
          given,
          Row.Status.PROBLEM,
          "the tag %s is there already, so that adding it changes nothing: give another with --tag"
              .formatted(options.tagKey()));
    } else {
      row(
          given,
          Row.Status.TRANSLATED,
          "Tags" + (left.isEmpty() ? "" : ", without " + String.join(", ", left)));
    }
  }

  private void addRole() {
    var ofSettings = Nodes.text(endpoint, "S3Settings", "ServiceAccessRoleArn");
    var lake =
        MigrationOptions.account(
            ofSettings.isEmpty() ? Nodes.text(endpoint, "ServiceAccessRoleArn") : ofSettings);
    if (options.environment() != null) {
      properties.put(ENVIRONMENT, Nodes.scalar(options.environment()));
    }
    var role = options.dataLakeRoleArn();
    if (role != null && (lake.isEmpty() || lake.equals(MigrationOptions.account(role)))) {
      properties.put("DataLakeRoleArn", Nodes.scalar(role));
    }
    if (isDescribed && options.environment() == null && role == null) {
      options
          .environmentOf(MigrationOptions.account(Nodes.text(endpoint, "EndpointArn")), lake)
          .ifPresent(e -> properties.put(ENVIRONMENT, Nodes.scalar(e)));
    }
    if (!properties.containsKey(ENVIRONMENT)
        && !properties.containsKey("DataLakeRoleArn")
        && !options.hasDefaultEnvironment()) {
      problem(
          "DataLakeRoleArn",
          "nothing says which role to assume in the data-lake account%s: give --environment, --data-lake-role-arn or --type-configuration"
              .formatted(lake.isEmpty() ? "" : " " + lake));
    }
  }

  /** Leaves a key out that is not used, and asks for one that is missing. */
  private void checkEncryption() {
    var mode = settings.get("EncryptionMode");
    var isOpen = mode != null && !Nodes.isLiteral(mode);
    var isKms = mode != null && Nodes.text(mode).equals("sse-kms");
    var key = origins.get("S3Settings." + KEY);
    if (isKms && !settings.containsKey(KEY)) {
      problem("EncryptionMode", "sse-kms needs S3Settings." + KEY);
    } else if (settings.containsKey(KEY) && isOpen) {
      row(
          key,
          Row.Status.CHECK,
          "a key may be there only where EncryptionMode is sse-kms; elsewhere give AWS::NoValue");
    } else if (settings.containsKey(KEY) && !isKms) {
      settings.remove(KEY);
      row(key, Row.Status.LEFT_OUT, "DMS uses a key with EncryptionMode sse-kms only");
    }
  }

  private void checkWhole() {
    if (!settings.containsKey("BucketName")) {
      problem("BucketName", "S3Settings.BucketName is missing");
    }
    if (isTrue("CdcInsertsOnly") && isTrue("CdcInsertsAndUpdates")) {
      problem("CdcInsertsAndUpdates", "it can't be true together with CdcInsertsOnly");
    }
    if (isTrue("PreserveTransactions") && !settings.containsKey("CdcPath")) {
      problem("PreserveTransactions", "it needs S3Settings.CdcPath");
    }
    var literal = Json.object();
    properties.forEach(
        (name, node) -> {
          if (Nodes.isLiteral(node)) {
            literal.put(name, Nodes.text(node));
          }
        });
    literal
        .putObject("S3Settings")
        .put("BucketName", "example"); // The settings are checked one by one.
    for (var violation : ResourceSchema.ofThisType().violations(literal)) {
      problem(violation.replaceAll("#/?([A-Za-z]*).*", "$1"), "the schema says: " + violation);
    }
  }

  private boolean isTrue(String setting) {
    return settings.containsKey(setting) && Nodes.text(settings.get(setting)).equals("true");
  }

  private void row(Given given, Row.Status status, String text) {
    var where = id + "." + given.path();
    rows.put(where, new Row(status, where, Nodes.line(given.key()), text));
  }

  /** Adds a problem, at the property that a name stands for or at the whole endpoint. */
  private void problem(String name, String text) {
    var given = origins.getOrDefault("S3Settings." + name, origins.get(name));
    if (given != null) {
      row(given, Row.Status.PROBLEM, text);
    } else {
      rows.put(id + "/" + name, new Row(Row.Status.PROBLEM, id + "." + name, line, text));
    }
  }

  /** Returns the results, one for each property and each problem. */
  Collection<Row> rows() {
    return rows.values();
  }

  /**
   * Returns the resource as it is in a template.
   *
   * @param attributes beside type, policies and properties
   */
  String text(Map<String, Node> attributes) {
    var all = new LinkedHashMap<>(properties);
    all.remove(ATTRIBUTES);
    all.put("S3Settings", Nodes.mapping(settings));
    if (properties.containsKey(ATTRIBUTES)) {
      all.put(ATTRIBUTES, properties.get(ATTRIBUTES));
    }
    if (!tags.isEmpty()) {
      all.put("Tags", Nodes.sequence(tags));
    }
    var resource = new LinkedHashMap<String, Node>();
    resource.put("Type", Nodes.scalar(options.typeName()));
    resource.put("DeletionPolicy", Nodes.scalar("Retain"));
    resource.put("UpdateReplacePolicy", Nodes.scalar("Retain"));
    resource.putAll(attributes);
    resource.put("Properties", Nodes.mapping(all));
    return NodeWriter.write(Nodes.mapping(Map.of(id, Nodes.mapping(resource))), 2)
        + (tags.isEmpty() ? "      Tags:" + AFTER_IMPORT + "\n" : "")
        + "        - {Key: %s, Value: %s}%s\n"
            .formatted(
                NodeWriter.flow(Nodes.scalar(options.tagKey())),
                NodeWriter.flow(Nodes.scalar(options.tagValue())),
                AFTER_IMPORT);
  }
}
