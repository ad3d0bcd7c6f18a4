package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.QueryProtocol;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.RegistryFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.RegisteredType;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TypeSetting;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** Configurations of types: they belong to a type, not to a version of it. */
public final class TypeConfigurations {
  private static final Pattern ALIAS = Pattern.compile("[a-zA-Z0-9]{1,256}");
  private static final String DEFAULT = "default";

  private final World world;
  private final RegisteredTypes types;

  public TypeConfigurations(World world) {
    this.world = world;
    this.types = new RegisteredTypes(world);
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of(
        "SetTypeConfiguration", this::setTypeConfiguration,
        "BatchDescribeTypeConfigurations", this::batchDescribeTypeConfigurations);
  }

  private ObjectNode setTypeConfiguration(Request request) {
    var parameters = request.parameters();
    var configuration = parameters.text("Configuration").required().length(1, 204800).value();
    var alias = parameters.text("ConfigurationAlias").length(1, 256).matching(ALIAS).value();
    request.demand("cloudformation:SetTypeConfiguration", "*");
    var named = types.named(request, parameters, "TypeArn");
    if (alias == null) {
      throw RegistryFaults.registry("A resource type's configuration needs a ConfigurationAlias.");
    }
    var type = named.type();
    ConfigurationRules.check(
        types.version(new RegisteredTypes.Named(type, Optional.empty())), configuration);
    var arn =
        world.arns().typeConfiguration(request.account(), request.region(), type.name(), alias);
    types.keep(
        request,
        types
            .registry(request)
            .with(type.with(new TypeSetting(arn, alias, configuration, world.now()))));
    return JsonNodeFactory.instance.objectNode().put("ConfigurationArn", arn);
  }

  private ObjectNode batchDescribeTypeConfigurations(Request request) {
    var identifiers =
        request
            .parameters()
            .requireList("TypeConfigurationIdentifiers")
            .structures("TypeConfigurationIdentifiers");
    request.demand("cloudformation:BatchDescribeTypeConfigurations", "*");
    var answer = JsonNodeFactory.instance.objectNode();
    var errors = answer.putArray("Errors");
    answer.putArray("UnprocessedTypeConfigurations");
    var found = answer.putArray("TypeConfigurations");
    for (var identifier : identifiers) {
      find(request, identifier)
          .ifPresentOrElse(
              type -> found.add(shape(type, setting(type, identifier).orElseThrow())),
              () ->
                  errors
                      .addObject()
                      .put("ErrorCode", "404")
                      .put("ErrorMessage", "The type configuration cannot be found.")
                      .set("TypeConfigurationIdentifier", identifier.values()));
    }
    return answer;
  }

  private Optional<RegisteredType> find(Request request, Parameters identifier) {
    var name = identifier.text("TypeName").value();
    var arn = identifier.text("TypeArn").value();
    var configurationArn = identifier.text("TypeConfigurationArn").value();
    return types.registry(request).types(world.now()).stream()
        .filter(
            type ->
                type.name().equals(name)
                    || type.arn().equals(arn)
                    || (name == null && arn == null && configurationArn != null))
        .filter(type -> setting(type, identifier).isPresent())
        .findFirst();
  }

  private static Optional<TypeSetting> setting(RegisteredType type, Parameters identifier) {
    var arn = identifier.text("TypeConfigurationArn").value();
    return arn == null
        ? type.setting(identifier.text("TypeConfigurationAlias").orElse(DEFAULT))
        : type.settings().values().stream().filter(s -> s.arn().equals(arn)).findFirst();
  }

  private static ObjectNode shape(RegisteredType type, TypeSetting setting) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Arn", setting.arn())
        .put("Alias", setting.alias())
        .put("Configuration", setting.configuration())
        .put("LastUpdated", QueryProtocol.date(setting.updated()))
        .put("TypeArn", type.arn())
        .put("TypeName", type.name())
        .put("IsDefaultConfiguration", setting.alias().equals(DEFAULT));
  }
}
