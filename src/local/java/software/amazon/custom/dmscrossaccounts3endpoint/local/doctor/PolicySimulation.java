package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * Simulation of a role's permissions by IAM ({@code iam:SimulatePrincipalPolicy}): its policies,
 * its boundary and the SCPs of its account, but no policy of a resource. Each call has one
 * resource, since the reference leaves open how the results of several are combined.
 */
final class PolicySimulation {

  private final IamClient iam;
  private final String roleArn;
  private final Map<String, Collection<String>> denied = new TreeMap<>();
  private final Collection<String> undecided = new TreeSet<>();
  private final Collection<String> missing = new TreeSet<>();
  private List<ContextEntry> context = List.of();

  /**
   * Creates a simulation of a role.
   *
   * @param iam of the role's account
   */
  PolicySimulation(IamClient iam, String roleArn) {
    this.iam = iam;
    this.roleArn = roleArn;
  }

  /** Sets the values of condition keys for the actions that are simulated next. */
  PolicySimulation in(Map<String, String> values) {
    context =
        values.entrySet().stream()
            .map(
                entry ->
                    ContextEntry.builder()
                        .contextKeyName(entry.getKey())
                        .contextKeyType(ContextKeyTypeEnum.STRING)
                        .contextKeyValues(entry.getValue())
                        .build())
            .toList();
    return this;
  }

  /**
   * Simulates actions on one resource.
   *
   * @param resource its ARN, or {@code *}
   */
  PolicySimulation simulate(String resource, Collection<String> actions) {
    if (!actions.isEmpty()) {
      var request =
          SimulatePrincipalPolicyRequest.builder()
              .policySourceArn(roleArn)
              .actionNames(actions)
              .contextEntries(context);
      if (!resource.equals("*")) {
        request.resourceArns(resource);
      }
      iam.simulatePrincipalPolicyPaginator(request.build()).evaluationResults().stream()
          .forEach(result -> add(result, isOfAnotherAccount(resource)));
    }
    return this;
  }

  private boolean isOfAnotherAccount(String resource) {
    return Arn.tryFromString(resource)
        .flatMap(Arn::accountId)
        .filter(account -> !account.isEmpty())
        .filter(account -> !account.equals(EndpointNames.accountOf(roleArn)))
        .isPresent();
  }

  private void add(EvaluationResult result, boolean crossesAccounts) {
    if (result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED
        || (crossesAccounts && isAllowedOnThisSide(result))) {
      return;
    }
    var unknown = new ArrayList<>(result.missingContextValues());
    result
        .resourceSpecificResults()
        .forEach(ofResource -> unknown.addAll(ofResource.missingContextValues()));
    if (crossesAccounts && result.evalDecisionDetails().isEmpty()) {
      unknown.add("policies of another account");
    }
    if (result.evalDecision() == PolicyEvaluationDecisionType.IMPLICIT_DENY && !unknown.isEmpty()) {
      undecided.add(result.evalActionName());
      missing.addAll(unknown);
    } else {
      denied.computeIfAbsent(cause(result), c -> new TreeSet<>()).add(result.evalActionName());
    }
  }

  /**
   * An action across accounts is allowed only where the policy of the resource says so too, which
   * is not part of this simulation. {@code EvalDecisionDetails} tells the sides apart; how it names
   * them is not documented.
   */
  private static boolean isAllowedOnThisSide(EvaluationResult result) {
    var sides =
        result.evalDecisionDetails().entrySet().stream()
            .filter(side -> !side.getKey().toLowerCase(Locale.ROOT).contains("resource"))
            .map(Map.Entry::getValue)
            .toList();
    return result.evalDecision() == PolicyEvaluationDecisionType.IMPLICIT_DENY
        && !sides.isEmpty()
        && sides.stream().allMatch(PolicyEvaluationDecisionType.ALLOWED::equals);
  }

  private static String cause(EvaluationResult result) {
    var organizations = result.organizationsDecisionDetail();
    if (organizations != null && Boolean.FALSE.equals(organizations.allowedByOrganizations())) {
      return "an SCP does not allow";
    }
    var boundary = result.permissionsBoundaryDecisionDetail();
    if (boundary != null && Boolean.FALSE.equals(boundary.allowedByPermissionsBoundary())) {
      return "the boundary does not allow";
    }
    return result.evalDecision() == PolicyEvaluationDecisionType.EXPLICIT_DENY
        ? "a policy denies"
        : "no policy allows";
  }

  /** Returns whether every action is allowed. */
  boolean allowsAll() {
    return denied.isEmpty() && undecided.isEmpty();
  }

  /** Adds the finding. */
  void report(CheckTarget target, String ifAllowed, String next) {
    if (!denied.isEmpty()) {
      target.broken(
          denied.entrySet().stream()
              .map(cause -> cause.getKey() + " " + String.join(", ", cause.getValue()))
              .collect(joining("; ")),
          next);
    } else if (!undecided.isEmpty()) {
      target.unknown(
          "not decided: %s depend on %s, which the doctor does not know"
              .formatted(String.join(", ", undecided), String.join(", ", missing)));
    } else {
      target.ok(ifAllowed);
    }
  }
}
