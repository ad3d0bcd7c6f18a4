package software.amazon.custom.dmscrossaccounts3endpoint.rules;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Identifiers;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.EndpointLookup;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * What an update can't change. A property that the template does not give is not a change:
 * CloudFormation leaves out what a create filled in.
 */
public final class UpdateRules {

  private UpdateRules() {}

  /**
   * Checks an update.
   *
   * @throws HandlerException {@code NotUpdatable}
   */
  public static void check(
      Resource resource, Optional<ResourceModel> previous, EndpointLookup seen) {
    var wanted = resource.desired();
    var names = resource.names();
    unchanged("ResourceIdentifier", wanted.getResourceIdentifier(), names.resourceIdentifier());
    seen.found()
        .ifPresent(
            f -> {
              var held = f.endpoint().endpointIdentifier();
              if (!Identifiers.areSame(held, wanted.getEndpointIdentifier())) {
                unchanged("EndpointIdentifier", wanted.getEndpointIdentifier(), held);
              }
              f.serviceRole()
                  .map(EndpointNames::lastPartOf)
                  .ifPresent(role -> unchanged("RoleName", wanted.getRoleName(), role));
              Optional.ofNullable(f.tags().get(OwnershipTags.ENVIRONMENT))
                  .ifPresent(e -> unchanged("Environment", wanted.getEnvironment(), e));
              f.serviceRole()
                  .map(EndpointNames::accountOf)
                  .ifPresent(
                      account ->
                          unchanged(
                              "The account of DataLakeRoleArn", names.dataLakeAccount(), account));
            });
    previous.ifPresent(p -> unchanged(wanted, p));
    resource
        .roles()
        .dmsRole()
        .map(EndpointNames::accountOf)
        .ifPresent(account -> unchanged("The account of DmsRoleArn", account, names.dmsAccount()));
  }

  /**
   * Checks that an endpoint can be created again under its ARN. One that was made by hand without a
   * ResourceIdentifier may have one that can't be asked for.
   *
   * @throws HandlerException {@code NotUpdatable}
   */
  public static void checkRecreation(Resource resource, Set<String> differences) {
    var last = resource.names().resourceIdentifier();
    if (!Identifiers.isResourceIdentifier(last)) {
      throw new HandlerException(
          HandlerErrorCode.NotUpdatable,
          "To change %s the endpoint would have to be created again, which DMS can't do under an ARN with this end: %s is not a ResourceIdentifier of at most %d letters, digits and hyphens that begins with a letter. Create a new resource and move the tasks to it."
              .formatted(String.join(", ", differences), last, Identifiers.RESOURCE_LENGTH));
    }
  }

  private static void unchanged(ResourceModel wanted, ResourceModel before) {
    unchanged("PolicyName", wanted, before, ResourceModel::getPolicyName, Objects::equals);
    unchanged("RoleName", wanted, before, ResourceModel::getRoleName, Objects::equals);
    unchanged("Environment", wanted, before, ResourceModel::getEnvironment, Objects::equals);
    unchanged(
        "EndpointIdentifier",
        wanted,
        before,
        ResourceModel::getEndpointIdentifier,
        Identifiers::areSame);
  }

  private static void unchanged(
      String property,
      ResourceModel wanted,
      ResourceModel before,
      Function<ResourceModel, String> value,
      BiPredicate<String, String> same) {
    var now = value.apply(wanted);
    var then = value.apply(before);
    if (now != null && then != null && !same.test(now, then)) {
      unchanged(property, now, then);
    }
  }

  private static void unchanged(String property, String wanted, String held) {
    if (wanted != null && !wanted.equals(held)) {
      throw new HandlerException(
          HandlerErrorCode.NotUpdatable,
          "%s can't be changed by an update: it is %s, and %s was asked for."
              .formatted(property, held, wanted));
    }
  }
}
