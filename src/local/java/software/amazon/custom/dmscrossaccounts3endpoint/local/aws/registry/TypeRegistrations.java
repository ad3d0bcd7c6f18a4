package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.RegistryFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.RegisteredType;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TypeRegistration;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TypeVersion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/**
 * Registering versions. As users report it, a package that can't be fetched is refused at once
 * (DataDog/datadog-cloudformation-resources issue 86), and one that can't be used lets the
 * registration fail later (org-formation/aws-resource-providers issue 135).
 */
public final class TypeRegistrations {
  /** API reference, RegisterType; regardless of case. */
  private static final Set<String> RESERVED =
      Set.of("alexa", "amzn", "amazon", "aws", "custom", "dev");

  private static final Pattern TOKEN = Pattern.compile("[a-zA-Z0-9][-a-zA-Z0-9]*");
  private static final Pattern ROLE = Pattern.compile("arn:.+:iam::[0-9]{12}:role/.+");
  private static final Pattern LOG_GROUP = Pattern.compile("[\\.\\-_/#A-Za-z0-9]+");
  private static final Pattern S3_URL = Pattern.compile("s3://(?<bucket>[^/]+)/(?<key>.+)");

  private final World world;
  private final RegisteredTypes types;

  public TypeRegistrations(World world) {
    this.world = world;
    this.types = new RegisteredTypes(world);
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of(
        "RegisterType", this::registerType,
        "DescribeTypeRegistration", this::describeTypeRegistration);
  }

  /**
   * What was asked for.
   *
   * @param logRole, logGroup null where logs were not asked for
   */
  private record Asked(
      String name, String packageUrl, String executionRole, String logRole, String logGroup) {

    static Asked in(Parameters parameters) {
      parameters.text("TypeName").required();
      var logging = parameters.structure("LoggingConfig");
      var logs = parameters.has("LoggingConfig");
      var logRole = logging.text("LogRoleArn").length(1, 256).matching(ROLE);
      var logGroup = logging.text("LogGroupName").length(1, 512).matching(LOG_GROUP);
      return new Asked(
          RegisteredTypes.name(parameters),
          parameters.text("SchemaHandlerPackage").required().length(1, 4096).value(),
          parameters.text("ExecutionRoleArn").length(1, 256).matching(ROLE).value(),
          (logs ? logRole.required() : logRole).value(),
          (logs ? logGroup.required() : logGroup).value());
    }
  }

  private ObjectNode registerType(Request request) {
    var parameters = request.parameters();
    var asked = Asked.in(parameters);
    var kind = RegisteredTypes.kind(parameters);
    request.demand("cloudformation:RegisterType", "*");
    if (kind != null && !kind.equals(RegisteredTypes.RESOURCE)) {
      throw RegistryFaults.registry("The local AWS registers resource types only, no " + kind);
    }
    if (RESERVED.contains(asked.name().split("::", 2)[0].toLowerCase(Locale.ROOT))) {
      throw RegistryFaults.registry(
          "Type name %s is invalid: its namespace is reserved.".formatted(asked.name()));
    }
    demandPassing(request, asked.executionRole());
    demandPassing(request, asked.logRole());
    var content = fetch(request, asked.packageUrl());
    var registration = register(request, asked, content);
    return answer().put("RegistrationToken", registration.token());
  }

  /** Whoever names a role passes it (Service Authorization Reference, iam:PassedToService). */
  private static void demandPassing(Request request, String role) {
    if (role != null) {
      request.demand(
          "iam:PassRole",
          role,
          new ContextKeys().with("iam:PassedToService", "resources.cloudformation.amazonaws.com"));
    }
  }

  /** Its caller must be able to read the package (API reference, RegisterType). */
  private byte[] fetch(Request request, String url) {
    return Optional.of(S3_URL.matcher(url))
        .filter(Matcher::matches)
        .flatMap(parts -> fetch(request, parts.group("bucket"), parts.group("key")))
        .orElseThrow(
            () ->
                RegistryFaults.registry(
                    "Error validating schemaHandlerPackage. Check the permissions on the bucket and"
                        + " object in your account and try again."));
  }

  private Optional<byte[]> fetch(Request request, String name, String key) {
    var bucket = world.bucket(name);
    if (bucket.isEmpty()) {
      return Optional.empty();
    }
    try {
      request.demand(
          "s3:GetObject", bucket.get(), world.arns().bucket(name) + "/" + key, new ContextKeys());
    } catch (AwsFault denied) {
      return Optional.empty();
    }
    return bucket.get().object(key);
  }

  private TypeRegistration register(Request request, Asked asked, byte[] content) {
    var registry = types.registry(request);
    var type =
        registry
            .type(asked.name())
            .orElseGet(
                () ->
                    RegisteredType.unversioned(
                        asked.name(),
                        world.arns().type(request.account(), request.region(), asked.name())));
    var token = world.ids().request();
    var ready = world.now().plus(world.options().settleTime());
    TypeRegistration registration;
    try {
      var version =
          new TypeVersion(
              type.nextVersionId(),
              type.arn() + "/" + type.nextVersionId(),
              ready,
              TypePackage.read(content, asked.name()).schema(),
              asked.executionRole(),
              asked.logRole(),
              asked.logGroup(),
              true);
      registry = registry.with(type.and(version));
      registration = new TypeRegistration(token, type.arn(), version.arn(), ready, null);
    } catch (TypePackage.Unusable e) {
      registration = new TypeRegistration(token, type.arn(), null, ready, e.getMessage());
    }
    types.keep(request, registry.with(registration));
    return registration;
  }

  private ObjectNode describeTypeRegistration(Request request) {
    var token =
        request
            .parameters()
            .text("RegistrationToken")
            .required()
            .length(1, 128)
            .matching(TOKEN)
            .value();
    request.demand("cloudformation:DescribeTypeRegistration", "*");
    var registration =
        types
            .registry(request)
            .registration(r -> r.token().equals(token))
            .orElseThrow(
                () -> RegistryFaults.registry("Registration token " + token + " is unknown."));
    if (registration.ready().isAfter(world.now())) {
      return answer()
          .put("ProgressStatus", "IN_PROGRESS")
          .put("Description", "Deployment is currently in DEPLOY_STAGE of status IN_PROGRESS");
    }
    if (registration.failure() != null) {
      return answer()
          .put("ProgressStatus", "FAILED")
          .put(
              "Description",
              "Deployment is currently in VALIDATION_STAGE of status FAILED: "
                  + registration.failure());
    }
    return answer()
        .put("ProgressStatus", "COMPLETE")
        .put("Description", "Deployment is currently in DEPLOY_STAGE of status COMPLETED")
        .put("TypeArn", registration.typeArn())
        .put("TypeVersionArn", registration.versionArn());
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }
}
