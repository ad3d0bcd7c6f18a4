package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.TemplateFile.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.stacks.TemplateReader;

/**
 * A template as CloudFormation resolves it in one account and Region, as far as the templates of
 * this project need it: parameters are checked and filled in, rules and conditions are decided,
 * functions are resolved. Whether a template is well-formed is for cfn-lint to say.
 */
public final class DeployedTemplate {

  static final String REGION = "eu-central-1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}!]+)}");
  private static final Object NO_VALUE = new Object();

  private final TemplateFile file;
  private final String account;
  private final String region;
  private final Map<String, Object> parameters = new TreeMap<>();

  private DeployedTemplate(TemplateFile file, String account, String region) {
    this.file = file;
    this.account = account;
    this.region = region;
  }

  static DeployedTemplate of(TemplateFile file, String account, Map<String, String> given) {
    return of(file, account, REGION, given);
  }

  /**
   * Deploys a template.
   *
   * @throws IllegalArgumentException where CloudFormation refuses the parameters
   */
  static DeployedTemplate of(
      TemplateFile file, String account, String region, Map<String, String> given) {
    var deployed = new DeployedTemplate(file.withoutLoops(), account, region);
    var declared = file.section("Parameters");
    refuse(!declared.keySet().containsAll(given.keySet()), "Not all are parameters: " + given);
    declared.forEach((name, parameter) -> deployed.fill(name, map(parameter), given.get(name)));
    for (var rule : file.section("Rules").values()) {
      for (var assertion : (List<?>) map(rule).get("Assertions")) {
        refuse(
            !deployed.truth(map(assertion).get("Assert")),
            map(assertion).get("AssertDescription").toString());
      }
    }
    return deployed;
  }

  private void fill(String name, Map<String, Object> declared, String given) {
    var value = given != null ? given : declared.get("Default");
    refuse(value == null, "Parameter " + name + " has no value");
    var text = value.toString();
    var pattern = declared.getOrDefault("AllowedPattern", "").toString();
    refuse(
        !Pattern.compile(pattern).matcher(text).find(),
        name + " does not match " + pattern + ": " + text);
    var allowed = (List<?>) declared.getOrDefault("AllowedValues", List.of(value));
    refuse(allowed.stream().noneMatch(a -> a.toString().equals(text)), name + " is not allowed");
    var type = declared.get("Type").toString();
    parameters.put(
        name,
        type.equals("CommaDelimitedList") || type.startsWith("List<")
            ? Arrays.stream(text.split(",")).map(String::strip).toList()
            : text);
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new IllegalArgumentException(why);
    }
  }

  String account() {
    return account;
  }

  /** The resources of a type that are made, by logical id, each with its resolved properties. */
  public Map<String, ObjectNode> resources(String type) {
    var found = new LinkedHashMap<String, ObjectNode>();
    declared().stream()
        .filter(resource -> resource.type().equals(type))
        .forEach(resource -> found.put(resource.logicalId(), resource.properties()));
    return found;
  }

  /** All resources, as the local AWS takes them. */
  List<TemplateReader.Declared> declared() {
    return file.section("Resources").entrySet().stream()
        .filter(entry -> isThere(map(entry.getValue())))
        .map(
            entry -> {
              var resource = map(entry.getValue());
              return new TemplateReader.Declared(
                  entry.getKey(),
                  resource.get("Type").toString(),
                  JSON.valueToTree(resolve(resource.getOrDefault("Properties", Map.of()))));
            })
        .toList();
  }

  private boolean isThere(Map<String, Object> resource) {
    return !resource.containsKey("Condition") || condition(resource.get("Condition").toString());
  }

  /** The value of an output. */
  public String output(String name) {
    return text(map(file.section("Outputs").get(name)).get("Value"));
  }

  /** The outputs, resolved, with their exports. */
  JsonNode outputs() {
    return JSON.valueToTree(resolve(file.section("Outputs")));
  }

  private String text(Object value) {
    return resolve(value).toString();
  }

  private List<?> list(Object value) {
    return (List<?>) resolve(value);
  }

  private Object resolve(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(this::resolve).filter(v -> v != NO_VALUE).toList();
    }
    if (!(value instanceof Map<?, ?>)) {
      return value;
    }
    var object = map(value);
    if (object.size() == 1) {
      var key = object.keySet().iterator().next();
      if (key.equals("Ref") || key.startsWith("Fn::")) {
        return function(key, object.get(key));
      }
    }
    var resolved = new LinkedHashMap<String, Object>();
    object.forEach((key, member) -> resolved.put(key, resolve(member)));
    resolved.values().removeIf(member -> member == NO_VALUE);
    return resolved;
  }

  private Object function(String name, Object argument) {
    var parts = argument instanceof List<?> list ? list : List.of(argument);
    return switch (name) {
      case "Ref" -> ref(text(argument));
      case "Fn::GetAtt" -> attribute(String.join(".", parts.stream().map(this::text).toList()));
      case "Fn::FindInMap" -> findInMap(parts);
      case "Fn::Sub" -> sub(text(parts.get(0)), parts.size() > 1 ? map(parts.get(1)) : Map.of());
      case "Fn::If" -> resolve(parts.get(condition(parts.get(0).toString()) ? 1 : 2));
      case "Fn::Join" ->
          String.join(text(parts.get(0)), list(parts.get(1)).stream().map(this::text).toList());
      case "Fn::Select" -> list(parts.get(1)).get(Integer.parseInt(text(parts.get(0))));
      case "Fn::Split" -> List.of(text(parts.get(1)).split(Pattern.quote(text(parts.get(0)))));
      default -> throw new IllegalArgumentException("This test does not know " + name);
    };
  }

  /** The fourth part, where it is there, is the value of a map without these keys. */
  private Object findInMap(List<?> parts) {
    var map = map(file.section("Mappings").get(text(parts.get(0))));
    var found = map(map.getOrDefault(text(parts.get(1)), Map.of())).get(text(parts.get(2)));
    refuse(found == null && parts.size() < 4, "There is nothing in the map: " + parts);
    return found != null ? found : resolve(map(parts.get(3)).get("DefaultValue"));
  }

  private boolean condition(String name) {
    return truth(file.section("Conditions").get(name));
  }

  private boolean truth(Object value) {
    var name = map(value).keySet().iterator().next();
    var argument = map(value).get(name);
    var parts = argument instanceof List<?> list ? list : List.of(argument);
    return switch (name) {
      case "Condition" -> condition(argument.toString());
      case "Fn::Not" -> !truth(parts.get(0));
      case "Fn::Or" -> parts.stream().anyMatch(this::truth);
      case "Fn::And" -> parts.stream().allMatch(this::truth);
      case "Fn::Equals" -> text(parts.get(0)).equals(text(parts.get(1)));
      default -> throw new IllegalArgumentException("This test does not know " + name);
    };
  }

  private String sub(String text, Map<String, Object> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> {
              var name = found.group(1);
              var given = variables.get(name);
              var value = given == null && name.contains(".") ? attribute(name) : ref(name, given);
              return Matcher.quoteReplacement(value);
            });
  }

  private String ref(String name, Object given) {
    return given == null ? ref(name).toString() : text(given);
  }

  private Object ref(String name) {
    return switch (name) {
      case "AWS::NoValue" -> NO_VALUE;
      case "AWS::AccountId" -> account;
      case "AWS::Partition" -> "aws";
      case "AWS::Region" -> region;
      case "AWS::StackName" -> "stack";
      default -> parameters.containsKey(name) ? parameters.get(name) : attribute(name + ".Ref");
    };
  }

  /** The text that a resource returns; of types that tests do not deploy any text. */
  private String attribute(String name) {
    var id = name.substring(0, name.indexOf('.'));
    refuse(!file.section("Resources").containsKey(id), "There is no parameter or resource " + id);
    var resource = map(file.section("Resources").get(id));
    return switch (resource.get("Type").toString()) {
      case "AWS::IAM::Role" -> iamArn("role", id, resource, "RoleName");
      case "AWS::IAM::ManagedPolicy" -> iamArn("policy", id, resource, "ManagedPolicyName");
      case "AWS::DMS::ReplicationInstance" ->
          "arn:aws:dms:%s:%s:rep:%s".formatted(region, account, id.toUpperCase(Locale.ROOT));
      default -> name;
    };
  }

  private String iamArn(String kind, String id, Map<String, Object> resource, String naming) {
    var properties = map(resource.get("Properties"));
    return "arn:aws:iam::%s:%s%s%s"
        .formatted(
            account,
            kind,
            text(properties.getOrDefault("Path", "/")),
            text(properties.getOrDefault(naming, id)));
  }
}
