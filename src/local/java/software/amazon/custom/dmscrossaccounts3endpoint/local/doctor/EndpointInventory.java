package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;

/** The endpoints of all DMS accounts of the environments to check. */
final class EndpointInventory {

  private final CheckContext context;
  private final List<FoundEndpoint> endpoints = new ArrayList<>();
  private final Set<String> listed = new HashSet<>();
  private final List<Finding> failures = new ArrayList<>();

  /** Lists the endpoints of each DMS account once, as the type's list handler does. */
  EndpointInventory(CheckContext context) {
    this.context = context;
    var seen = new HashSet<String>();
    for (var environment : context.chosen()) {
      if (seen.add(environment.dmsAccount())) {
        failures.addAll(
            environment.check(
                "endpoints of account " + environment.dmsAccount(), target -> list(environment)));
      }
    }
  }

  /** Adds the S3 targets that carry the ownership tag or write with a role of this type. */
  private void list(EnvironmentAccounts environment) {
    var dms =
        context
            .sessions(Action.LIST)
            .dms(
                environment.dmsRole().orElse(null),
                Optional.of(environment.name()),
                environment.dmsAccount(),
                null,
                null);
    String marker = null;
    do {
      var page = dms.s3TargetEndpoints(marker, DmsAccount.LARGEST_PAGE);
      FoundEndpoint.s3TargetsAmong(dms, page.endpoints()).stream()
          .filter(
              found ->
                  OwnershipTags.match(found.tags(), found.endpoint().endpointArn())
                      || found.ownRole().isPresent())
          .forEach(endpoints::add);
      marker = page.marker();
    } while (marker != null && !marker.isEmpty());
    listed.add(environment.dmsAccount());
  }

  /** Returns a finding for each account that could not be listed. */
  List<Finding> failures() {
    return failures;
  }

  /** Returns whether all endpoints of an account are known. */
  boolean knows(String account) {
    return listed.contains(account);
  }

  /** Returns whether an account is only the DMS account of environments that are not checked. */
  boolean isLeftOut(String account) {
    var environments =
        context
            .environments()
            .all()
            .map(environment -> new EnvironmentAccounts(context, environment))
            .filter(environment -> environment.dmsAccount().equals(account))
            .toList();
    return !environments.isEmpty() && environments.stream().noneMatch(context.chosen()::contains);
  }

  boolean has(String endpointArn) {
    return endpoints.stream().anyMatch(e -> e.endpoint().endpointArn().equals(endpointArn));
  }

  /** Returns the roles that endpoints write with. */
  Stream<String> rolesInUse() {
    return endpoints.stream().flatMap(e -> e.serviceRole().stream());
  }

  /** Returns the endpoints of the environments to check; without an environment, where all are. */
  List<FoundEndpoint> chosen() {
    var chosen = context.chosen().stream().map(EnvironmentAccounts::name).toList();
    var isComplete = chosen.size() == context.environments().all().count();
    return endpoints.stream()
        .filter(
            found ->
                found
                    .mark(OwnershipTags.ENVIRONMENT)
                    .map(
                        name ->
                            chosen.contains(name)
                                || (isComplete && context.environments().find(name).isEmpty()))
                    .orElse(true))
        .toList();
  }
}
