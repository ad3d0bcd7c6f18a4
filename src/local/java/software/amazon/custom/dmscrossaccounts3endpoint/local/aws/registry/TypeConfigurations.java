package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.RegisteredType;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/**
 * Default configurations of types, by the type's name: they belong to a type, not to a version of
 * it. They are not checked against the type's schema.
 */
public final class TypeConfigurations {
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
    parameters.text("ConfigurationAlias").required();
    request.demand("cloudformation:SetTypeConfiguration", "*");
    var type = types.named(request, parameters, "TypeArn").type();
    types.keep(request, types.registry(request).with(type.withConfiguration(configuration)));
    return JsonNodeFactory.instance.objectNode().put("ConfigurationArn", arn(request, type));
  }

  private ObjectNode batchDescribeTypeConfigurations(Request request) {
    request.demand("cloudformation:BatchDescribeTypeConfigurations", "*");
    var answer = JsonNodeFactory.instance.objectNode();
    var errors = answer.putArray("Errors");
    answer.putArray("UnprocessedTypeConfigurations");
    var found = answer.putArray("TypeConfigurations");
    var name = "TypeConfigurationIdentifiers";
    for (var identifier : request.parameters().requireList(name).structures(name)) {
      var type =
          Optional.ofNullable(identifier.text("TypeName").value())
              .flatMap(types.registry(request)::type)
              .filter(t -> t.configuration() != null);
      if (type.isPresent()) {
        found
            .addObject()
            .put("Arn", arn(request, type.get()))
            .put("Alias", DEFAULT)
            .put("Configuration", type.get().configuration())
            .put("TypeArn", type.get().arn())
            .put("TypeName", type.get().name())
            .put("IsDefaultConfiguration", true);
      } else {
        errors
            .addObject()
            .put("ErrorCode", "404")
            .put("ErrorMessage", "The type configuration cannot be found.")
            .set("TypeConfigurationIdentifier", identifier.values());
      }
    }
    return answer;
  }

  private String arn(Request request, RegisteredType type) {
    return world
        .arns()
        .typeConfiguration(request.account(), request.region(), type.name(), DEFAULT);
  }
}
