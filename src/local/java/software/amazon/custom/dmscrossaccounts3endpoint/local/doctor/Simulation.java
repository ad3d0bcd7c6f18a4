package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;

/**
 * Asks IAM what a role may do ({@code iam:SimulatePrincipalPolicy}): its policies, its boundary and
 * the SCPs of its account, but no resource's policy. One resource goes with each call, since the
 * reference leaves open how the results of several are put together.
 */
final class Simulation {

  private final IamClient iam;
  private final String caller;
  private final String roleArn;
  private final Map<String, Collection<String>> denied = new TreeMap<>();
  private final Collection<String> undecided = new TreeSet<>();
  private final Collection<String> missing = new TreeSet<>();
  private List<ContextEntry> context = List.of();

  /**
   * A simulation of a role.
   *
   * @param iam of the role's account
   * @param caller who asks, for the user
   */
  Simulation(IamClient iam, String caller, String roleArn) {
    this.iam = iam;
    this.caller = caller;
    this.roleArn = roleArn;
  }

  /** Gives the condition keys the values that they have in the calls that are asked for next. */
  Simulation in(Map<String, String> values) {
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
   * Asks for actions on one resource.
   *
   * @param resource its ARN, or {@code *}
   * @throws AwsCallFailed where the caller may not ask, or the role is not there
   */
  Simulation of(String resource, Collection<String> actions) {
    if (actions.isEmpty()) {
      return this;
    }
    var request =
        SimulatePrincipalPolicyRequest.builder()
            .policySourceArn(roleArn)
            .actionNames(actions)
            .contextEntries(context);
    if (!resource.equals("*")) {
      request.resourceArns(resource);
    }
    AwsCalls.made(
            "iam:SimulatePrincipalPolicy",
            caller,
            () ->
                iam.simulatePrincipalPolicyPaginator(request.build()).evaluationResults().stream()
                    .toList())
        .forEach(this::take);
    return this;
  }

  private void take(EvaluationResult result) {
    if (result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED) {
      return;
    }
    var unknown = new ArrayList<>(result.missingContextValues());
    result.resourceSpecificResults().stream()
        .map(ResourceSpecificResult::missingContextValues)
        .forEach(unknown::addAll);
    if (result.evalDecision() == PolicyEvaluationDecisionType.IMPLICIT_DENY && !unknown.isEmpty()) {
      undecided.add(result.evalActionName());
      missing.addAll(unknown);
      return;
    }
    denied.computeIfAbsent(cause(result), c -> new TreeSet<>()).add(result.evalActionName());
  }

  private static String cause(EvaluationResult result) {
    if (result.organizationsDecisionDetail() != null
        && Boolean.FALSE.equals(result.organizationsDecisionDetail().allowedByOrganizations())) {
      return "an SCP does not allow";
    }
    if (result.permissionsBoundaryDecisionDetail() != null
        && Boolean.FALSE.equals(
            result.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())) {
      return "the boundary does not allow";
    }
    return result.evalDecision() == PolicyEvaluationDecisionType.EXPLICIT_DENY
        ? "a policy denies"
        : "no policy allows";
  }

  /** What is allowed and what is not, in words. */
  Finding finding(Subject subject, String whereAllIsAllowed, String next) {
    if (!denied.isEmpty()) {
      return subject.broken(
          String.join(
              "; ",
              denied.entrySet().stream()
                  .map(cause -> cause.getKey() + " " + String.join(", ", cause.getValue()))
                  .toList()),
          next);
    }
    if (!undecided.isEmpty()) {
      return subject.unknown(
          "not decided: %s depend on %s, which the doctor does not know"
              .formatted(String.join(", ", undecided), String.join(", ", missing)));
    }
    return subject.ok(whereAllIsAllowed);
  }
}
