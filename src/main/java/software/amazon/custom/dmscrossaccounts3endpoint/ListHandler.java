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
 * Lists the endpoints of this type in pages, first those in the account of the stack and then those
 * in the DMS accounts of the environments. A page may have few or no endpoints although more pages
 * follow, like pages of AWS.
 */
final class ListHandler implements Handler {

  @Override
  public ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation) {
    var accounts = accounts(operation);
    var position = Position.of(operation.request().getNextToken(), accounts.size());
    var page = page(operation, accounts, position);
    return ProgressEvent.<ResourceModel, CallbackContext>builder()
        .status(OperationStatus.SUCCESS)
        .resourceModels(page.models())
        .nextToken(position.after(page.marker(), accounts.size()))
        .build();
  }

  /**
   * Account whose endpoints are listed.
   *
   * @param id id of the account
   * @param role ARN of the role to assume; empty for the handler's own credentials
   * @param environment name of the environment that has the role
   */
  private record Account(String id, Optional<String> role, Optional<String> environment) {}

  private record Page(List<ResourceModel> models, @Nullable String marker) {}

  /** Returns the account of the stack, then those of the environments, each once. */
  private static List<Account> accounts(Operation operation) {
    var accounts = new LinkedHashMap<String, Account>();
    accounts.put(
        operation.account(), new Account(operation.account(), Optional.empty(), Optional.empty()));
    operation
        .environments()
        .all()
        .filter(e -> e.getDmsRoleArn() != null)
        .sorted(Comparator.comparing(Environment::getDmsRoleArn))
        .map(
            e ->
                new Account(
                    EndpointNames.accountOf(e.getDmsRoleArn()),
                    Optional.of(e.getDmsRoleArn()),
                    Optional.of(e.getName())))
        .forEach(account -> accounts.putIfAbsent(account.id(), account));
    return List.copyOf(accounts.values());
  }

  /** Returns a page. An account that cannot be reached has an empty page and a line in the log. */
  private static Page page(Operation operation, List<Account> accounts, Position position) {
    try {
      return page(operation, accounts.get(position.account()), position.marker());
    } catch (AwsCallException e) {
      if (accounts.size() == 1 || e.isThrottling() || !e.isAnswered()) {
        throw e;
      }
      operation.log().say("Not listed: " + ErrorTable.explain(e).getMessage());
      return new Page(List.of(), null);
    }
  }

  private static Page page(Operation operation, Account account, @Nullable String marker) {
    var dms =
        operation
            .clients()
            .dms(account.role().orElse(null), account.environment(), account.id(), null, null);
    var size =
        Objects.requireNonNullElse(operation.request().getMaxResults(), DmsAccount.LARGEST_PAGE);
    var page = dms.s3TargetEndpoints(marker, size);
    return new Page(ownedAmong(dms, page.endpoints()), page.marker());
  }

  private static List<ResourceModel> ownedAmong(DmsAccount dms, List<Endpoint> endpoints) {
    return FoundEndpoint.s3TargetsAmong(dms, endpoints).stream()
        .filter(ListHandler::isOwned)
        .map(f -> new ResourceModel().withEndpointArn(f.endpoint().endpointArn()))
        .toList();
  }

  /** Returns whether an endpoint has the ownership tag, or has this type's role and no tags yet. */
  private static boolean isOwned(FoundEndpoint found) {
    return OwnershipTags.match(found.tags(), found.endpoint().endpointArn())
        || (found.tags().isEmpty() && found.ownRole().isPresent());
  }

  /**
   * Beginning of a page.
   *
   * @param account index of the account
   * @param marker marker of DMS in that account; null for the first page
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
        // The token is not one of this handler.
      }
      throw invalid("NextToken is not a token that a list of this type has returned.");
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
