package software.amazon.custom.dmscrossaccounts3endpoint;

import static software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed.invalid;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.cloudformation.proxy.OperationStatus;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;

/**
 * Lists the endpoints that this type made, in the account of the stack and then in the DMS accounts
 * of the environments, page by page. A page may hold few endpoints or none although more follow, as
 * pages of AWS may.
 */
final class ListHandler implements Handler {

  @Override
  public ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation) {
    var roles = rolesOfAccounts(operation);
    var position = Position.of(operation.request().getNextToken(), roles.size());
    var dms = dms(operation, roles.get(position.account()).orElse(null));
    var size =
        Objects.requireNonNullElse(operation.request().getMaxResults(), DmsAccount.LARGEST_PAGE);
    var page = dms.s3TargetEndpoints(position.marker(), size);
    return ProgressEvent.<ResourceModel, CallbackContext>builder()
        .status(OperationStatus.SUCCESS)
        .resourceModels(marked(dms, page.endpoints()))
        .nextToken(position.after(page.marker(), roles.size()))
        .build();
  }

  /**
   * The role for each account: none for the stack's own. An account that several environments share
   * comes once.
   */
  private static List<Optional<String>> rolesOfAccounts(Operation operation) {
    var roles = new ArrayList<Optional<String>>();
    var accounts = new ArrayList<String>();
    roles.add(Optional.empty());
    accounts.add(operation.account());
    operation
        .environments()
        .all()
        .map(Environment::getDmsRoleArn)
        .filter(Objects::nonNull)
        .sorted()
        .forEach(
            arn -> {
              if (!accounts.contains(EndpointNames.accountOf(arn))) {
                accounts.add(EndpointNames.accountOf(arn));
                roles.add(Optional.of(arn));
              }
            });
    return roles;
  }

  private static DmsAccount dms(Operation operation, String roleArn) {
    var account = roleArn == null ? operation.account() : EndpointNames.accountOf(roleArn);
    return operation.sessions().dms(roleArn, account, null, null);
  }

  private static List<ResourceModel> marked(DmsAccount dms, List<Endpoint> endpoints) {
    var arns =
        endpoints.stream()
            .filter(e -> "s3".equalsIgnoreCase(e.engineName()))
            .map(Endpoint::endpointArn)
            .toList();
    if (arns.isEmpty()) {
      return List.of();
    }
    var tags = dms.tagsOfAll(arns);
    return arns.stream()
        .filter(arn -> Marks.areOn(tags.getOrDefault(arn, Map.of()), arn))
        .map(arn -> new ResourceModel().withEndpointArn(arn))
        .toList();
  }

  /**
   * Where a page begins.
   *
   * @param account number of the account
   * @param marker DMS's marker there; null for the first page
   */
  private record Position(int account, String marker) {

    private static final String SEPARATOR = "/";

    static Position of(String token, int accounts) {
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

    String after(String nextMarker, int accounts) {
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
