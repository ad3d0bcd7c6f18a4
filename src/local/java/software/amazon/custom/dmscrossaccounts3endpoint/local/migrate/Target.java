package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.S3SettingsTranslator;

/**
 * Destination of a property of the input.
 *
 * @param kind of the destination
 * @param name of the property or setting; for {@link Kind#LEFT_OUT}, the reason
 * @param values the values that it can have, where they can be listed
 */
record Target(Kind kind, String name, List<String> values) {

  enum Kind {
    PROPERTY,
    SETTING,
    ATTRIBUTES,
    TAGS,
    LEFT_OUT
  }

  private static final String NAMES =
      "an imported endpoint keeps its role and its policy, and the type can't use their names";
  private static final String TYPE = "the type makes S3 target endpoints only";

  /** By plain name. {@code COMPRESSIONTTYPE} is how the custom resource was published. */
  private static final Map<String, Target> KNOWN =
      Map.ofEntries(
          Map.entry("endpointidentifier", property("EndpointIdentifier")),
          Map.entry("resourceidentifier", property("ResourceIdentifier")),
          Map.entry("environment", property("Environment")),
          Map.entry("datalakerolearn", property("DataLakeRoleArn")),
          Map.entry("dmsrolearn", property("DmsRoleArn")),
          Map.entry("permissionsboundaryarn", property("PermissionsBoundaryArn")),
          Map.entry("compressionttype", setting("CompressionType")),
          Map.entry("ssekmskeyid", setting("ServerSideEncryptionKmsKeyId")),
          Map.entry(
              "extraconnectionattributes",
              new Target(Kind.ATTRIBUTES, "ExtraConnectionAttributes", List.of())),
          Map.entry("tags", new Target(Kind.TAGS, "Tags", List.of())),
          Map.entry("taglist", new Target(Kind.TAGS, "Tags", List.of())),
          Map.entry("policyname", leftOut(NAMES)),
          Map.entry("rolename", leftOut(NAMES)),
          Map.entry("servicetoken", leftOut("the type is registered; no function is called")),
          Map.entry("servicetimeout", leftOut("the type has timeouts of its own")),
          Map.entry(
              "serviceaccessrolearn",
              leftOut("the endpoint keeps this role until it is recreated with one of the type's")),
          Map.entry("endpointarn", leftOut("it is the identifier that is imported")),
          Map.entry("endpointtype", leftOut(TYPE)),
          Map.entry("enginename", leftOut(TYPE)),
          Map.entry("enginedisplayname", leftOut(TYPE)),
          Map.entry("status", leftOut("GetAtt Status returns it")),
          Map.entry("externalid", leftOut("GetAtt ExternalId returns it")),
          Map.entry(
              "kmskeyid",
              leftOut(
                  "DMS does not use it for S3 endpoints; the key of the files is"
                      + " S3Settings.ServerSideEncryptionKmsKeyId")),
          Map.entry("sslmode", leftOut("DMS does not use it for S3 endpoints")),
          Map.entry("isreadonly", leftOut("it has no effect")));

  static Target property(String name) {
    return new Target(Kind.PROPERTY, name, List.of());
  }

  private static Target leftOut(String why) {
    return new Target(Kind.LEFT_OUT, why, List.of());
  }

  /** Returns a setting of {@code S3Settings}. */
  static Target setting(String name) {
    var schema = HandlerSchema.s3Settings().get(name);
    var values =
        schema.path("type").asText().equals("boolean")
            ? List.of("true", "false")
            : stream(schema.path("enum")).map(JsonNode::asText).toList();
    return new Target(Kind.SETTING, name, values);
  }

  /** Returns the property {@code Environment}, whose values are names of environments. */
  static Target environment(List<String> names) {
    return new Target(Kind.PROPERTY, "Environment", names);
  }

  /** Returns a name without what people spell differently. */
  static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  /** Finds the destination of a name in any spelling. */
  static Optional<Target> find(String name) {
    return Optional.ofNullable(KNOWN.get(plain(name))).or(() -> findSetting(name));
  }

  /** Finds the setting of a name in any spelling. */
  static Optional<Target> findSetting(String name) {
    return settings().filter(s -> plain(s).equals(plain(name))).findFirst().map(Target::setting);
  }

  private static Stream<String> settings() {
    return HandlerSchema.s3Settings().properties().stream().map(Map.Entry::getKey);
  }

  /** Returns the known name that an unknown one is most like. */
  static Optional<String> similar(String name) {
    return Stream.concat(
            settings(),
            KNOWN.values().stream().filter(t -> t.kind == Kind.PROPERTY).map(Target::name))
        .filter(known -> distance(plain(known), plain(name)) <= 2)
        .findFirst();
  }

  /** Returns the Levenshtein distance. */
  private static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    for (var i = 0; i <= one.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= other.length(); j++) {
        var above = row[j];
        var replaced = i > 0 && one.charAt(i - 1) == other.charAt(j - 1) ? diagonal : diagonal + 1;
        row[j] = i == 0 ? j : Math.min(replaced, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[other.length()];
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Returns the name with {@code S3Settings} before it, where it is a setting. */
  String path() {
    return kind == Kind.SETTING ? "S3Settings." + name : name;
  }

  /** Returns whether a custom resource with this property may be one for an endpoint. */
  boolean isOfEndpoint() {
    return kind == Kind.PROPERTY || kind == Kind.SETTING || name.equals(NAMES);
  }

  private JsonNode schema() {
    return HandlerSchema.s3Settings().path(kind == Kind.SETTING ? name : "");
  }

  /**
   * Returns a text in the schema's spelling, as the type itself translates it.
   *
   * @return empty where this can't be a value
   */
  Optional<String> spelled(String text) {
    if (kind != Kind.SETTING) {
      return values.isEmpty()
          ? Optional.of(text)
          : values.stream().filter(text::equalsIgnoreCase).findFirst();
    }
    var isText = values.isEmpty() && schema().path("type").asText().equals("string");
    var spelled =
        isText
            ? Optional.of(text)
            : S3SettingsTranslator.actual(null, name + "=" + text).get(name).map(JsonNode::asText);
    return spelled.filter(this::isAllowed);
  }

  /** Returns whether an empty text is the same as none. */
  boolean isUnsetByEmpty() {
    return kind != Kind.SETTING || spelled("").isEmpty();
  }

  private boolean isAllowed(String text) {
    var schema = schema();
    return schema.path("type").asText().equals("integer")
        ? Long.parseLong(text) >= schema.path("minimum").asLong(0)
            && Long.parseLong(text) <= schema.path("maximum").asLong(Integer.MAX_VALUE)
        : text.length() >= schema.path("minLength").asInt(0)
            && text.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
            && (!schema.has("pattern") || text.matches(schema.get("pattern").asText()));
  }

  /** Returns the values that this can have, in words. */
  String allowed() {
    if (!values.isEmpty()) {
      return "one of " + String.join(", ", values);
    }
    var schema = schema();
    return schema.path("type").asText().equals("integer")
        ? "a number from %s to %s".formatted(schema.path("minimum"), schema.path("maximum"))
        : "a text of %d to %d characters%s"
            .formatted(
                schema.path("minLength").asInt(0),
                schema.path("maxLength").asInt(0),
                schema.has("pattern") ? " that matches " + schema.get("pattern").asText() : "");
  }

  /** Returns whether few texts are values of this, so that a function may well give another. */
  boolean isNarrow() {
    return !values.isEmpty() || schema().path("type").asText().equals("integer");
  }

  /** Returns other spellings of its values that a stack may have. */
  Set<String> otherSpellings() {
    var others = new TreeSet<String>();
    for (var value : values) {
      var upper = value.toUpperCase(Locale.ROOT);
      others.addAll(
          List.of(
              upper,
              value.toLowerCase(Locale.ROOT),
              upper.replace('-', '_'),
              value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1)));
    }
    values.forEach(others::remove);
    return others;
  }

  /** Returns a node with a value, as the schema types it. */
  Node node(String value) {
    var type = schema().path("type").asText("string");
    return Nodes.scalar(
        type.equals("string") ? Tag.STR : type.equals("integer") ? Tag.INT : Tag.BOOL, value);
  }
}
