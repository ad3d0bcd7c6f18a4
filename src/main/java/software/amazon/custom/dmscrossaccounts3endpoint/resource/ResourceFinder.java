package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import static software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException.invalid;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.AssumedRoles;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.ResolvedOptions;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Identifiers;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;

/** Finds out which resource a request is about: the endpoint, if it is there, and its names. */
public final class ResourceFinder {

  private final Operation operation;
  private final RoleResolver roles;

  /** Creates the finder of an operation. */
  public ResourceFinder(Operation operation) {
    this.operation = operation;
    this.roles = new RoleResolver(operation);
  }

  /** The resource that a create is to make. */
  public Resource toCreate() {
    var model = operation.desired();
    var assumed = roles.toUse();
    var dmsAccount = assumed.dmsRole().map(EndpointNames::accountOf).orElse(operation.account());
    var identifier =
        model.getEndpointIdentifier() != null
            ? identifier(
                "EndpointIdentifier", model.getEndpointIdentifier(), Identifiers.ENDPOINT_LENGTH)
            : DefaultNames.endpointIdentifier(
                operation.request().getStackId(),
                operation.request().getLogicalResourceIdentifier(),
                operation.request().getClientRequestToken());
    var last =
        model.getResourceIdentifier() != null
            ? identifier(
                "ResourceIdentifier", model.getResourceIdentifier(), Identifiers.RESOURCE_LENGTH)
            : DefaultNames.resourceIdentifier(identifier);
    return resource(
        names(identifier, last, dmsAccount, assumed, new EndpointLookup.NotQueried()), assumed);
  }

  private static String identifier(String property, String value, int length) {
    if (!Identifiers.isValid(value, length)) {
      throw invalid(
          "%s has at most %d letters, digits and hyphens, begins with a letter, and has no hyphen at the end or beside another one: %s."
              .formatted(property, length, value));
    }
    return value;
  }

  private EndpointNames names(
      String identifier,
      String resourceIdentifier,
      String dmsAccount,
      AssumedRoles assumed,
      EndpointLookup seen) {
    var model = operation.desired();
    var located = operation.context() == null ? null : operation.context().located();
    var arn =
        EndpointNames.endpointArn(
            operation.partition(), operation.region(), dmsAccount, resourceIdentifier);
    var byDefault = DefaultNames.accessName(resourceIdentifier, arn);
    var ownRole = seen.found().flatMap(FoundEndpoint::ownRole);
    return new EndpointNames(
        operation.partition(),
        operation.region(),
        dmsAccount,
        assumed.dataLakeRole().map(EndpointNames::accountOf).orElse(""),
        identifier,
        resourceIdentifier,
        first(
                ownRole.map(EndpointNames::lastPartOf).orElse(null),
                located == null ? null : located.roleName(),
                model.getRoleName())
            .orElse(byDefault),
        first(located == null ? null : located.policyName(), model.getPolicyName())
            .orElse(byDefault),
        first(
                ownRole.map(EndpointNames::pathOf).orElse(null),
                located == null ? null : located.path())
            .orElseGet(() -> options(assumed).path()));
  }

  private ResolvedOptions options(AssumedRoles assumed) {
    return operation.environments().options(assumed.environment(), assumed.dataLakeRole());
  }

  private static Optional<String> first(@Nullable String... values) {
    return Stream.of(values).filter(Objects::nonNull).findFirst();
  }

  /**
   * The ARN of the endpoint that a read, update or delete is about. A model that has the identifier
   * alone is looked up.
   *
   * @throws HandlerException {@code InvalidRequest} where the ARN is none of an endpoint in this
   *     Region, {@code NotFound} where the model names none
   */
  public String endpointArn() {
    var model = operation.desired();
    if (model.getEndpointArn() == null && model.getEndpointIdentifier() != null) {
      return endpointArnOf(model.getEndpointIdentifier());
    }
    if (model.getEndpointArn() == null) {
      throw new HandlerException(
          HandlerErrorCode.NotFound,
          "There is no endpoint without an EndpointArn or an EndpointIdentifier.");
    }
    var arn = model.getEndpointArn();
    if (Arn.tryFromString(arn)
        .filter(a -> a.partition().equals(operation.partition()) && a.service().equals("dms"))
        .filter(a -> a.region().filter(operation.region()::equals).isPresent())
        .filter(a -> a.accountId().filter(id -> id.matches("[0-9]{12}")).isPresent())
        .filter(a -> a.resourceAsString().matches("endpoint:[a-zA-Z0-9-]+"))
        .isEmpty()) {
      throw invalid(
          "EndpointArn is not the ARN of a DMS endpoint in Region %s: %s."
              .formatted(operation.region(), arn));
    }
    return arn;
  }

  /** The ARN of the endpoint with this identifier, or the one that a create would give it. */
  private String endpointArnOf(String identifier) {
    var dms = dmsOf(null);
    var last =
        Objects.requireNonNullElseGet(
            operation.desired().getResourceIdentifier(),
            () -> DefaultNames.resourceIdentifier(identifier));
    return dms.findEndpointByIdentifier(identifier)
        .map(Endpoint::endpointArn)
        .orElseGet(
            () ->
                EndpointNames.endpointArn(
                    operation.partition(), operation.region(), dms.accountId(), last));
  }

  /**
   * The DMS that an endpoint is in, before its tags are known; null stands for an endpoint of the
   * template's account.
   *
   * @throws HandlerException where the role is one of another account than the endpoint: {@code
   *     NotUpdatable} for an update, after which CloudFormation replaces the resource (schema,
   *     {@code conditionalCreateOnlyProperties})
   */
  DmsAccount dmsOf(@Nullable String endpointArn) {
    var account = endpointArn == null ? null : EndpointNames.accountOf(endpointArn);
    var role = roles.dmsRoleOf(account);
    var reached = role.map(EndpointNames::accountOf).orElse(operation.account());
    if (account != null && !account.equals(reached)) {
      if (operation.action() == Action.UPDATE) {
        throw new HandlerException(
            HandlerErrorCode.NotUpdatable,
            "The account of DmsRoleArn can't be changed by an update: it is %s, and %s was asked for."
                .formatted(account, reached));
      }
      throw invalid(
          "The endpoint %s is in account %s, which is not the account of the stack (%s). Name a DmsRoleArn or an Environment with a role in that account."
              .formatted(endpointArn, account, reached));
    }
    return operation
        .clients()
        .dms(role.orElse(null), roles.environment(), reached, endpointArn, null);
  }

  /** The S3 target endpoint with this ARN and its tags. */
  public EndpointLookup find(String endpointArn) {
    var dms = dmsOf(endpointArn);
    return dms.findEndpoint(endpointArn)
        .filter(DmsAccount::isS3Target)
        .<EndpointLookup>map(e -> new FoundEndpoint(e, dms.tags(endpointArn)))
        .orElseGet(EndpointLookup.NotFound::new);
  }

  /**
   * The resource of an endpoint.
   *
   * @param endpointArn its ARN
   * @param seen what is known of the endpoint
   */
  public Resource of(String endpointArn, EndpointLookup seen) {
    var assumed = roles.of(endpointArn, seen);
    var last = EndpointNames.lastPartOf(endpointArn);
    var identifier = identifierOf(last, seen);
    return resource(
        names(identifier, last, EndpointNames.accountOf(endpointArn), assumed, seen), assumed);
  }

  private String identifierOf(String resourceIdentifier, EndpointLookup seen) {
    var located = operation.context() == null ? null : operation.context().located();
    return seen instanceof FoundEndpoint found
        ? found.endpoint().endpointIdentifier()
        : first(
                located == null ? null : located.endpointIdentifier(),
                operation.desired().getEndpointIdentifier(),
                operation.previous().map(ResourceModel::getEndpointIdentifier).orElse(null))
            .orElse(resourceIdentifier);
  }

  /**
   * A resource whose endpoint is gone, with the path and the identifier that its role has on
   * record.
   */
  public Resource asRecorded(Resource resource) {
    var names = resource.names();
    return resource
        .dataLake()
        .findRole(names.roleName())
        .filter(role -> OwnershipTags.isOwnPath(role.path()))
        .filter(role -> resource.isMarked(DataLakeAccount.tagsOf(role)))
        .map(
            role ->
                names
                    .withPath(role.path())
                    .withEndpointIdentifier(
                        DataLakeAccount.tagsOf(role)
                            .getOrDefault(OwnershipTags.IDENTIFIER, names.endpointIdentifier())))
        .map(recorded -> resource(recorded, resource.roles()))
        .orElse(resource);
  }

  /** The resource that an update is to bring to the template. */
  public Resource toUpdate(String endpointArn, EndpointLookup seen) {
    var assumed = roles.toUse();
    var last = EndpointNames.lastPartOf(endpointArn);
    var identifier = identifierOf(last, seen);
    return resource(
        names(identifier, last, EndpointNames.accountOf(endpointArn), assumed, seen), assumed);
  }

  private Resource resource(EndpointNames names, AssumedRoles assumed) {
    return new Resource(operation, names, assumed, options(assumed));
  }
}
