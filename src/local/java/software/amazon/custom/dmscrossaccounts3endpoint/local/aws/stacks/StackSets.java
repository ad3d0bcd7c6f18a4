package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.stacks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Service;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.sts.StsService;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.StackInstance;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.StackSet;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.StackSetOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/**
 * StackSets. An operation goes on whenever it is looked at. What it takes to change stacks is asked
 * for as the Service Authorization Reference has it: the StackSet, each account as a {@code
 * stackset-target}, and each resource type of the template.
 */
public final class StackSets {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]{0,127}");

  private final World world;
  private final TemplateReader templates;
  private final StackSetRoles roles;

  /**
   * @param services what CloudFormation calls on behalf of its users
   */
  public StackSets(
      World world, TemplateReader templates, Map<String, Service> services, StsService sts) {
    this.world = world;
    this.templates = templates;
    this.roles = new StackSetRoles(world, services, sts);
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of(
        "CreateStackSet", this::createStackSet,
        "UpdateStackSet", this::updateStackSet,
        "DescribeStackSet", this::describeStackSet,
        "CreateStackInstances", this::createStackInstances,
        "ListStackInstances", this::listStackInstances,
        "DescribeStackSetOperation", this::describeStackSetOperation,
        "ListStackSetOperationResults", this::listStackSetOperationResults);
  }

  private static String name(Request request) {
    return request.parameters().text("StackSetName").required().matching(NAME).value();
  }

  private String arn(Request request, String kind, String rest) {
    return world.arns().cloudFormation(request.account(), request.region(), kind + "/" + rest);
  }

  private ObjectNode createStackSet(Request request) {
    var name = name(request);
    // It can't be bound to a StackSet (Service Authorization Reference of CloudFormation).
    request.demand("cloudformation:CreateStackSet", "*");
    if (world.stackSet(request.account(), request.region(), name).isPresent()) {
      throw new AwsFault("NameAlreadyExistsException", 409, "StackSet " + name + " already exists");
    }
    var id = name + ":" + world.ids().request();
    keep(
        request,
        asAsked(
            request,
            StackSet.builder()
                .name(name)
                .id(id)
                .arn(arn(request, "stackset", id))
                .instances(Map.of())
                .operations(Map.of())
                .build()));
    return answer().put("StackSetId", id);
  }

  private StackSet asAsked(Request request, StackSet set) {
    var parameters = request.parameters();
    var serviceManaged = parameters.text("PermissionModel").orElse("").equals("SERVICE_MANAGED");
    var administration =
        serviceManaged
            ? null
            : parameters
                .text("AdministrationRoleARN")
                .orElse(
                    world
                        .arns()
                        .role(
                            request.account(), "/", "AWSCloudFormationStackSetAdministrationRole"));
    if (administration != null) {
      request.demand(
          "iam:PassRole",
          administration,
          new ContextKeys().with("iam:PassedToService", "cloudformation.amazonaws.com"));
    }
    return set.withTemplate(parameters.text("TemplateBody").required().value())
        .withParameters(given(parameters, "Parameters"))
        .withAdministrationRole(administration)
        .withExecutionRoleName(
            parameters.text("ExecutionRoleName").orElse("AWSCloudFormationStackSetExecutionRole"));
  }

  private static Map<String, String> given(Parameters parameters, String member) {
    var given = new LinkedHashMap<String, String>();
    for (var parameter : parameters.structures(member)) {
      given.put(
          parameter.text("ParameterKey").required().value(),
          parameter.text("ParameterValue").required().value());
    }
    return given;
  }

  private ObjectNode updateStackSet(Request request) {
    var before = known(request, name(request));
    var changed = asAsked(request, before);
    demandChange(request, "cloudformation:UpdateStackSet", changed, changed.instances().values());
    idle(before);
    return begin(request, changed, "UPDATE", List.copyOf(changed.instances().values()));
  }

  private ObjectNode createStackInstances(Request request) {
    var set = known(request, name(request));
    var parameters = request.parameters();
    var overrides = given(parameters, "ParameterOverrides");
    var accounts = new ArrayList<>(parameters.texts("Accounts"));
    accounts.addAll(parameters.structure("DeploymentTargets").texts("Accounts"));
    var stacks = new ArrayList<StackInstance>();
    for (var account : accounts) {
      if (!world.hasAccount(account)) {
        throw parameters.invalid("There is no account " + account);
      }
      for (var region : parameters.texts("Regions")) {
        stacks.add(StackInstance.empty(account, region, overrides));
      }
    }
    demandChange(request, "cloudformation:CreateStackInstances", set, stacks);
    idle(set);
    return begin(request, set, "CREATE", stacks);
  }

  private void demandChange(
      Request request, String action, StackSet set, Iterable<StackInstance> stacks) {
    request.demand(action, set.arn());
    var types = new TreeSet<String>();
    for (var stack : stacks) {
      request.demand(action, arn(request, "stackset-target", set.id() + "/" + stack.account()));
      read(set, stack).forEach(resource -> types.add(resource.type()));
    }
    for (var type : types) {
      request.demand(action, world.arns().publicType(request.region(), type));
    }
  }

  private static void idle(StackSet set) {
    if (set.isBusy()) {
      throw new AwsFault(
          "OperationInProgressException",
          409,
          "Another operation on StackSet " + set.name() + " is in progress");
    }
  }

  private ObjectNode begin(
      Request request, StackSet set, String action, List<StackInstance> stacks) {
    var results = new TreeMap<String, String>();
    var now = set;
    for (var stack : stacks) {
      now = now.with(stack);
      results.put(stack.key(), StackSetOperation.RUNNING);
    }
    var operation = new StackSetOperation(world.ids().request(), action, Map.copyOf(results));
    keep(request, now.with(operation));
    return answer().put("OperationId", operation.id());
  }

  private List<TemplateReader.Declared> read(StackSet set, StackInstance stack) {
    var parameters = new TreeMap<>(set.parameters());
    parameters.putAll(stack.parameters());
    try {
      return templates.read(set.template(), stack.account(), stack.region(), parameters);
    } catch (IllegalArgumentException refused) {
      throw new AwsFault("ValidationError", 400, refused.getMessage());
    }
  }

  private StackSet goneOn(Request request, StackSet set, StackSetOperation operation) {
    var now = set;
    var outcome = operation;
    for (var result : operation.results().entrySet()) {
      if (!result.getValue().equals(StackSetOperation.RUNNING)) {
        continue;
      }
      var stack = now.instances().get(result.getKey());
      try {
        var caller = roles.in(request, now, stack.account(), stack.region());
        caller.demand("cloudformation:CreateStack", "*");
        var progress = new StackResources(world, caller).bring(stack, read(now, stack));
        now = now.with(progress.stack());
        if (progress.whole()) {
          outcome = outcome.with(stack.key(), StackSetOperation.SUCCEEDED);
        }
      } catch (AwsFault refused) {
        outcome = outcome.with(stack.key(), StackSetOperation.FAILED + ":" + refused.getMessage());
      }
    }
    now = now.with(outcome);
    keep(request, now);
    return now;
  }

  private ObjectNode describeStackSet(Request request) {
    var name = name(request);
    request.demand("cloudformation:DescribeStackSet", arn(request, "stackset", name + ":*"));
    var set = found(request, name);
    var answer = answer();
    answer
        .putObject("StackSet")
        .put("StackSetName", set.name())
        .put("StackSetId", set.id())
        .put("StackSetARN", set.arn())
        .put("Status", "ACTIVE")
        .put("PermissionModel", set.isServiceManaged() ? "SERVICE_MANAGED" : "SELF_MANAGED")
        .put("TemplateBody", set.template());
    return answer;
  }

  private ObjectNode listStackInstances(Request request) {
    var name = name(request);
    request.demand("cloudformation:ListStackInstances", arn(request, "stackset", name + ":*"));
    var set = found(request, name);
    var answer = answer();
    var summaries = answer.putArray("Summaries");
    var account = request.parameters().text("StackInstanceAccount").value();
    new TreeMap<>(set.instances())
        .values().stream()
            .filter(stack -> account == null || account.equals(stack.account()))
            .forEach(
                stack ->
                    summaries
                        .addObject()
                        .put("StackSetId", set.id())
                        .put("Account", stack.account())
                        .put("Region", stack.region())
                        .put("Status", stack.declared().isEmpty() ? "OUTDATED" : "CURRENT"));
    return answer;
  }

  private ObjectNode describeStackSetOperation(Request request) {
    var name = name(request);
    request.demand(
        "cloudformation:DescribeStackSetOperation", arn(request, "stackset", name + ":*"));
    var set = found(request, name);
    var before = operation(request, set);
    var after = goneOn(request, set, before).operations().get(before.id());
    var answer = answer();
    answer
        .putObject("StackSetOperation")
        .put("OperationId", after.id())
        .put("StackSetId", set.id())
        .put("Action", after.action())
        .put("Status", after.status());
    return answer;
  }

  private ObjectNode listStackSetOperationResults(Request request) {
    var name = name(request);
    request.demand(
        "cloudformation:ListStackSetOperationResults", arn(request, "stackset", name + ":*"));
    var operation = operation(request, found(request, name));
    var answer = answer();
    var summaries = answer.putArray("Summaries");
    new TreeMap<>(operation.results())
        .forEach(
            (stack, result) -> {
              var parts = result.split(":", 2);
              var summary =
                  summaries
                      .addObject()
                      .put("Account", stack.split("/")[0])
                      .put("Region", stack.split("/")[1])
                      .put("Status", parts[0]);
              if (parts.length == 2) {
                summary.put("StatusReason", parts[1]);
              }
            });
    return answer;
  }

  private static StackSetOperation operation(Request request, StackSet set) {
    var id = request.parameters().text("OperationId").required().value();
    var operation = set.operations().get(id);
    if (operation == null) {
      throw new AwsFault("OperationNotFoundException", 404, "Operation " + id + " not found");
    }
    return operation;
  }

  /** The StackSet, before anybody was asked whether it may be seen. */
  private StackSet known(Request request, String name) {
    return world
        .stackSet(request.account(), request.region(), name)
        .orElseGet(
            () -> {
              request.demand(
                  "cloudformation:" + request.operation(), arn(request, "stackset", name + ":*"));
              return found(request, name);
            });
  }

  private StackSet found(Request request, String name) {
    return world
        .stackSet(request.account(), request.region(), name)
        .orElseThrow(
            () ->
                new AwsFault("StackSetNotFoundException", 404, "StackSet " + name + " not found"));
  }

  private void keep(Request request, StackSet set) {
    world.put(request.account(), request.region(), set);
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }
}
