package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.stacks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.RegistryFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.StackInstance;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/**
 * Makes the resources of a stack, with the calls and permissions of their handlers (the {@code
 * handlers} of the schemas of {@code AWS::Logs::LogGroup}, {@code
 * AWS::CloudFormation::ResourceVersion} and {@code AWS::CloudFormation::ResourceDefaultVersion}).
 */
final class StackResources {
  private static final String KIND = "RESOURCE";

  /** What the handlers of a log group need as well, and the local AWS doesn't play. */
  private static final List<String> LOG_GROUP_ACTIONS =
      List.of(
          "logs:GetDataProtectionPolicy",
          "logs:ListTagsForResource",
          "logs:PutRetentionPolicy",
          "logs:TagResource");

  private final World world;
  private final Caller caller;

  StackResources(World world, Caller caller) {
    this.world = world;
    this.caller = caller;
  }

  /**
   * Goes on as far as it can.
   *
   * @param whole whether everything is there, or something has to be waited for
   */
  record Progress(StackInstance stack, boolean whole) {}

  /**
   * Makes what is not there, or not as declared.
   *
   * @throws AwsFault where a call is refused
   */
  Progress bring(StackInstance stack, List<TemplateReader.Declared> resources) {
    var now = stack;
    for (var resource : resources) {
      var declared = resolved(resource.properties(), now);
      if (declared.toString().equals(now.declared().get(resource.logicalId()))) {
        continue;
      }
      var id = resource.logicalId();
      switch (resource.type()) {
        case "AWS::Logs::LogGroup" -> now = now.with(id, logGroup(declared), declared.toString());
        case "AWS::CloudFormation::ResourceVersion" -> {
          now = version(now, id, declared);
          if (now.made().containsKey(StackInstance.waitingFor(id))) {
            return new Progress(now, false);
          }
        }
        case "AWS::CloudFormation::ResourceDefaultVersion" ->
            now = now.with(id, defaultVersion(declared), declared.toString());
        default ->
            throw new AwsFault("ValidationError", 400, "The local AWS makes no " + resource.type());
      }
    }
    return new Progress(now, true);
  }

  private static ObjectNode resolved(ObjectNode properties, StackInstance stack) {
    var resolved = properties.deepCopy();
    for (var entry : properties.properties()) {
      var text = entry.getValue().asText();
      if (entry.getValue().isTextual() && text.endsWith(".Ref")) {
        resolved.put(
            entry.getKey(), stack.made().get(text.substring(0, text.length() - ".Ref".length())));
      } else if (entry.getValue() instanceof ObjectNode object) {
        resolved.set(entry.getKey(), resolved(object, stack));
      }
    }
    return resolved;
  }

  private String logGroup(ObjectNode declared) {
    var name = declared.get("LogGroupName").asText();
    caller.call("logs", "DescribeLogGroups", object().put("logGroupNamePrefix", name));
    caller.call("logs", "CreateLogGroup", object().put("logGroupName", name));
    for (var action : LOG_GROUP_ACTIONS) {
      caller.demand(action, world.arns().logGroup(caller.account(), caller.region(), name));
    }
    return name;
  }

  private StackInstance version(StackInstance stack, String id, ObjectNode declared) {
    var waitingFor = stack.made().get(StackInstance.waitingFor(id));
    var token = waitingFor == null ? register(declared) : waitingFor;
    var registration =
        caller.call(
            "cloudformation", "DescribeTypeRegistration", object().put("RegistrationToken", token));
    return switch (registration.get("ProgressStatus").asText()) {
      case "IN_PROGRESS" -> stack.waiting(id, token);
      case "COMPLETE" -> {
        var arn = registration.get("TypeVersionArn").asText();
        caller.call("cloudformation", "DescribeType", object().put("Arn", arn));
        caller.call("cloudformation", "ListTypeVersions", object().put("Arn", arn));
        yield stack.waitingNoLonger(id).with(id, arn, declared.toString());
      }
      default -> throw RegistryFaults.registry(registration.get("Description").asText());
    };
  }

  private String register(ObjectNode declared) {
    var bucket = declared.get("SchemaHandlerPackage").asText().split("/")[2];
    world
        .bucket(bucket)
        .ifPresent(b -> caller.demand("s3:ListBucket", b, world.arns().bucket(bucket)));
    return caller
        .call("cloudformation", "RegisterType", declared.deepCopy().put("Type", KIND))
        .get("RegistrationToken")
        .asText();
  }

  private String defaultVersion(ObjectNode declared) {
    var arn = declared.get("TypeVersionArn").asText();
    caller.call("cloudformation", "SetTypeDefaultVersion", object().put("Arn", arn));
    caller.call("cloudformation", "DescribeType", object().put("Arn", arn));
    return arn;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
