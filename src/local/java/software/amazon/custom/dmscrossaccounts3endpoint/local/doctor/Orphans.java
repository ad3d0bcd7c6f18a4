package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/**
 * The roles and policies under the type's IAM path that no endpoint uses, in the data-lake account
 * of an environment.
 */
final class Orphans {

  /**
   * A role that is left.
   *
   * @param attached ARNs of the policies that are attached to it
   */
  record OrphanRole(String name, List<String> attached) {}

  /**
   * What is left of one endpoint.
   *
   * @param endpointArn by the mark; empty where there is none
   * @param roles those that carry the mark
   * @param policies ARNs of those that carry it
   * @param newest when the last of them was made
   */
  record Remains(
      Optional<String> endpointArn, List<OrphanRole> roles, List<String> policies, Instant newest) {

    String names() {
      return Stream.concat(
              roles.stream().map(role -> "role " + role.name()),
              policies.stream().map(arn -> "policy " + arn))
          .reduce((one, other) -> one + ", " + other)
          .orElse("nothing");
    }

    private Remains with(Remains other) {
      return new Remains(
          endpointArn,
          Stream.concat(roles.stream(), other.roles.stream()).toList(),
          Stream.concat(policies.stream(), other.policies.stream()).toList(),
          Stream.of(newest, other.newest).max(Comparator.naturalOrder()).orElseThrow());
    }
  }

  private final Pair pair;
  private final EndpointCensus census;
  private final DataLakeAccount lake;
  private final IamClient iam;

  /**
   * Begins to look.
   *
   * @throws AwsCallException where the account's role can't be assumed
   */
  Orphans(Pair pair, EndpointCensus census) {
    this.pair = pair;
    this.census = census;
    this.lake =
        pair.examination()
            .sessions(Action.READ)
            .dataLake(pair.lakeRole(), Optional.of(pair.name()), pair.example());
    this.iam = pair.examination().readers().of(pair.lakeRole(), Optional.of(pair.name()));
  }

  /**
   * What is left, by endpoint; what carries no mark is each by itself.
   *
   * @throws AwsCallException where it can't be listed
   */
  List<Remains> find() {
    var byEndpoint = new LinkedHashMap<String, Remains>();
    var unmarked = new ArrayList<Remains>();
    Stream.concat(roles(), policies())
        .forEach(
            remains ->
                remains
                    .endpointArn()
                    .ifPresentOrElse(
                        arn -> byEndpoint.merge(arn, remains, Remains::with),
                        () -> unmarked.add(remains)));
    byEndpoint.keySet().removeIf(census::has);
    unmarked.addAll(0, byEndpoint.values());
    return unmarked;
  }

  private Stream<Remains> roles() {
    var inUse = census.rolesInUse().toList();
    return AwsCalls.made(
            "iam:ListRoles",
            pair.lakeRole(),
            () -> iam.listRolesPaginator(r -> r.pathPrefix(pair.path())).roles().stream().toList())
        .stream()
        .filter(role -> !inUse.contains(role.arn()))
        // A list shows no tags (IAM API reference, ListRoles).
        .flatMap(role -> lake.findRole(role.roleName()).stream())
        .map(this::remains);
  }

  private Remains remains(Role role) {
    var attached =
        lake.attachedPolicies(role.roleName()).stream().map(AttachedPolicy::policyArn).toList();
    return new Remains(
        mark(DataLakeAccount.tagsOf(role)),
        List.of(new OrphanRole(role.roleName(), attached)),
        List.of(),
        role.createDate());
  }

  private Stream<Remains> policies() {
    var inUse =
        census
            .rolesInUse()
            .filter(arn -> arn.contains("::" + pair.lakeAccount() + ":"))
            .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
            .flatMap(role -> lake.attachedPolicies(role).stream())
            .map(AttachedPolicy::policyArn)
            .toList();
    return AwsCalls.made(
            "iam:ListPolicies",
            pair.lakeRole(),
            () ->
                iam
                    .listPoliciesPaginator(
                        r -> r.scope(PolicyScopeType.LOCAL).pathPrefix(pair.path()))
                    .policies()
                    .stream()
                    .toList())
        .stream()
        .filter(policy -> !inUse.contains(policy.arn()))
        .map(Policy::arn)
        .map(
            arn ->
                AwsCalls.made(
                        "iam:GetPolicy",
                        pair.lakeRole(),
                        () -> iam.getPolicy(r -> r.policyArn(arn)))
                    .policy())
        .map(
            policy ->
                new Remains(
                    mark(DataLakeAccount.tagsOf(policy)),
                    List.of(),
                    List.of(policy.arn()),
                    policy.createDate()));
  }

  private static Optional<String> mark(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(OwnershipTags.ENDPOINT));
  }
}
