package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.TemplateFile.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
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
 * What CloudFormation makes of a template in one account: parameters are checked and filled in,
 * rules and conditions are decided, functions are resolved.
 */
public final class DeployedTemplate {

  static final String REGION = "eu-central-1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}!]+)}");
  private static final Object NO_VALUE = new Object();

  private TemplateFile file;
  private final String account;
  private final String region;
  private final Map<String, Object> parameters = new TreeMap<>();

  private DeployedTemplate(TemplateFile file, String account, String region) {
    this.file = file;
    this.account = account;
    this.region = region;
  }

  /**
   * Deploys.
   *
   * @throws IllegalArgumentException where CloudFormation refuses the parameters
   */
  static DeployedTemplate of(TemplateFile file, String account, Map<String, String> given) {
    return of(file, account, REGION, given);
  }

  /**
   * Deploys in another Region.
   *
   * @throws IllegalArgumentException where CloudFormation refuses the parameters
   */
  static DeployedTemplate of(
      TemplateFile file, String account, String region, Map<String, String> given) {
    var deployed = new DeployedTemplate(file, account, region);
    given.keySet().stream()
        .filter(name -> !file.section("Parameters").containsKey(name))
        .forEach(
            name -> {
              throw new IllegalArgumentException("There is no parameter " + name);
            });
    file.section("Parameters")
        .forEach((name, declared) -> deployed.fill(name, map(declared), given.get(name)));
    deployed.file =
        new TemplateFile(
            file.path(), LanguageExtensions.writtenOut(file.content(), deployed::resolve));
    deployed.checkRules();
    return deployed;
  }

  private void fill(String name, Map<String, Object> declared, String given) {
    var value = given != null ? given : declared.get("Default");
    if (value == null) {
      throw new IllegalArgumentException("Parameter " + name + " has no value");
    }
    var text = value.toString();
    var pattern = (String) declared.get("AllowedPattern");
    if (pattern != null && !Pattern.compile(pattern).matcher(text).find()) {
      throw new IllegalArgumentException(name + " does not match " + pattern + ": " + text);
    }
    var allowed = (List<?>) declared.get("AllowedValues");
    if (allowed != null && allowed.stream().noneMatch(a -> a.toString().equals(text))) {
      throw new IllegalArgumentException(name + " is none of " + allowed + ": " + text);
    }
    var type = declared.get("Type").toString();
    if (type.equals("CommaDelimitedList") || type.startsWith("List<")) {
      parameters.put(name, Arrays.stream(text.split(",")).map(String::strip).toList());
    } else {
      parameters.put(name, text);
    }
  }

  private void checkRules() {
    file.section("Rules")
        .values()
        .forEach(
            rule -> {
              for (var assertion : (List<?>) map(rule).get("Assertions")) {
                if (!truth(map(assertion).get("Assert"))) {
                  throw new IllegalArgumentException(
                      map(assertion).get("AssertDescription").toString());
                }
              }
            });
  }

  String account() {
    return account;
  }

  /** The resources of a type that are made, by logical id, each with its resolved properties. */
  public Map<String, ObjectNode> resources(String type) {
    var found = new LinkedHashMap<String, ObjectNode>();
    file.section("Resources")
        .forEach(
            (id, resource) -> {
              if (map(resource).get("Type").equals(type) && isThere(map(resource))) {
                found.put(id, JSON.valueToTree(properties(id)));
              }
            });
    return found;
  }

  private boolean isThere(Map<String, Object> resource) {
    return !resource.containsKey("Condition") || condition(resource.get("Condition").toString());
  }

  /** All resources, as the local AWS takes them. */
  List<TemplateReader.Declared> declared() {
    var declared = new ArrayList<TemplateReader.Declared>();
    file.section("Resources")
        .forEach(
            (id, resource) -> {
              if (isThere(map(resource))) {
                declared.add(
                    new TemplateReader.Declared(
                        id,
                        map(resource).get("Type").toString(),
                        JSON.valueToTree(properties(id))));
              }
            });
    return declared;
  }

  /** The value of an output. */
  public String output(String name) {
    return text(map(file.section("Outputs").get(name)).get("Value"));
  }

  /** The outputs, resolved, with their exports. */
  JsonNode outputs() {
    return JSON.valueToTree(resolve(file.section("Outputs")));
  }

  private Object properties(String id) {
    return resolve(map(file.section("Resources").get(id)).getOrDefault("Properties", Map.of()));
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
    object.forEach(
        (key, member) -> {
          var held = resolve(member);
          if (held != NO_VALUE) {
            resolved.put(key, held);
          }
        });
    return resolved;
  }

  private Object function(String name, Object argument) {
    return switch (name) {
      case "Ref" -> ref(text(argument));
      case "Fn::GetAtt" ->
          attribute(
              argument instanceof List<?> parts
                  ? text(parts.get(0)) + "." + text(parts.get(1))
                  : argument.toString());
      case "Fn::FindInMap" -> findInMap((List<?>) argument);
      case "Fn::Sub" ->
          argument instanceof List<?> parts
              ? sub(parts.get(0).toString(), map(parts.get(1)))
              : sub(argument.toString(), Map.of());
      case "Fn::If" -> {
        var parts = (List<?>) argument;
        yield resolve(parts.get(condition(parts.get(0).toString()) ? 1 : 2));
      }
      case "Fn::Join" -> {
        var parts = (List<?>) argument;
        yield String.join(
            parts.get(0).toString(), list(parts.get(1)).stream().map(Object::toString).toList());
      }
      case "Fn::Select" -> {
        var parts = (List<?>) argument;
        yield list(parts.get(1)).get(Integer.parseInt(text(parts.get(0))));
      }
      case "Fn::Split" -> {
        var parts = (List<?>) argument;
        yield List.of(text(parts.get(1)).split(Pattern.quote(parts.get(0).toString())));
      }
      default -> throw new IllegalArgumentException("This test does not know " + name);
    };
  }

  /** The fourth part, where it is there, is what a map without these keys gives. */
  private Object findInMap(List<?> parts) {
    var map = map(file.section("Mappings").get(text(parts.get(0))));
    var found = map(map.getOrDefault(text(parts.get(1)), Map.of())).get(text(parts.get(2)));
    if (found == null && parts.size() < 4) {
      throw new IllegalArgumentException("There is nothing in the map: " + parts);
    }
    return found != null ? found : resolve(map(parts.get(3)).get("DefaultValue"));
  }

  private boolean condition(String name) {
    return truth(file.section("Conditions").get(name));
  }

  private boolean truth(Object value) {
    var name = map(value).keySet().iterator().next();
    var argument = map(value).get(name);
    return switch (name) {
      case "Condition" -> condition(argument.toString());
      case "Fn::Not" -> !truth(((List<?>) argument).get(0));
      case "Fn::Or" -> ((List<?>) argument).stream().anyMatch(this::truth);
      case "Fn::And" -> ((List<?>) argument).stream().allMatch(this::truth);
      case "Fn::Equals" ->
          text(((List<?>) argument).get(0)).equals(text(((List<?>) argument).get(1)));
      default -> throw new IllegalArgumentException("This test does not know " + name);
    };
  }

  private String sub(String text, Map<String, Object> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> {
              var name = found.group(1);
              var value =
                  variables.containsKey(name)
                      ? text(variables.get(name))
                      : (name.contains(".") ? attribute(name) : ref(name)).toString();
              return Matcher.quoteReplacement(value);
            });
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

  /** What a resource returns; of types that tests don't deploy any text. */
  private String attribute(String name) {
    var id = name.substring(0, name.indexOf('.'));
    var resource = map(file.section("Resources").get(id));
    if (resource == null) {
      throw new IllegalArgumentException("There is neither parameter nor resource " + id);
    }
    return switch (resource.get("Type").toString()) {
      case "AWS::IAM::Role" -> iamArn("role", id, resource, "RoleName");
      case "AWS::IAM::ManagedPolicy" -> iamArn("policy", id, resource, "ManagedPolicyName");
      case "AWS::DMS::ReplicationInstance" ->
          "arn:aws:dms:%s:%s:rep:%s".formatted(region, account, id.toUpperCase(Locale.ROOT));
      case "AWS::CodeBuild::Project" ->
          "arn:aws:codebuild:%s:%s:project/%s".formatted(region, account, id);
      default -> name;
    };
  }

  private String iamArn(String kind, String id, Map<String, Object> resource, String naming) {
    var properties = map(resource.get("Properties"));
    var path = properties.containsKey("Path") ? text(properties.get("Path")) : "/";
    var name = properties.containsKey(naming) ? text(properties.get(naming)) : id;
    return "arn:aws:iam::%s:%s%s%s".formatted(account, kind, path, name);
  }
}
