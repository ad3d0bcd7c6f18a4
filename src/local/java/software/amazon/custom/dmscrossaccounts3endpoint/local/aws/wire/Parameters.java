package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A call's parameters, read with the constraints of the service model. What breaks one is answered
 * as AWS's front end answers it, "1 validation error detected: ...".
 */
public final class Parameters {
  private final ObjectNode values;
  private final String validationCode;

  /**
   * @param validationCode what this protocol calls a broken constraint
   */
  Parameters(ObjectNode values, String validationCode) {
    this.values = values;
    this.validationCode = validationCode;
  }

  /** The parameters of a call that one service of AWS makes of another. */
  public static Parameters of(ObjectNode values) {
    return new Parameters(values, QueryProtocol.VALIDATION);
  }

  public ObjectNode values() {
    return values;
  }

  public boolean has(String name) {
    return values.hasNonNull(name);
  }

  public Text text(String name) {
    var value = values.get(name);
    if (value == null || value.isNull()) {
      return new Text(name, null);
    }
    if (!value.isTextual()) {
      throw wrongType(name, "a String");
    }
    return new Text(name, value.textValue());
  }

  /** A number between both bounds, or the default where it is absent. */
  public int number(String name, int least, int most, int otherwise) {
    var value = values.get(name);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    var number = asInt(name, value);
    if (number < least) {
      throw broken(
          name, value.asText(), "Member must have value greater than or equal to " + least);
    }
    if (number > most) {
      throw broken(name, value.asText(), "Member must have value less than or equal to " + most);
    }
    return number;
  }

  private int asInt(String name, JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      return value.intValue();
    }
    if (value.isTextual() && value.textValue().matches("-?\\d{1,9}")) {
      return Integer.parseInt(value.textValue());
    }
    throw wrongType(name, "an Integer");
  }

  public boolean flag(String name) {
    var value = values.get(name);
    return value != null && "true".equalsIgnoreCase(value.asText());
  }

  /** A structure's members, empty where it is absent. */
  public Parameters structure(String name) {
    var value = values.get(name);
    if (value == null || value.isNull()) {
      return new Parameters(values.objectNode(), validationCode);
    }
    if (value instanceof ObjectNode object) {
      return new Parameters(object, validationCode);
    }
    throw wrongType(name, "a structure");
  }

  public List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (var element : elements(name)) {
      if (!element.isTextual()) {
        throw wrongType(name, "a list of Strings");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  public List<Parameters> structures(String name) {
    var structures = new ArrayList<Parameters>();
    for (var element : elements(name)) {
      if (!(element instanceof ObjectNode object)) {
        throw wrongType(name, "a list of structures");
      }
      structures.add(new Parameters(object, validationCode));
    }
    return structures;
  }

  /** Absent and empty are not the same where a list is required. */
  public Parameters requireList(String name) {
    if (!has(name)) {
      throw broken(name, null, "Member must not be null");
    }
    return this;
  }

  private Iterable<JsonNode> elements(String name) {
    var value = values.get(name);
    // The Query protocol writes an empty list as an empty value.
    if (value == null || value.isNull() || (value.isTextual() && value.textValue().isEmpty())) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrongType(name, "a list");
    }
    return value;
  }

  /** Key and value of every tag, as given; a key that comes twice is for the service to refuse. */
  public List<Map.Entry<String, String>> tags(String name) {
    var tags = new ArrayList<Map.Entry<String, String>>();
    for (var tag : structures(name)) {
      tags.add(
          Map.entry(
              tag.text("Key").required().value(),
              Optional.ofNullable(tag.text("Value").value()).orElse("")));
    }
    return tags;
  }

  public static Map<String, String> asMap(List<Map.Entry<String, String>> tags) {
    var map = new LinkedHashMap<String, String>();
    tags.forEach(tag -> map.put(tag.getKey(), tag.getValue()));
    return map;
  }

  public AwsFault broken(String name, String value, String constraint) {
    var member = Character.toLowerCase(name.charAt(0)) + name.substring(1);
    return invalid(
        "1 validation error detected: Value %s at '%s' failed to satisfy constraint: %s"
            .formatted(value == null ? "null" : "'" + value + "'", member, constraint));
  }

  public AwsFault invalid(String message) {
    return new AwsFault(validationCode, 400, message);
  }

  private AwsFault wrongType(String name, String type) {
    return validationCode.equals(QueryProtocol.VALIDATION)
        ? new AwsFault("MalformedInput", 400, name + " must be " + type)
        : new AwsFault(
            "SerializationException", 400, "Member " + name + " can not be converted to " + type);
  }

  /** One text parameter; every check passes what is absent, but {@link #required()}. */
  public final class Text {
    private final String name;
    private final String value;

    private Text(String name, String value) {
      this.name = name;
      this.value = value;
    }

    public Text required() {
      if (value == null) {
        throw broken(name, null, "Member must not be null");
      }
      return this;
    }

    public Text length(int least, int most) {
      if (value != null && value.length() < least) {
        throw broken(name, value, "Member must have length greater than or equal to " + least);
      }
      if (value != null && value.length() > most) {
        throw broken(name, value, "Member must have length less than or equal to " + most);
      }
      return this;
    }

    public Text matching(Pattern pattern) {
      if (value != null && !pattern.matcher(value).matches()) {
        throw broken(
            name, value, "Member must satisfy regular expression pattern: " + pattern.pattern());
      }
      return this;
    }

    public Text oneOf(List<String> allowed) {
      if (value != null && !allowed.contains(value)) {
        throw broken(name, value, "Member must satisfy enum value set: " + allowed);
      }
      return this;
    }

    /** The value, null where it is absent. */
    public String value() {
      return value;
    }

    public String orElse(String otherwise) {
      return value == null ? otherwise : value;
    }
  }
}
