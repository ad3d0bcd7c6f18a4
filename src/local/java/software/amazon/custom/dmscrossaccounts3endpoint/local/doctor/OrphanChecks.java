package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Wait;

/** Check for roles and policies of the type, in a data-lake account, that no endpoint uses. */
final class OrphanChecks {

  /** A create makes role and policy before the endpoint. */
  private static final Duration CREATE = ResourceSchema.ofThisType().timeout(Action.CREATE);

  private static final List<String> ORDER =
      List.of("detach-role-policy", "delete-policy", "delete-role");

  /**
   * A role or a policy that no endpoint uses.
   *
   * @param endpointArn by the ownership tag; null where there is none
   * @param name for the user
   * @param inspect the command of IAM that shows its use
   * @param delete the commands that delete it
   */
  private record Orphan(
      @Nullable String endpointArn,
      String name,
      Instant created,
      String inspect,
      List<String> delete) {}

  private final EnvironmentAccounts environment;
  private final CheckContext context;
  private final EndpointInventory inventory;
  private final CheckTarget target;
  private final DataLakeAccount lake;
  private final IamClient iam;

  private OrphanChecks(EnvironmentAccounts environment, CheckTarget target) {
    this.environment = environment;
    this.context = environment.context();
    this.inventory = context.inventory();
    this.target = target;
    var role = environment.lakeRole();
    var name = Optional.of(environment.name());
    this.lake = context.sessions(Action.READ).dataLake(role, name, environment.example());
    this.iam = context.iam(role, name);
  }

  /** Checks each data-lake account and path once; environments may share them. */
  static List<Finding> orphans(CheckContext context) {
    var seen = new HashSet<String>();
    return context.chosen().stream()
        .filter(environment -> seen.add(environment.lakeAccount() + environment.path()))
        .flatMap(
            environment ->
                environment
                    .check("orphans", target -> new OrphanChecks(environment, target).run())
                    .stream())
        .toList();
  }

  private void run() {
    var byEndpoint = new LinkedHashMap<String, List<Orphan>>();
    var untagged = new ArrayList<Orphan>();
    Stream.concat(roles(), policies())
        .forEach(
            orphan -> {
              if (orphan.endpointArn() == null) {
                untagged.add(orphan);
              } else if (!inventory.has(orphan.endpointArn())) {
                byEndpoint
                    .computeIfAbsent(orphan.endpointArn(), arn -> new ArrayList<>())
                    .add(orphan);
              }
            });
    byEndpoint.forEach(this::report);
    for (var orphan : untagged) {
      target.broken(
          orphan.name() + " carries no ownership tag, and no endpoint uses it",
          FixCommands.iam(orphan.inspect(), environment.lakeAccount()));
    }
    if (!target.hasFindings()) {
      target.ok(
          "none under %s of account %s".formatted(environment.path(), environment.lakeAccount()));
    }
  }

  private void report(String endpointArn, List<Orphan> orphans) {
    var names = orphans.stream().map(Orphan::name).collect(joining(", "));
    var account = EndpointNames.accountOf(endpointArn);
    var region = Arn.tryFromString(endpointArn).flatMap(Arn::region);
    if (!region.equals(Optional.of(context.region()))) {
      return; // The doctor of the other Region reports it.
    }
    if (!inventory.knows(account)) {
      if (!inventory.isLeftOut(account)) {
        target.unknown(
            "not checked: %s is of %s, whose account was not looked at"
                .formatted(names, endpointArn));
      }
      return;
    }
    var newest = orphans.stream().map(Orphan::created).max(Comparator.naturalOrder()).orElseThrow();
    if (newest.plus(CREATE).isAfter(context.now())) {
      target.unknown(
          "%s was made within the last %s for %s, which is not there: a create may be under way"
              .formatted(names, Wait.inWords(CREATE), endpointArn));
    } else {
      target.broken(
          "%s is left of %s; where its stack still has it, update the stack, else delete it"
              .formatted(names, endpointArn),
          FixCommands.iam(deletion(orphans), environment.lakeAccount()));
    }
  }

  /** Returns the commands in an order that IAM takes. */
  private static String deletion(List<Orphan> orphans) {
    return orphans.stream()
        .flatMap(orphan -> orphan.delete().stream())
        .sorted(Comparator.comparing(command -> ORDER.indexOf(command.replaceFirst(" .*", ""))))
        .collect(joining(" && aws iam "));
  }

  private Stream<Orphan> roles() {
    var inUse = inventory.rolesInUse().toList();
    return iam.listRolesPaginator(r -> r.pathPrefix(environment.path())).roles().stream()
        .filter(role -> !inUse.contains(role.arn()))
        // A list shows no tags (IAM API reference, ListRoles).
        .flatMap(role -> lake.findRole(role.roleName()).stream())
        .map(this::orphan);
  }

  private Orphan orphan(Role role) {
    var name = role.roleName();
    var delete = new ArrayList<String>();
    lake.attachedPolicies(name)
        .forEach(policy -> delete.add(FixCommands.detach(name, policy.policyArn())));
    delete.add("delete-role --role-name " + name);
    return new Orphan(
        owner(DataLakeAccount.tagsOf(role)),
        "role " + name,
        role.createDate(),
        "get-role --role-name " + name,
        delete);
  }

  private Stream<Orphan> policies() {
    var inUse =
        inventory
            .rolesInUse()
            .filter(arn -> EndpointNames.accountOf(arn).equals(environment.lakeAccount()))
            .flatMap(arn -> lake.attachedPolicies(EndpointNames.lastPartOf(arn)).stream())
            .map(AttachedPolicy::policyArn)
            .toList();
    return iam
        .listPoliciesPaginator(r -> r.scope(PolicyScopeType.LOCAL).pathPrefix(environment.path()))
        .policies()
        .stream()
        .map(Policy::arn)
        .filter(arn -> !inUse.contains(arn))
        .map(arn -> iam.getPolicy(r -> r.policyArn(arn)).policy())
        .map(
            policy ->
                new Orphan(
                    owner(DataLakeAccount.tagsOf(policy)),
                    "policy " + policy.arn(),
                    policy.createDate(),
                    "list-entities-for-policy --policy-arn " + policy.arn(),
                    List.of("delete-policy --policy-arn " + policy.arn())));
  }

  private static @Nullable String owner(Map<String, String> tags) {
    return tags.get(OwnershipTags.ENDPOINT);
  }
}
