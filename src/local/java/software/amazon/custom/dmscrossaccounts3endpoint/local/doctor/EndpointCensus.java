package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;

/** The endpoints of all DMS accounts of the environments, and the accounts that can't be listed. */
final class EndpointCensus {

  private final Examination examination;
  private final List<FoundEndpoint> endpoints = new ArrayList<>();
  private final Set<String> listed = new HashSet<>();
  private final Map<DmsPlace, AwsCallException> failures = new HashMap<>();

  /** Lists them. */
  EndpointCensus(Examination examination) {
    this.examination = examination;
    for (var place : DmsPlace.of(examination.pairs())) {
      try {
        endpoints.addAll(place.endpoints(examination));
        listed.add(place.account());
      } catch (AwsCallException e) {
        failures.put(place, e);
      }
    }
  }

  /** Why accounts could not be listed. */
  Map<DmsPlace, AwsCallException> failures() {
    return failures;
  }

  /** Whether the endpoints of an account are all known. */
  boolean knows(String account) {
    return listed.contains(account);
  }

  boolean has(String endpointArn) {
    return endpoints.stream().anyMatch(e -> e.endpoint().endpointArn().equals(endpointArn));
  }

  /** The roles that endpoints write with. */
  Stream<String> rolesInUse() {
    return endpoints.stream().flatMap(e -> e.serviceRole().stream());
  }

  /** The endpoints of the environments that are looked at. */
  List<FoundEndpoint> chosen() {
    return endpoints.stream().filter(this::isChosen).toList();
  }

  private boolean isChosen(FoundEndpoint found) {
    var environment = found.mark(OwnershipTags.ENVIRONMENT);
    var isOfAnother =
        environment
            .flatMap(examination.environments()::find)
            .filter(e -> !examination.chosen().contains(e))
            .isPresent();
    return !isOfAnother && (isComplete() || environment.isEmpty() || isNamed(environment));
  }

  private boolean isNamed(Optional<String> environment) {
    return examination.chosen().stream()
        .anyMatch(e -> environment.filter(e.getName()::equals).isPresent());
  }

  private boolean isComplete() {
    return examination.chosen().size() == examination.environments().all().count();
  }
}
