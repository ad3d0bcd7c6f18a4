package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.DmsFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;

/**
 * The settings of an S3 endpoint as DMS takes them in and as it shows them: enumerations in another
 * case than the service model's, its own defaults filled in, and an {@code
 * ExtraConnectionAttributes} into which every setting is written. Immutable.
 *
 * <p>Sources: what users of Terraform and the AWS CLI see in {@code describe-endpoints}, and the
 * defaults that the API reference names for {@code S3Settings}.
 */
public final class S3EndpointSettings {
  /** What DMS fills in for an S3 endpoint that says nothing. The row delimiter is spelled out. */
  private static final Map<String, JsonNode> DEFAULTS =
      Map.of(
          "BucketFolder", TextNode.valueOf(""),
          "CompressionType", TextNode.valueOf("none"),
          "CsvDelimiter", TextNode.valueOf(","),
          "CsvRowDelimiter", TextNode.valueOf("\\n"),
          "DatePartitionEnabled", BooleanNode.FALSE,
          "EnableStatistics", BooleanNode.TRUE);

  /** Settings that the extra connection attributes do not hold, by attribute. */
  private static final Set<String> NO_ATTRIBUTES = Set.of("dataFormat", "serviceAccessRoleArn");

  private static final String KEY = "ServerSideEncryptionKmsKeyId";

  /** Set in the service model's spelling. */
  private final Map<String, JsonNode> inEffect;

  /** Honoured as an attribute, but not shown among the settings. */
  private final Set<String> onlyAsAttribute;

  /** Attributes that stand for no setting. */
  private final Map<String, String> otherAttributes;

  private final Set<String> notShown;

  private S3EndpointSettings(
      Map<String, JsonNode> inEffect,
      Set<String> onlyAsAttribute,
      Map<String, String> otherAttributes,
      Set<String> notShown) {
    this.notShown = notShown;
    this.inEffect = inEffect;
    this.onlyAsAttribute = onlyAsAttribute;
    this.otherAttributes = otherAttributes;
  }

  /**
   * Reads what {@code CreateEndpoint} or {@code ModifyEndpoint} brings.
   *
   * @param dropped members that are ignored in {@code S3Settings} but honoured as attributes
   * @param droppedShow whether those are then shown among the settings too
   * @param keyArn makes an ARN of the id of a KMS key
   * @throws AwsFault when a value is none of its type or enumeration, or an attribute is unknown
   */
  public static S3EndpointSettings read(
      Parameters request,
      Set<String> dropped,
      boolean droppedShow,
      Habits habits,
      UnaryOperator<String> keyArn) {
    var structure = request.structure("S3Settings");
    var inEffect = new TreeMap<String, JsonNode>();
    for (var member : S3SettingsShape.members()) {
      var value = structure.values().get(member);
      if (value != null && !value.isNull()) {
        checkType(member, value);
        var taken =
            S3SettingsShape.type(member) == S3SettingsShape.Type.TEXT
                ? text(structure, member, value.textValue())
                : value;
        if (!dropped.contains(member)) {
          inEffect.put(member, taken);
        }
      }
    }
    var onlyAsAttribute = new TreeSet<String>();
    var others = new LinkedHashMap<String, String>();
    attributes(request)
        .forEach(
            (attribute, value) -> {
              var member = S3SettingsShape.memberOf(attribute);
              if (member.isEmpty()) {
                if (!habits.knownAttributes().contains(attribute)) {
                  throw DmsFaults.invalidValue(
                      "Unsupported value '" + attribute + "' for extra connection attributes");
                }
                if (!habits.droppedAttributes().contains(attribute)) {
                  others.put(attribute, made(habits.respelledAttributes(), attribute, value));
                }
                return;
              }
              inEffect.put(member.get(), fromAttribute(structure, member.get(), value));
              if (dropped.contains(member.get()) && !droppedShow) {
                onlyAsAttribute.add(member.get());
              }
            });
    if (!habits.keyIdsAsGiven()) {
      inEffect.computeIfPresent(
          KEY, (name, value) -> TextNode.valueOf(asArn(value.asText(), keyArn)));
    }
    habits
        .respelled()
        .forEach(
            (member, change) ->
                inEffect.computeIfPresent(
                    member, (name, value) -> TextNode.valueOf(change.apply(value.asText()))));
    return new S3EndpointSettings(inEffect, onlyAsAttribute, others, habits.notShown());
  }

  /** A bare key id comes back as an ARN; other names of a key are not recorded. */
  private static String asArn(String key, UnaryOperator<String> keyArn) {
    return key.startsWith("arn:") || key.startsWith("alias/") ? key : keyArn.apply(key);
  }

  private static String made(
      Map<String, UnaryOperator<String>> changes, String name, String value) {
    return changes.getOrDefault(name, UnaryOperator.identity()).apply(value);
  }

  /** These settings with those of a modification laid over them. */
  public S3EndpointSettings overlaid(S3EndpointSettings changes) {
    var merged = new TreeMap<>(inEffect);
    merged.putAll(changes.inEffect);
    var attributes = new LinkedHashMap<>(otherAttributes);
    attributes.putAll(changes.otherAttributes);
    var hidden = new TreeSet<>(onlyAsAttribute);
    hidden.removeAll(changes.inEffect.keySet());
    hidden.addAll(changes.onlyAsAttribute);
    return new S3EndpointSettings(merged, hidden, attributes, notShown);
  }

  private static void checkType(String member, JsonNode value) {
    var fine =
        switch (S3SettingsShape.type(member)) {
          case TEXT -> value.isTextual();
          case NUMBER -> value.isIntegralNumber() && value.canConvertToInt();
          case FLAG -> value.isBoolean();
        };
    if (!fine) {
      throw new AwsFault(
          "SerializationException", 400, "S3Settings." + member + " is of another type.");
    }
  }

  private static JsonNode text(Parameters parameters, String member, String value) {
    return S3SettingsShape.enumeration(member)
        .map(
            values ->
                S3SettingsShape.canonical(member, value)
                    .orElseThrow(
                        () ->
                            parameters.broken(
                                "s3Settings."
                                    + member.substring(0, 1).toLowerCase(Locale.ROOT)
                                    + member.substring(1),
                                value,
                                "Member must satisfy enum value set: " + values)))
        .map(TextNode::valueOf)
        .orElseGet(() -> TextNode.valueOf(value));
  }

  private static JsonNode fromAttribute(Parameters parameters, String member, String value) {
    return switch (S3SettingsShape.type(member)) {
      case TEXT -> text(parameters, member, value);
      case FLAG -> BooleanNode.valueOf(value.equalsIgnoreCase("true") || value.equals("y"));
      case NUMBER -> {
        if (!value.matches("-?\\d{1,9}")) {
          throw DmsFaults.invalidValue("Extra connection attribute " + member + " is no number.");
        }
        yield IntNode.valueOf(Integer.parseInt(value));
      }
    };
  }

  private static Map<String, String> attributes(Parameters request) {
    var attributes = new LinkedHashMap<String, String>();
    for (var part : request.text("ExtraConnectionAttributes").orElse("").split(";")) {
      if (part.isBlank()) {
        continue;
      }
      var equals = part.indexOf('=');
      if (equals < 1) {
        throw DmsFaults.invalidValue(
            "The extra connection attributes are not name=value pairs separated by semicolons.");
      }
      attributes.put(part.substring(0, equals).trim(), part.substring(equals + 1));
    }
    return attributes;
  }

  /** A text setting's value in the service model's spelling, or null. */
  public String text(String member) {
    var value = inEffect.get(member);
    return value == null ? null : value.asText();
  }

  /** A number setting's value, or null. */
  public Integer number(String member) {
    var value = inEffect.get(member);
    return value == null ? null : value.intValue();
  }

  /** The settings as {@code DescribeEndpoints} shows them. */
  public ObjectNode shown(boolean shouting) {
    var shown = JsonNodeFactory.instance.objectNode();
    all()
        .forEach(
            (member, value) -> {
              if (!onlyAsAttribute.contains(member)) {
                shown.set(member, shouting ? shouted(member, value) : value);
              }
            });
    return shown;
  }

  /**
   * Returns the {@code ExtraConnectionAttributes} as {@code DescribeEndpoints} shows them: the
   * settings and the other attributes in alphabetical order, each followed by a semicolon. The data
   * format is not among them.
   */
  public String attributes(boolean shouting) {
    var attributes = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    all()
        .forEach(
            (member, value) ->
                attributes.put(
                    S3SettingsShape.attribute(member),
                    (shouting ? shouted(member, value) : value).asText()));
    attributes.keySet().removeAll(NO_ATTRIBUTES);
    attributes.putAll(otherAttributes);
    return attributes.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + ";")
        .collect(Collectors.joining());
  }

  private Map<String, JsonNode> all() {
    var all = new TreeMap<>(DEFAULTS);
    all.putAll(inEffect);
    all.keySet().removeAll(notShown);
    return all;
  }

  /** {@code gzip} becomes {@code GZIP}, {@code sse-s3} becomes {@code SSE_S3}; two stay lower. */
  private static JsonNode shouted(String member, JsonNode value) {
    if (S3SettingsShape.enumeration(member).isEmpty()) {
      return value;
    }
    return TextNode.valueOf(
        switch (member) {
          case "DataFormat", "DatePartitionSequence" -> value.asText().toLowerCase(Locale.ROOT);
          default -> value.asText().toUpperCase(Locale.ROOT).replace('-', '_');
        });
  }
}
