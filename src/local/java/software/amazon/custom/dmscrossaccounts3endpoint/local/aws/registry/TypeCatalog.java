package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.QueryProtocol;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.RegistryFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.RegisteredType;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TypeVersion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** Types and versions that are registered: shown, listed, made the default. */
public final class TypeCatalog {
  private static final String LIVE = "LIVE";
  private static final String DEPRECATED = "DEPRECATED";

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
        "SetTypeDefaultVersion", this::setTypeDefaultVersion);
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
            .put("Description", schema.path("description").asText())
            .put("Schema", version.schema())
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
    return answer;
  }

  /** Lists the private types in use; filters are ignored. */
  private ObjectNode listTypes(Request request) {
    request.demand("cloudformation:ListTypes", "*");
    var found =
        types.registry(request).types(world.now()).stream()
            .filter(type -> !type.live(world.now()).isEmpty())
            .toList();
    return page(
        request.parameters(),
        "TypeSummaries",
        found,
        (type, summary) ->
            summary
                .put("Type", RegisteredTypes.RESOURCE)
                .put("TypeName", type.name())
                .put("DefaultVersionId", type.defaultVersionId())
                .put("TypeArn", type.arn()));
  }

  private ObjectNode listTypeVersions(Request request) {
    var parameters = request.parameters();
    request.demand("cloudformation:ListTypeVersions", "*");
    var type = types.named(request, parameters, "Arn").type();
    var found = type.versions(world.now()).stream().filter(TypeVersion::live).toList();
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
