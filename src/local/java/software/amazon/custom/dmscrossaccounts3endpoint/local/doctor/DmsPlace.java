package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;

/**
 * A DMS account whose endpoints are looked at.
 *
 * @param account its id
 * @param role that is assumed there; empty for the type's own
 * @param environment that names it
 */
record DmsPlace(String account, Optional<String> role, String environment) {

  /** The DMS accounts of environments, each once. */
  static List<DmsPlace> of(List<Pair> pairs) {
    var places = new LinkedHashMap<String, DmsPlace>();
    pairs.forEach(
        pair ->
            places.putIfAbsent(
                pair.dmsAccount(), new DmsPlace(pair.dmsAccount(), pair.dmsRole(), pair.name())));
    return List.copyOf(places.values());
  }

  /**
   * The S3 target endpoints that carry the mark, and those that write with a role of this type.
   *
   * @throws AwsCallException where they can't be listed
   */
  List<FoundEndpoint> endpoints(Examination examination) {
    var dms =
        examination
            .sessions(Action.LIST)
            .dms(role.orElse(null), Optional.of(environment), account, null, null);
    var found = new ArrayList<FoundEndpoint>();
    String marker = null;
    do {
      var page = dms.s3TargetEndpoints(marker, DmsAccount.LARGEST_PAGE);
      found.addAll(ours(dms, page.endpoints()));
      marker = page.marker();
    } while (marker != null && !marker.isEmpty());
    return found;
  }

  private static List<FoundEndpoint> ours(DmsAccount dms, List<Endpoint> endpoints) {
    return FoundEndpoint.s3TargetsAmong(dms, endpoints).stream()
        .filter(
            found ->
                OwnershipTags.match(found.tags(), found.endpoint().endpointArn())
                    || found.ownRole().isPresent())
        .toList();
  }
}
