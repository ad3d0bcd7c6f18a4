package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * One statement of a policy.
 *
 * @param notPrincipals, notActions, notResources whether the list says what is left out
 */
public record PolicyStatement(
    boolean allows,
    List<PolicyPrincipal> principals,
    boolean notPrincipals,
    List<String> actions,
    boolean notActions,
    List<String> resources,
    boolean notResources,
    List<PolicyCondition> conditions) {
  public boolean names(Predicate<PolicyPrincipal> who) {
    return notPrincipals != principals.stream().anyMatch(who);
  }

  boolean coversAction(String action) {
    var asked = action.toLowerCase(Locale.ROOT);
    return notActions
        != actions.stream()
            .anyMatch(pattern -> Wildcards.match(pattern.toLowerCase(Locale.ROOT), asked));
  }

  /** A trust policy has no resources: its role is the one. */
  boolean coversResource(String resource, ContextKeys keys) {
    return resources.isEmpty()
        || notResources
            != resources.stream()
                .flatMap(pattern -> PolicyVariables.resolve(pattern, keys).stream())
                .anyMatch(pattern -> Wildcards.match(pattern, resource));
  }

  boolean conditionsHold(ContextKeys keys) {
    return conditions.stream().allMatch(condition -> condition.holds(keys));
  }

  public boolean isConditionedOn(String key) {
    return conditions.stream().anyMatch(condition -> condition.isAbout(key));
  }

  public PolicyStatement withoutConditionsOn(String key) {
    return new PolicyStatement(
        allows,
        principals,
        notPrincipals,
        actions,
        notActions,
        resources,
        notResources,
        conditions.stream().filter(condition -> !condition.isAbout(key)).toList());
  }
}
