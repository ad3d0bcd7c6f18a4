package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import static software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException.invalid;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.AssumedRoles;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.Boundary;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;

/**
 * Decides which roles are assumed. What the template says wins over the environment that it names,
 * that over what the endpoint's tags say, and that over the rest of the type configuration.
 */
final class RoleResolver {

  private final Operation operation;

  /** Creates the resolver of an operation. */
  RoleResolver(Operation operation) {
    this.operation = operation;
  }

  /**
   * The roles that the template and the type configuration ask for.
   *
   * @throws HandlerException {@code InvalidRequest} where they name none, or no role
   */
  public AssumedRoles toUse() {
    requireRolesOfEnvironment();
    var model = operation.desired();
    var environment = environmentToUse();
    var dataLakeRole =
        Optional.ofNullable(model.getDataLakeRoleArn())
            .or(() -> environment.map(Environment::getDataLakeRoleArn))
            .orElseThrow(
                () ->
                    invalid(
                        "DataLakeRoleArn is required, here or through an Environment of the type"
                            + " configuration."));
    requireRole("DataLakeRoleArn", dataLakeRole);
    var dmsRole =
        Optional.ofNullable(model.getDmsRoleArn())
            .or(() -> environment.map(Environment::getDmsRoleArn));
    dmsRole.ifPresent(arn -> requireRole("DmsRoleArn", arn));
    return new AssumedRoles(
        environment.map(Environment::getName),
        Optional.of(dataLakeRole),
        dmsRole,
        Boundary.wanted(
            Optional.ofNullable(model.getPermissionsBoundaryArn())
                .or(() -> environment.map(Environment::getPermissionsBoundaryArn))));
  }

  private Optional<Environment> environmentToUse() {
    var model = operation.desired();
    if (model.getEnvironment() != null) {
      return Optional.of(operation.environments().named(model.getEnvironment()));
    }
    return model.getDataLakeRoleArn() == null || !operation.environments().allowsRolesInTemplates()
        ? operation.environments().byDefault()
        : Optional.empty();
  }

  /**
   * Refuses roles of a template's own where the type configuration does. What a READ has shown of
   * the environment is none: Cloud Control builds an update from it.
   */
  private void requireRolesOfEnvironment() {
    if (operation.environments().allowsRolesInTemplates()) {
      return;
    }
    var model = operation.desired();
    requireOfEnvironment(
        "DataLakeRoleArn", model.getDataLakeRoleArn(), Environment::getDataLakeRoleArn);
    requireOfEnvironment("DmsRoleArn", model.getDmsRoleArn(), Environment::getDmsRoleArn);
    requireOfEnvironment(
        "PermissionsBoundaryArn",
        model.getPermissionsBoundaryArn(),
        Environment::getPermissionsBoundaryArn);
  }

  private void requireOfEnvironment(
      String property, @Nullable String arn, Function<Environment, @Nullable String> configured) {
    if (arn != null && environmentToUse().map(configured).filter(arn::equals).isEmpty()) {
      throw invalid(
          "%s can't be given in a template, because the type configuration has RolesInTemplates false: %s. Leave it out and name an Environment (%s)."
              .formatted(property, arn, operation.environments().names()));
    }
  }

  private void requireRole(String property, String arn) {
    if (!EndpointNames.isIamArn(arn, "role/", operation.partition())) {
      throw invalid(
          "%s is not the ARN of an IAM role in partition %s: %s."
              .formatted(property, operation.partition(), arn));
    }
  }

  /**
   * The role in the DMS account of an endpoint, before the endpoint's tags are known.
   *
   * @param account id of the account; null for that of the template
   */
  public Optional<String> dmsRoleOf(@Nullable String account) {
    if (operation.action() == Action.UPDATE) {
      requireRolesOfEnvironment();
    }
    var role =
        Optional.ofNullable(operation.desired().getDmsRoleArn())
            .or(() -> environmentOfModel().map(Environment::getDmsRoleArn))
            .or(
                () ->
                    account == null || account.equals(operation.account())
                        ? Optional.empty()
                        : operation
                            .environments()
                            .ofDmsAccount(account, operation.account())
                            .map(Environment::getDmsRoleArn)
                            .findFirst());
    role.ifPresent(arn -> requireRole("DmsRoleArn", arn));
    return role;
  }

  /** The environment that the template names. */
  Optional<String> environment() {
    return Optional.ofNullable(operation.desired().getEnvironment());
  }

  private Optional<Environment> environmentOfModel() {
    // What is there can be read and deleted although its environment is no longer configured: its
    // tags tell the roles.
    return Optional.ofNullable(operation.desired().getEnvironment())
        .flatMap(operation.environments()::find);
  }

  /**
   * The roles of an endpoint that is there, or of what is left of it.
   *
   * @param seen what is known of the endpoint
   */
  public AssumedRoles of(String endpointArn, EndpointLookup seen) {
    var found = seen.found();
    var model = operation.desired();
    var located = Optional.ofNullable(operation.context()).map(CallbackContext::located);
    var account = EndpointNames.accountOf(endpointArn);
    var lake = found.flatMap(FoundEndpoint::serviceRole).map(EndpointNames::accountOf);
    // For an endpoint that was made by hand: an environment of its pair of accounts.
    var byAccounts =
        operation
            .environments()
            .ofDmsAccount(account, operation.account())
            .filter(
                e ->
                    lake.filter(a -> !a.equals(EndpointNames.accountOf(e.getDataLakeRoleArn())))
                        .isEmpty())
            .findFirst();
    var dataLakeRole =
        Optional.ofNullable(model.getDataLakeRoleArn())
            .or(() -> environmentOfModel().map(Environment::getDataLakeRoleArn))
            .or(() -> located.map(CallbackContext.LocatedResources::dataLakeRoleArn))
            .or(() -> found.flatMap(f -> f.mark(OwnershipTags.DATA_LAKE_ROLE)))
            .or(() -> operation.environments().byDefault().map(Environment::getDataLakeRoleArn))
            .or(() -> byAccounts.map(Environment::getDataLakeRoleArn));
    dataLakeRole.ifPresent(arn -> requireRole("DataLakeRoleArn", arn));
    var dmsRole =
        Optional.ofNullable(model.getDmsRoleArn())
            .or(() -> environmentOfModel().map(Environment::getDmsRoleArn))
            .or(() -> found.flatMap(f -> f.mark(OwnershipTags.DMS_ROLE)))
            .or(
                () ->
                    account.equals(operation.account())
                        ? Optional.empty()
                        : byAccounts.map(Environment::getDmsRoleArn));
    return new AssumedRoles(
        Optional.ofNullable(model.getEnvironment())
            .or(() -> found.flatMap(f -> f.mark(OwnershipTags.ENVIRONMENT))),
        dataLakeRole,
        dmsRole,
        new Boundary.NotAsked());
  }
}
