package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Map;
import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;

/** Determines which external id is that of the present endpoint, and stores it. */
final class ExternalIdLookup {

  private final Resource resource;

  /** Creates the lookup for the endpoints of a resource. */
  ExternalIdLookup(Resource resource) {
    this.resource = resource;
  }

  /**
   * Returns the external id of an endpoint, where it is certain that the id belongs to it: the id
   * that DMS shows, the one in its tags, or the one in the answer of {@code CreateEndpoint}. Tags
   * that are not those of the last answered call may be those of an endpoint that this operation
   * has deleted.
   */
  Optional<String> of(FoundEndpoint found, CallbackContext context) {
    var isFromAttempt = isFromAttempt(found, context);
    var isFirst = context.endpointDeletedAt() == null && context.attempt() == null;
    return DmsAccount.externalIdOf(found.endpoint())
        .or(() -> isFromAttempt || isFirst ? found.externalId() : Optional.empty())
        .or(() -> isFromAttempt ? context.lastExternalId() : Optional.empty());
  }

  /** Returns whether an endpoint was created by the last answered {@code CreateEndpoint}. */
  boolean isFromAttempt(FoundEndpoint found, CallbackContext context) {
    return resource.managedTags().isFromAttempt(found.tags(), context.attempt());
  }

  /**
   * Returns whether an id may belong to an endpoint that this operation deleted a moment ago. The
   * id in the answer of the present attempt never does.
   */
  static boolean mayBeOfDeletedEndpoint(String id, Progress progress) {
    var context = progress.context();
    var isAnswered =
        context.attempt() != null && context.lastExternalId().filter(id::equals).isPresent();
    return progress.mayBeOld(context.endpointDeletedAt()) && !isAnswered;
  }

  /** Stores the external id as a tag of the endpoint, where DMS does not show the id. */
  void store(FoundEndpoint found, CallbackContext context) {
    if (DmsAccount.externalIdOf(found.endpoint()).isEmpty()) {
      of(found, context)
          .map(OwnershipTags::encode)
          .filter(id -> !id.equals(found.tags().get(OwnershipTags.EXTERNAL_ID)))
          .map(id -> TagSet.toDms(Map.of(OwnershipTags.EXTERNAL_ID, id)))
          .ifPresent(tags -> resource.dms().addTags(found.endpoint().endpointArn(), tags));
    }
  }
}
