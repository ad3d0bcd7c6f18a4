package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.arns.Arn;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.IamFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Permissions;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/**
 * IAM's simulation of what a role may do: its attached and inline policies within its boundary, in
 * the context that the call gives (IAM API reference, SimulatePrincipalPolicy). Each action with
 * each resource has a result of its own; which statements matched is left out, and so are policies
 * that the call brings along, users and groups.
 */
public final class IamSimulation {
  private static final String ALLOWED = "allowed";
  private static final String IMPLICIT_DENY = "implicitDeny";

  private final World world;

  public IamSimulation(World world) {
    this.world = world;
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of("SimulatePrincipalPolicy", this::simulate);
  }

  /** An action on a resource. */
  private record Deed(String action, String resource) {}

  private ObjectNode simulate(Request request) {
    var parameters = request.parameters();
    var source = parameters.text("PolicySourceArn").required().length(20, 2048).value();
    var deeds = deeds(parameters.requireList("ActionNames"));
    var context = context(parameters);
    request.demand("iam:SimulatePrincipalPolicy", source);
    var role =
        world
            .arns()
            .accountOfRole(source)
            .filter(request.account()::equals)
            .flatMap(account -> world.iam(account).roleByArn(source))
            .orElseThrow(() -> IamFaults.noSuchEntity(source + " does not exist."));
    var permissions = Permissions.of(world, request.account(), role, List.of());
    return IamRules.page(
        world,
        parameters,
        "EvaluationResults",
        deeds,
        deed -> result(permissions, deed, context, crosses(request, deed)));
  }

  /** Whether the resource is of another account than the role. */
  private static boolean crosses(Request request, Deed deed) {
    return Arn.tryFromString(deed.resource())
        .flatMap(Arn::accountId)
        .filter(account -> account.matches("\\d{12}") && !account.equals(request.account()))
        .isPresent();
  }

  private static List<Deed> deeds(Parameters parameters) {
    var resources = parameters.texts("ResourceArns");
    var deeds = new ArrayList<Deed>();
    for (var action : parameters.texts("ActionNames")) {
      if (!action.matches("[a-zA-Z0-9-]+:[a-zA-Z0-9]+")) {
        throw IamFaults.invalidInput("Invalid action: " + action);
      }
      (resources.isEmpty() ? List.of("*") : resources)
          .forEach(resource -> deeds.add(new Deed(action, resource)));
    }
    return deeds;
  }

  private static ContextKeys context(Parameters parameters) {
    var keys = new ContextKeys();
    for (var entry : parameters.structures("ContextEntries")) {
      keys.with(entry.text("ContextKeyName").required().value(), entry.texts("ContextKeyValues"));
    }
    return keys;
  }

  private static ObjectNode result(
      Permissions permissions, Deed deed, ContextKeys context, boolean crosses) {
    var verdict = permissions.verdict(deed.action(), deed.resource(), context);
    var result =
        IamRules.object()
            .put("EvalActionName", deed.action())
            .put("EvalResourceName", deed.resource());
    if (crosses && verdict.allowed()) {
      // Both accounts have to allow it (API reference, EvaluationResult), and what the other one
      // says is not part of the simulation.
      result.put("EvalDecision", IMPLICIT_DENY);
      result
          .putObject("EvalDecisionDetails")
          .putObject("entry")
          .put("key", "IAM Policy")
          .put("value", ALLOWED);
    } else {
      result.put("EvalDecision", decision(verdict));
    }
    var missing = result.putArray("MissingContextValues");
    permissions.conditionKeys().stream()
        .filter(key -> context.get(key).isEmpty())
        .forEach(missing::add);
    permissions
        .boundaryAllows(deed.action(), deed.resource(), context)
        .ifPresent(
            allows ->
                result
                    .putObject("PermissionsBoundaryDecisionDetail")
                    .put("AllowedByPermissionsBoundary", allows));
    return result;
  }

  private static String decision(Permissions.Verdict verdict) {
    if (verdict.allowed()) {
      return ALLOWED;
    }
    return verdict.denied() ? "explicitDeny" : IMPLICIT_DENY;
  }
}
