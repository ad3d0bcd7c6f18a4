package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Identifiers;

/** What becomes of each property and each attribute of one custom resource. */
final class ResourcePlan {

  /** Where a property goes. */
  enum Place {
    PROPERTY,
    SETTING,
    /** Into a comment, or into the metadata where there are no comments. */
    COMMENT,
    GONE
  }

  /**
   * A property with its place.
   *
   * @param place where it goes
   * @param name its new name; for a comment, why it is one
   */
  record Placed(Place place, String name) {}

  /** The attributes that resources of every type have. */
  private static final Set<String> KEPT =
      Set.of(
          "Type",
          "Properties",
          "DependsOn",
          "Condition",
          "Metadata",
          "DeletionPolicy",
          "UpdateReplacePolicy");

  private static final String LEFT_OUT = "left out";
  private static final String NOT_TRANSLATED = "not translated";
  private static final String MODE = "EncryptionMode";
  private static final String KEY = "ServerSideEncryptionKmsKeyId";

  private final SourceText source;
  private final CustomResource resource;
  private final MigrationOptions options;
  private final ParameterSpelling parameters;
  private final TextEdits values;
  private final List<Remark> remarks = new ArrayList<>();
  private final List<Placed> placed = new ArrayList<>();
  private final Map<String, Part.Entry> byTarget = new LinkedHashMap<>();
  private final Map<String, String> added = new LinkedHashMap<>();

  /**
   * Plans.
   *
   * @param parameters whose values are spelled as they should be
   * @param values takes the changes of values in the text
   */
  ResourcePlan(
      SourceText source,
      CustomResource resource,
      MigrationOptions options,
      ParameterSpelling parameters,
      TextEdits values) {
    this.source = source;
    this.resource = resource;
    this.options = options;
    this.parameters = parameters;
    this.values = values;
    resource.properties().forEach(p -> placed.add(place(p)));
    checkEncryption();
    checkWhole();
    if (resource.attribute("Properties").orElseThrow().value().flow()) {
      checkComments();
    }
    resource.body().entries().forEach(this::checkAttribute);
  }

  String id() {
    return resource.id();
  }

  /** What becomes of the properties, in their order. */
  List<Placed> placed() {
    return placed;
  }

  /** Properties that the custom resource does not have, with their text. */
  Map<String, String> added() {
    return added;
  }

  List<Remark> remarks() {
    return remarks;
  }

  /** Whether an attribute of the resource is kept. */
  static boolean isKept(String attribute) {
    return KEPT.contains(attribute);
  }

  private Placed place(Part.Entry property) {
    var known = KnownProperty.find(property.name());
    if (known.isEmpty()) {
      return comment(property, "the type has nothing like it");
    }
    var target = known.get().target();
    return switch (known.get().use()) {
      case GONE -> gone(property, "left out: " + target);
      case NOT_HERE -> {
        remark(Remark.Kind.LEFT_OUT, property, "left out, " + stays() + ": " + target);
        yield new Placed(Place.COMMENT, LEFT_OUT);
      }
      case PROPERTY, SETTING -> placeOnce(property, known.get());
    };
  }

  private Placed placeOnce(Part.Entry property, KnownProperty known) {
    var first = byTarget.putIfAbsent(known.target(), property);
    if (first != null) {
      return source.slice(first.value()).equals(source.slice(property.value()))
          ? gone(property, "left out: " + first.name() + " says the same")
          : comment(property, first.name() + " is the same setting, and has another value");
    }
    if (known.use() == KnownProperty.Use.SETTING) {
      return setting(property, SettingSchema.named(known.target()));
    }
    return known.target().equals("Environment") ? environment(property) : identifier(property);
  }

  private Placed setting(Part.Entry property, SettingSchema schema) {
    var value = property.value();
    var target = "S3Settings." + schema.name();
    if (value.call().isPresent()) {
      checkPossibleValues(property, schema);
      return placed(property, Place.SETTING, schema.name(), target);
    }
    if (value.isEmpty() && schema.spelled("").isEmpty()) {
      byTarget.remove(schema.name());
      return gone(property, "left out: it is empty, and so not set");
    }
    if (!value.isLiteral()) {
      byTarget.remove(schema.name());
      return comment(property, target + " is one value, and this is none");
    }
    var spelled = schema.spelled(value.text());
    if (spelled.isPresent()) {
      spell(value, spelled.get(), schema);
      return placed(
          property,
          Place.SETTING,
          schema.name(),
          target
              + (spelled.get().equals(value.text())
                  ? ""
                  : ", %s as %s".formatted(value.text(), spelled.get())));
    }
    var problem =
        "%s is not possible for %s, which is %s".formatted(value.text(), target, schema.allowed());
    if (schema.name().equals("BucketName")) {
      remark(Remark.Kind.CHECK, property, problem);
      return placed(property, Place.SETTING, schema.name(), target);
    }
    byTarget.remove(schema.name());
    return comment(property, problem);
  }

  /** Writes a value as the schema spells it; numbers and truth values without quotation marks. */
  private void spell(Part value, String spelled, SettingSchema schema) {
    var isText = schema.schema().path("type").asText().equals("string");
    if (!spelled.equals(value.text()) || !isText) {
      values.replace(value.start(), value.end(), isText ? source.scalar(spelled) : spelled);
    }
  }

  private void checkPossibleValues(Part.Entry property, SettingSchema schema) {
    var possible = new PossibleValues(source, property.value());
    for (var value : possible.values()) {
      var text = value.part().text();
      var spelled = schema.spelled(text);
      if (spelled.filter(text::equals).isPresent() || isSpelledThere(value)) {
        continue;
      }
      if (value.of().isEmpty() && spelled.isPresent() && value.part().isLiteral()) {
        spell(value.part(), spelled.get(), schema);
        continue;
      }
      remark(
          Remark.Kind.CHECK,
          property,
          "check the value: %s has \"%s\" (line %d), %s"
              .formatted(
                  value.of().isEmpty() ? "one case" : value.of(),
                  text,
                  value.part().line(),
                  spelled
                      .map(s -> "which is \"" + s + "\" here; change it there and in the stack")
                      .orElseGet(
                          () ->
                              "but S3Settings."
                                  + schema.name()
                                  + " is "
                                  + schema.allowed()
                                  + (text.isEmpty()
                                      ? "; where it is empty, give AWS::NoValue"
                                      : ""))));
    }
    if (!possible.isComplete()
        && (schema.schema().has("enum")
            || schema.schema().has("pattern")
            || !schema.schema().path("type").asText().equals("string"))) {
      remark(
          Remark.Kind.CHECK,
          property,
          "check the value: the template does not tell which it can be; S3Settings.%s is %s"
              .formatted(schema.name(), schema.allowed()));
    }
  }

  private boolean isSpelledThere(PossibleValues.Value value) {
    return parameters.parameters().keySet().stream()
        .anyMatch(name -> value.of().equals("parameter " + name));
  }

  private Placed environment(Part.Entry property) {
    if (options.environment() != null) {
      values.replace(
          property.value().start(), property.value().end(), source.scalar(options.environment()));
      return placed(
          property,
          Place.PROPERTY,
          "Environment",
          "Environment, with " + options.environment() + " as asked for");
    }
    if (property.value().isEmpty()) {
      byTarget.remove("Environment");
      return gone(property, "left out: it is empty, and so not set");
    }
    var known = options.environments();
    var value = property.value();
    var same = known.stream().filter(value.text()::equalsIgnoreCase).findFirst();
    if (value.isLiteral() && same.isPresent()) {
      values.replace(value.start(), value.end(), source.scalar(same.get()));
      return placed(
          property,
          Place.PROPERTY,
          "Environment",
          "Environment"
              + (same.get().equals(value.text())
                  ? ""
                  : ", %s as %s".formatted(value.text(), same.get())));
    }
    remark(
        Remark.Kind.CHECK,
        property,
        "check the value: it must be the Name of an environment in the type configuration, in"
            + " this spelling"
            + (known.isEmpty() ? "" : ": " + String.join(", ", known)));
    return placed(property, Place.PROPERTY, "Environment", "Environment");
  }

  private Placed identifier(Part.Entry property) {
    var value = property.value();
    var lower = value.text().toLowerCase(Locale.ROOT);
    if (value.isLiteral() && !Identifiers.isValid(value.text(), Identifiers.ENDPOINT_LENGTH)) {
      remark(Remark.Kind.CHECK, property, "check the value: not an identifier that DMS takes");
    } else if (value.isLiteral() && !lower.equals(value.text())) {
      values.replace(value.start(), value.end(), source.scalar(lower));
      return placed(
          property,
          Place.PROPERTY,
          "EndpointIdentifier",
          "EndpointIdentifier, in lower case as DMS holds it");
    }
    return placed(property, Place.PROPERTY, "EndpointIdentifier", "EndpointIdentifier");
  }

  /** A key is used only with sse-kms, which can't do without one. */
  private void checkEncryption() {
    var mode = byTarget.get(MODE);
    var key = byTarget.get(KEY);
    var isOpen = mode != null && mode.value().call().isPresent();
    var isKms =
        mode != null && SettingSchema.plain(mode.value().text()).equals("ssekms") && !isOpen;
    if (key != null && isOpen) {
      remark(
          Remark.Kind.CHECK,
          key,
          "check the value: a key may be there only where EncryptionMode is sse-kms; elsewhere"
              + " give AWS::NoValue");
    } else if (key != null && !isKms) {
      byTarget.remove(KEY);
      remarks.removeIf(
          r -> r.where().equals(where(key.name())) && r.kind() != Remark.Kind.NOT_TRANSLATED);
      placed.set(
          resource.properties().indexOf(key),
          comment(key, "the type takes a key only with EncryptionMode sse-kms"));
    } else if (key == null && isKms) {
      remark(Remark.Kind.CHECK, mode, "sse-kms needs S3Settings." + KEY + ": add it");
    }
  }

  private void checkWhole() {
    if (!byTarget.containsKey("BucketName")) {
      missing("S3Settings.BucketName is required: add it");
    }
    if (!byTarget.containsKey("EndpointIdentifier")) {
      missing("there is no endpoint identifier: look up the endpoint's ARN yourself");
    }
    if (options.environment() != null && !byTarget.containsKey("Environment")) {
      added.put("Environment", options.environment());
    }
    if (options.dataLakeRoleArn() != null) {
      added.put("DataLakeRoleArn", options.dataLakeRoleArn());
    }
    if (added.isEmpty() && !byTarget.containsKey("Environment")) {
      missing(
          "nothing says in which environment it is: give --environment or --data-lake-role-arn,"
              + " unless the type configuration has a DefaultEnvironment");
    }
  }

  private void missing(String text) {
    remarks.add(new Remark(Remark.Kind.CHECK, id(), resource.entry().line(), text));
  }

  private void checkAttribute(Part.Entry attribute) {
    switch (attribute.name()) {
      case "Condition" ->
          remark(
              Remark.Kind.CHECK,
              attribute,
              "kept: import the endpoint only into stacks where the condition holds");
      case "DeletionPolicy", "UpdateReplacePolicy" -> {
        if (!attribute.value().text().startsWith("Retain")) {
          remark(
              Remark.Kind.CHECK,
              attribute,
              "Retain in place of %s, which an import demands; change it back when all is done"
                  .formatted(source.slice(attribute.value())));
        }
      }
      default -> {
        if (!isKept(attribute.name())) {
          remark(
              Remark.Kind.NOT_TRANSLATED,
              attribute,
              stays() + ": this attribute is not one of this type's");
        }
      }
    }
  }

  private Placed placed(Part.Entry property, Place place, String name, String text) {
    remark(Remark.Kind.TRANSLATED, property, text);
    return new Placed(place, name);
  }

  private Placed gone(Part.Entry property, String text) {
    remark(Remark.Kind.LEFT_OUT, property, text);
    return new Placed(Place.GONE, "");
  }

  private Placed comment(Part.Entry property, String why) {
    remark(Remark.Kind.NOT_TRANSLATED, property, stays() + ": " + why);
    return new Placed(Place.COMMENT, NOT_TRANSLATED);
  }

  private String stays() {
    return resource.body().flow() ? "stays in the Metadata" : "stays as a comment";
  }

  /** Between brackets the text is written anew. */
  private void checkComments() {
    var whole = resource.attribute("Properties").orElseThrow();
    var from = whole.value().start() + 1;
    for (var property : resource.properties()) {
      checkComments(property, source.slice(from, property.start()));
      from = property.end();
    }
    checkComments(whole, source.slice(from, whole.value().end()));
  }

  private void checkComments(Part.Entry at, String between) {
    between
        .lines()
        .map(line -> line.strip().replaceFirst("^,\\s*", ""))
        .filter(line -> line.startsWith("#"))
        .forEach(line -> remark(Remark.Kind.NOT_TRANSLATED, at, "not kept: the comment " + line));
  }

  private void remark(Remark.Kind kind, Part.Entry entry, String text) {
    remarks.add(new Remark(kind, where(entry.name()), entry.line(), text));
  }

  private String where(String name) {
    return id() + "." + name;
  }
}
