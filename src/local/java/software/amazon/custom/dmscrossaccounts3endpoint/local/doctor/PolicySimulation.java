package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

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
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * Asks IAM what a role may do ({@code iam:SimulatePrincipalPolicy}): its policies, its boundary and
 * the SCPs of its account, but no resource's policy. One resource goes with each call, since the
 * reference leaves open how the results of several are put together.
 */
final class PolicySimulation {

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
  PolicySimulation(IamClient iam, String caller, String roleArn) {
    this.iam = iam;
    this.caller = caller;
    this.roleArn = roleArn;
  }

  /** Gives the condition keys the values that they have in the calls that are asked for next. */
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
   * Asks for actions on one resource.
   *
   * @param resource its ARN, or {@code *}
   * @throws AwsCallException where the caller may not ask, or the role is not there
   */
  PolicySimulation of(String resource, Collection<String> actions) {
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
        .forEach(result -> take(result, isOfAnotherAccount(resource)));
    return this;
  }

  private boolean isOfAnotherAccount(String resource) {
    return Arn.tryFromString(resource)
        .flatMap(Arn::accountId)
        .filter(account -> !account.isEmpty())
        .filter(account -> !account.equals(EndpointNames.accountOf(roleArn)))
        .isPresent();
  }

  private void take(EvaluationResult result, boolean crossesAccounts) {
    if (result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED
        || (crossesAccounts && isAllowedOnThisSide(result))) {
      return;
    }
    var unknown = new ArrayList<>(result.missingContextValues());
    result.resourceSpecificResults().stream()
        .map(ResourceSpecificResult::missingContextValues)
        .forEach(unknown::addAll);
    if (crossesAccounts && result.evalDecisionDetails().isEmpty()) {
      unknown.add("policies of another account");
    }
    if (result.evalDecision() == PolicyEvaluationDecisionType.IMPLICIT_DENY && !unknown.isEmpty()) {
      undecided.add(result.evalActionName());
      missing.addAll(unknown);
      return;
    }
    denied.computeIfAbsent(cause(result), c -> new TreeSet<>()).add(result.evalActionName());
  }

  /**
   * What another account owns is allowed only where the policy of the resource says so too, and no
   * such policy is part of this simulation. {@code EvalDecisionDetails} tells the sides apart; how
   * it names them is not documented.
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
