package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.QueryProtocol;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.RegistryFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.RegisteredType;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TypeVersion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** Types and versions that are registered: shown, listed, made the default, taken out of use. */
public final class TypeCatalog {
  private static final String LIVE = "LIVE";
  private static final String DEPRECATED = "DEPRECATED";
  private static final List<String> STATES = List.of(LIVE, DEPRECATED);
  private static final List<String> VISIBILITIES = List.of("PUBLIC", "PRIVATE");

  private final World world;
  private final RegisteredTypes types;

  public TypeCatalog(World world) {
    this.world = world;
    this.types = new RegisteredTypes(world);
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of(
        "DescribeType", this::describeType,
        "ListTypes", this::listTypes,
        "ListTypeVersions", this::listTypeVersions,
        "SetTypeDefaultVersion", this::setTypeDefaultVersion,
        "DeregisterType", this::deregisterType);
  }

  private ObjectNode describeType(Request request) {
    request.demand("cloudformation:DescribeType", "*");
    var named = types.named(request, request.parameters(), "Arn");
    var type = named.type();
    var version = types.version(named);
    var schema = version.schemaTree();
    var answer =
        answer()
            .put("Arn", named.versionId().isPresent() ? version.arn() : type.arn())
            .put("Type", RegisteredTypes.RESOURCE)
            .put("TypeName", type.name())
            .put("DefaultVersionId", type.defaultVersionId())
            .put("IsDefaultVersion", type.isDefault(version))
            .put("TypeTestsStatus", "NOT_TESTED")
            .put("Description", schema.path("description").asText())
            .put("Schema", version.schema())
            .put("ProvisioningType", provisioning(schema))
            .put("DeprecatedStatus", version.live() ? LIVE : DEPRECATED)
            .put("Visibility", "PRIVATE")
            .put("LastUpdated", QueryProtocol.date(version.ready()))
            .put("TimeCreated", QueryProtocol.date(version.ready()));
    version.executionRole().ifPresent(role -> answer.put("ExecutionRoleArn", role));
    if (version.isLogged()) {
      answer
          .putObject("LoggingConfig")
          .put("LogRoleArn", version.logRoleArn())
          .put("LogGroupName", version.logGroup());
    }
    for (var url : List.of("sourceUrl", "documentationUrl")) {
      if (schema.has(url)) {
        answer.put(
            Character.toUpperCase(url.charAt(0)) + url.substring(1), schema.get(url).asText());
      }
    }
    ConfigurationRules.schemaOf(version)
        .ifPresent(configuration -> answer.put("ConfigurationSchema", configuration.toString()));
    return answer;
  }

  /** API reference, DescribeType, {@code ProvisioningType}. */
  private static String provisioning(JsonNode schema) {
    Set<String> handlers =
        schema.path("handlers").properties().stream()
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (!handlers.containsAll(Set.of("create", "read", "delete"))) {
      return "NON_PROVISIONABLE";
    }
    return handlers.contains("update") ? "FULLY_MUTABLE" : "IMMUTABLE";
  }

  /** Those of AWS and of third parties are not played: what is public is an empty list. */
  private ObjectNode listTypes(Request request) {
    var parameters = request.parameters();
    var visibility = parameters.text("Visibility").oneOf(VISIBILITIES).orElse("PRIVATE");
    var state = parameters.text("DeprecatedStatus").oneOf(STATES).orElse(LIVE);
    var kind = RegisteredTypes.kind(parameters);
    var prefix = parameters.structure("Filters").text("TypeNamePrefix").orElse("");
    request.demand("cloudformation:ListTypes", "*");
    var found =
        types.registry(request).types(world.now()).stream()
            .filter(type -> visibility.equals("PRIVATE"))
            .filter(type -> kind == null || kind.equals(RegisteredTypes.RESOURCE))
            .filter(type -> type.name().startsWith(prefix))
            .filter(type -> state.equals(type.live(world.now()).isEmpty() ? DEPRECATED : LIVE))
            .toList();
    return page(
        parameters,
        "TypeSummaries",
        found,
        (type, summary) ->
            summary
                .put("Type", RegisteredTypes.RESOURCE)
                .put("TypeName", type.name())
                .put("DefaultVersionId", type.defaultVersionId())
                .put("TypeArn", type.arn())
                .put("LastUpdated", date(type.versions().get(type.versions().size() - 1)))
                .put("Description", description(type.versions().get(0))));
  }

  private ObjectNode listTypeVersions(Request request) {
    var parameters = request.parameters();
    var state = parameters.text("DeprecatedStatus").oneOf(STATES).orElse(LIVE);
    request.demand("cloudformation:ListTypeVersions", "*");
    var type = types.named(request, parameters, "Arn").type();
    var found =
        type.versions(world.now()).stream()
            .filter(version -> version.live() == state.equals(LIVE))
            .toList();
    return page(
        parameters,
        "TypeVersionSummaries",
        found,
        (version, summary) ->
            summary
                .put("Type", RegisteredTypes.RESOURCE)
                .put("TypeName", type.name())
                .put("VersionId", version.id())
                .put("IsDefaultVersion", type.isDefault(version))
                .put("Arn", version.arn())
                .put("TimeCreated", date(version))
                .put("Description", description(version)));
  }

  private ObjectNode setTypeDefaultVersion(Request request) {
    request.demand("cloudformation:SetTypeDefaultVersion", "*");
    var named = types.named(request, request.parameters(), "Arn");
    if (named.versionId().isEmpty()) {
      throw RegistryFaults.registry("A version must be given, by VersionId or in the Arn.");
    }
    var version = types.version(named);
    if (!version.live()) {
      throw RegistryFaults.registry(
          "The version '%s' is deprecated and can't be the default.".formatted(version.id()));
    }
    keep(request, named.type().withDefaultVersionId(version.id()));
    return answer();
  }

  /**
   * Without a version it is the type's only one. The default version goes last (API reference,
   * DeregisterType).
   */
  private ObjectNode deregisterType(Request request) {
    request.demand("cloudformation:DeregisterType", "*");
    var named = types.named(request, request.parameters(), "Arn");
    var type = named.type();
    var version = types.version(named);
    if (!version.live()) {
      throw RegistryFaults.registry(
          "The version '%s' is deregistered already.".formatted(version.id()));
    }
    if (type.isDefault(version) && type.live(world.now()).size() > 1) {
      throw RegistryFaults.registry(
          "The default version '%s' can't be deregistered while the type has other versions."
              .formatted(version.id()));
    }
    keep(request, type.deregistered(version));
    return answer();
  }

  private void keep(Request request, RegisteredType type) {
    types.keep(request, types.registry(request).with(type));
  }

  private static String date(TypeVersion version) {
    return QueryProtocol.date(version.ready());
  }

  private static String description(TypeVersion version) {
    return version.schemaTree().path("description").asText();
  }

  /** Writes one item of a list. */
  private interface Shape<T> {
    void writeInto(T item, ObjectNode summary);
  }

  private <T> ObjectNode page(Parameters parameters, String member, List<T> all, Shape<T> shape) {
    var page = types.page(parameters, all);
    var answer = answer();
    var list = answer.putArray(member);
    page.items().forEach(item -> shape.writeInto(item, list.addObject()));
    if (page.next() != null) {
      answer.put("NextToken", page.next());
    }
    return answer;
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }
}
