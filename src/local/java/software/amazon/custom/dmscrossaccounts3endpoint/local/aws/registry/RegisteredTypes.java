package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Paging;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.RegistryFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.RegisteredType;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TypeRegistry;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TypeVersion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** How all operations find what a call names, with the constraints of the service model. */
final class RegisteredTypes {
  static final String RESOURCE = "RESOURCE";

  private static final List<String> KINDS = List.of(RESOURCE, "MODULE", "HOOK");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}(::MODULE){0,1}");
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[A-Za-z0-9-]{0,64}:cloudformation:[A-Za-z0-9-]{1,64}:([0-9]{12})?:type/.+");
  private static final Pattern VERSION_ID = Pattern.compile("[A-Za-z0-9-]+");

  private final World world;

  RegisteredTypes(World world) {
    this.world = world;
  }

  /** A type, and which of its versions was named. */
  record Named(RegisteredType type, Optional<String> versionId) {}

  static String name(Parameters parameters) {
    return parameters.text("TypeName").length(10, 204).matching(NAME).value();
  }

  static String kind(Parameters parameters) {
    return parameters.text("Type").oneOf(KINDS).value();
  }

  TypeRegistry registry(Request request) {
    return world.registry(request.account(), request.region());
  }

  void keep(Request request, TypeRegistry registry) {
    world.put(request.account(), request.region(), registry);
  }

  /**
   * What a call names by {@code TypeName} and {@code Type} or by an ARN, of the type or of a
   * version.
   *
   * @param arnMember what the call names the ARN
   * @throws AwsFault where it names nothing, or nothing that is there
   */
  Named named(Request request, Parameters parameters, String arnMember) {
    var name = name(parameters);
    var arn = parameters.text(arnMember).length(1, 1024).matching(ARN).value();
    var version =
        Optional.ofNullable(
            parameters.text("VersionId").length(1, 128).matching(VERSION_ID).value());
    if (arn == null && (name == null || kind(parameters) == null)) {
      throw RegistryFaults.registry(
          "Either the " + arnMember + " or both TypeName and Type must be given.");
    }
    var types = registry(request).types(world.now());
    var named =
        arn == null
            ? types.stream().filter(type -> type.name().equals(name)).findFirst()
            : types.stream()
                .filter(type -> arn.equals(type.arn()) || arn.startsWith(type.arn() + "/"))
                .findFirst();
    var type =
        named.orElseThrow(
            () ->
                RegistryFaults.typeNotFound(
                    "The type '%s' cannot be found.".formatted(arn == null ? name : arn)));
    return new Named(
        type,
        arn == null || arn.equals(type.arn())
            ? version
            : Optional.of(arn.substring(type.arn().length() + 1)));
  }

  /** The version that was named; the default one where none was. */
  TypeVersion version(Named named) {
    var id = named.versionId().orElse(named.type().defaultVersionId());
    return named
        .type()
        .version(id, world.now())
        .orElseThrow(
            () ->
                RegistryFaults.typeNotFound(
                    "The type '%s' has no version '%s'.".formatted(named.type().name(), id)));
  }

  /** One page of a listing, as {@code MaxResults} and {@code NextToken} ask for it. */
  <T> Paging<T> page(Parameters parameters, List<T> all) {
    var size =
        Math.min(parameters.number("MaxResults", 1, 100, 100), world.options().largestPage());
    return Paging.of(
        all,
        parameters.text("NextToken").length(1, 1024).value(),
        size,
        () -> RegistryFaults.registry("Invalid NextToken."));
  }
}
