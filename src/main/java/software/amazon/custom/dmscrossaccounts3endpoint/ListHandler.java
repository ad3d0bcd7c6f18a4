package software.amazon.custom.dmscrossaccounts3endpoint;

import static software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException.invalid;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.cloudformation.proxy.OperationStatus;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.ErrorTable;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;

/**
 * Lists the endpoints that this type made, in the account of the stack and then in the DMS accounts
 * of the environments, page by page. A page may hold few endpoints or none although more follow, as
 * pages of AWS may.
 */
final class ListHandler implements Handler {

  @Override
  public ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation) {
    var places = places(operation);
    var position = Position.of(operation.request().getNextToken(), places.size());
    var page = page(operation, places, position);
    return ProgressEvent.<ResourceModel, CallbackContext>builder()
        .status(OperationStatus.SUCCESS)
        .resourceModels(page.models())
        .nextToken(position.after(page.marker(), places.size()))
        .build();
  }

  /**
   * An account whose endpoints are listed.
   *
   * @param role the role that is assumed there; empty for the handler's own credentials
   * @param environment the environment that names it
   */
  private record Place(String account, Optional<String> role, Optional<String> environment) {}

  private record Page(List<ResourceModel> models, @Nullable String marker) {}

  /** The stack's own account, then those of the environments, each once. */
  private static List<Place> places(Operation operation) {
    var places = new LinkedHashMap<String, Place>();
    places.put(
        operation.account(), new Place(operation.account(), Optional.empty(), Optional.empty()));
    operation
        .environments()
        .all()
        .filter(e -> e.getDmsRoleArn() != null)
        .sorted(Comparator.comparing(Environment::getDmsRoleArn))
        .map(
            e ->
                new Place(
                    EndpointNames.accountOf(e.getDmsRoleArn()),
                    Optional.of(e.getDmsRoleArn()),
                    Optional.of(e.getName())))
        .forEach(place -> places.putIfAbsent(place.account(), place));
    return List.copyOf(places.values());
  }

  /** An account that can't be reached does not hide the others: the log says why it is missing. */
  private static Page page(Operation operation, List<Place> places, Position position) {
    try {
      return page(operation, places.get(position.account()), position.marker());
    } catch (AwsCallException e) {
      if (places.size() == 1 || e.isThrottling() || !e.isAnswered()) {
        throw e;
      }
      operation.log().say("Not listed: " + ErrorTable.explain(e).getMessage());
      return new Page(List.of(), null);
    }
  }

  private static Page page(Operation operation, Place place, @Nullable String marker) {
    var dms =
        operation
            .clients()
            .dms(place.role().orElse(null), place.environment(), place.account(), null, null);
    var size =
        Objects.requireNonNullElse(operation.request().getMaxResults(), DmsAccount.LARGEST_PAGE);
    var page = dms.s3TargetEndpoints(marker, size);
    return new Page(marked(dms, page.endpoints()), page.marker());
  }

  private static List<ResourceModel> marked(DmsAccount dms, List<Endpoint> endpoints) {
    return FoundEndpoint.s3TargetsAmong(dms, endpoints).stream()
        .filter(ListHandler::isOurs)
        .map(f -> new ResourceModel().withEndpointArn(f.endpoint().endpointArn()))
        .toList();
  }

  /** The mark, or the role of one whose tags are not seen yet. */
  private static boolean isOurs(FoundEndpoint found) {
    return OwnershipTags.match(found.tags(), found.endpoint().endpointArn())
        || (found.tags().isEmpty() && found.ownRole().isPresent());
  }

  /**
   * Where a page begins.
   *
   * @param account number of the account
   * @param marker DMS's marker there; null for the first page
   */
  private record Position(int account, @Nullable String marker) {

    private static final String SEPARATOR = "/";

    static Position of(@Nullable String token, int accounts) {
      if (token == null || token.isEmpty()) {
        return new Position(0, null);
      }
      try {
        var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        var parts = text.split(SEPARATOR, 2);
        var account = Integer.parseInt(parts[0]);
        if (parts.length == 2 && account >= 0 && account < accounts) {
          return new Position(account, parts[1].isEmpty() ? null : parts[1]);
        }
      } catch (IllegalArgumentException e) {
        // not a token of this handler's
      }
      throw invalid("NextToken is not one that a list of this type has returned.");
    }

    @Nullable String after(@Nullable String nextMarker, int accounts) {
      if (nextMarker != null && !nextMarker.isEmpty()) {
        return token(account, nextMarker);
      }
      return account + 1 < accounts ? token(account + 1, "") : null;
    }

    private static String token(int account, String marker) {
      var text = account + SEPARATOR + marker;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
