package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.dms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import software.amazon.awssdk.arns.Arn;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.DmsFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.DmsRegion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Endpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ExternalIdShown;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.S3EndpointSettings;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.S3SettingsShape;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Timeline;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** DMS's operations on endpoints. */
public final class DmsEndpoints {
  private static final int MOST_IDENTIFIER = 255;
  private static final int MOST_RESOURCE_IDENTIFIER = 31;
  private static final List<String> TYPES = List.of("source", "target");

  /**
   * Engines other than S3 are kept so that a task has a source; their settings are not looked at.
   */
  private static final Map<String, String> ENGINES =
      Map.ofEntries(
          Map.entry("s3", "Amazon S3"),
          Map.entry("mysql", "MySQL"),
          Map.entry("oracle", "Oracle"),
          Map.entry("postgres", "PostgreSQL"),
          Map.entry("mariadb", "MariaDB"),
          Map.entry("aurora", "Amazon Aurora MySQL"),
          Map.entry("aurora-postgresql", "Amazon Aurora PostgreSQL"),
          Map.entry("sqlserver", "Microsoft SQL Server"),
          Map.entry("db2", "IBM Db2 LUW"),
          Map.entry("sybase", "SAP Sybase ASE"));

  private static final List<String> PLAIN_TEXTS =
      List.of("Username", "ServerName", "DatabaseName", "ExtraConnectionAttributes", "KmsKeyId");

  private final World world;
  private final TrustCheck handshake;

  public DmsEndpoints(World world) {
    this.world = world;
    this.handshake = new TrustCheck(world);
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of(
        "CreateEndpoint", this::create,
        "DescribeEndpoints", this::describe,
        "ModifyEndpoint", this::modify,
        "DeleteEndpoint", this::delete);
  }

  private ObjectNode create(Request request) {
    var parameters = request.parameters();
    parameters.text("EndpointIdentifier").required();
    var identifier = DmsRules.identifier(parameters, "EndpointIdentifier", MOST_IDENTIFIER);
    if (world.options().lowerCaseIdentifiers()) {
      identifier = identifier.toLowerCase(Locale.ROOT);
    }
    var type = parameters.text("EndpointType").required().oneOf(TYPES).value();
    var engine = engine(parameters);
    var given = DmsRules.identifier(parameters, "ResourceIdentifier", MOST_RESOURCE_IDENTIFIER);
    var tags = DmsRules.tags(parameters, world.options().habits().tagCharacters());
    var settings = settings(request, engine, true);
    var resourceIdentifier =
        given == null || !world.options().resourceIdentifiers() ? world.ids().dmsResource() : given;
    var arn = world.arns().endpoint(request.account(), request.region(), resourceIdentifier);
    demandCreation(request, arn, settings, tags);
    var dms = world.dms(request.account(), request.region());
    refuseDuplicate(dms, identifier, resourceIdentifier);
    var now = world.now();
    var endpoint =
        Endpoint.builder()
            .identifier(identifier)
            .resourceIdentifier(resourceIdentifier)
            .arn(arn)
            .type(type)
            .engine(engine)
            .settings(settings)
            .tagging(
                Timeline.<Map<String, String>>empty()
                    .with(now, Map.of())
                    .with(now.plus(world.options().habits().tagsLag()), tags))
            .created(now)
            .settled(now.plus(world.options().settleTime()))
            .build();
    return endpoint.isS3() && world.options().externalIds()
        ? shakeHands(dms, endpoint)
        : kept(dms, endpoint);
  }

  private ObjectNode shakeHands(DmsRegion dms, Endpoint asked) {
    var externalIds = dms.externalIds();
    var resourceIdentifier = asked.resourceIdentifier();
    var externalId = externalIds.of(resourceIdentifier);
    var outcome =
        handshake.shake(
            dms,
            asked.arn(),
            asked.roleArn(),
            externalId,
            externalIds.isUnsettled(resourceIdentifier),
            externalIds.wasDenied(resourceIdentifier));
    var endpoint = asked.withExternalId(externalId).withFailed(outcome.failed());
    if (outcome.kept()) {
      dms.put(endpoint);
    }
    if (outcome.denied()) {
      externalIds.denied(resourceIdentifier);
      throw denial(dms, endpoint.roleArn());
    }
    externalIds.answered(resourceIdentifier);
    return answer(endpoint, ExternalIdShown.CREATE_ANSWER);
  }

  private AwsFault denial(DmsRegion dms, String roleArn) {
    var owner = world.arns().accountOfRole(roleArn).orElseThrow();
    return world.options().habits().namesMissingAllowListing()
            && !world.allowList().allows(dms.account(), owner)
        ? DmsFaults.accessDenied("Cross-account pass role is not allowed.")
        : roleNotUsable(roleArn);
  }

  /** Returns the denial as it was recorded, without a space before its last word. */
  private static AwsFault roleNotUsable(String roleArn) {
    return DmsFaults.accessDenied(
        "The IAM Role " + roleArn + " is not configured properly.AccessDenied");
  }

  private ObjectNode kept(DmsRegion dms, Endpoint endpoint) {
    dms.put(endpoint);
    return answer(endpoint, ExternalIdShown.CREATE_ANSWER);
  }

  private static void refuseDuplicate(DmsRegion dms, String identifier, String resourceIdentifier) {
    if (dms.isInUse(identifier)) {
      throw DmsFaults.alreadyExists("ReplicationEndpoint \"" + identifier + "\" already in use");
    }
    if (dms.endpoints().stream()
        .anyMatch(other -> other.resourceIdentifier().equalsIgnoreCase(resourceIdentifier))) {
      throw DmsFaults.alreadyExists(
          "An endpoint with the resource identifier " + resourceIdentifier + " already exists.");
    }
  }

  private void demandCreation(
      Request request, String arn, Endpoint.Settings settings, Map<String, String> tags) {
    // No resource types are declared for CreateEndpoint, so only a policy on "*" allows it.
    request.demand("dms:CreateEndpoint", "*", new ContextKeys().withRequestTags(tags));
    if (!tags.isEmpty()) {
      request.demand("dms:AddTagsToResource", arn, new ContextKeys().withRequestTags(tags));
    }
    if (settings.s3() != null) {
      request.demand(
          "iam:PassRole",
          settings.s3().text("ServiceAccessRoleArn"),
          new ContextKeys()
              .with("iam:PassedToService", "dms.amazonaws.com")
              .with("iam:AssociatedResourceArn", arn));
    }
  }

  private static String engine(Parameters parameters) {
    var engine = parameters.text("EngineName").required().value().toLowerCase(Locale.ROOT);
    if (!ENGINES.containsKey(engine)) {
      throw DmsFaults.invalidValue("The engine " + engine + " is not supported.");
    }
    return engine;
  }

  private Endpoint.Settings settings(Request request, String engine, boolean complete) {
    var parameters = request.parameters();
    if (!engine.equals("s3")) {
      var plain = new LinkedHashMap<String, Object>();
      for (var name : PLAIN_TEXTS) {
        if (parameters.has(name)) {
          plain.put(name, parameters.text(name).value());
        }
      }
      if (parameters.has("Port")) {
        plain.put("Port", parameters.number("Port", 1, 65535, 1));
      }
      return new Endpoint.Settings(null, plain);
    }
    var options = world.options();
    var s3 =
        S3EndpointSettings.read(
            parameters,
            complete ? options.droppedOnCreate() : Set.of(),
            options.droppedShowInSettings(),
            options.habits(),
            key -> world.arns().key(request.region(), request.account(), key));
    if (complete) {
      check(s3);
    }
    return new Endpoint.Settings(s3, Map.of());
  }

  private void check(S3EndpointSettings s3) {
    for (var member : List.of("ServiceAccessRoleArn", "BucketName")) {
      var value = s3.text(member);
      if (value == null || value.isBlank()) {
        throw DmsFaults.invalidCombination(
            "S3 endpoint setting " + member + " must be provided and must not be blank.");
      }
    }
    var role = s3.text("ServiceAccessRoleArn");
    if (world.arns().accountOfRole(role).isEmpty()) {
      throw DmsFaults.invalidValue("The parameter ServiceAccessRoleArn is not valid: " + role);
    }
    checkRange(s3, "MaxFileSize", 1, 1048576);
    checkRange(s3, "IgnoreHeaderRows", 0, 1);
    checkRange(s3, "CdcMaxBatchInterval", 0, Integer.MAX_VALUE);
    checkRange(s3, "CdcMinFileSize", 0, Integer.MAX_VALUE);
    if ("sse-kms".equals(s3.text("EncryptionMode"))
        && s3.text("ServerSideEncryptionKmsKeyId") == null
        && !world.options().droppedOnCreate().contains("ServerSideEncryptionKmsKeyId")) {
      throw DmsFaults.invalidCombination(
          "ServerSideEncryptionKmsKeyId must be provided for the encryption mode SSE_KMS.");
    }
  }

  private static void checkRange(S3EndpointSettings s3, String member, int least, int most) {
    var value = s3.number(member);
    if (value != null && (value < least || value > most)) {
      throw DmsFaults.invalidValue(
          "%s must be between %d and %d: %d".formatted(member, least, most, value));
    }
  }

  private ObjectNode describe(Request request) {
    request.demand("dms:DescribeEndpoints", "*");
    refuseOtherRegions(request);
    var moment = world.replica();
    Map<String, BiPredicate<Endpoint, String>> filters =
        Map.of(
            "endpoint-arn", (endpoint, value) -> endpoint.arn().equals(value),
            "endpoint-id", this::hasIdentifier,
            "endpoint-type", (endpoint, value) -> endpoint.type().equalsIgnoreCase(value),
            "engine-name", (endpoint, value) -> endpoint.engine().equalsIgnoreCase(value));
    return DmsRules.described(
        world,
        request.parameters(),
        "Endpoints",
        world.dms(request.account(), request.region()).endpoints(moment),
        filters,
        "No Endpoints found matching provided filters",
        endpoint -> shape(endpoint, moment, ExternalIdShown.DESCRIBE));
  }

  /** Refuses a filter by an ARN of another Region, as users report of DMS. */
  private void refuseOtherRegions(Request request) {
    if (!world.options().filters()) {
      return;
    }
    request.parameters().structures("Filters").stream()
        .filter(filter -> "endpoint-arn".equals(filter.text("Name").value()))
        .flatMap(filter -> filter.texts("Values").stream())
        .filter(arn -> isElsewhere(arn, request.region()))
        .findFirst()
        .ifPresent(
            arn -> {
              throw DmsFaults.invalidValue("The endpoint ARN is of another Region: " + arn);
            });
  }

  private boolean isElsewhere(String arn, String region) {
    return world
        .arns()
        .read("dms", arn)
        .flatMap(Arn::region)
        .filter(other -> !other.equals(region))
        .isPresent();
  }

  private boolean hasIdentifier(Endpoint endpoint, String value) {
    return world.options().habits().filtersRegardCase()
        ? endpoint.identifier().equals(value)
        : endpoint.identifier().equalsIgnoreCase(value);
  }

  private ObjectNode modify(Request request) {
    var endpoint = demandedEndpoint(world, request, "dms:ModifyEndpoint");
    if (endpoint.isS3()) {
      var owner = world.arns().accountOfRole(endpoint.roleArn()).orElseThrow();
      if (!owner.equals(request.account())) {
        throw roleNotUsable(endpoint.roleArn());
      }
    }
    if (!endpoint.status(world.now()).equals("active")) {
      throw DmsFaults.invalidState("Endpoint " + endpoint.arn() + " is not active.");
    }
    var changes = settings(request, endpoint.engine(), false);
    var changed = endpoint.withSettings(merged(endpoint.settings(), changes));
    world.dms(request.account(), request.region()).put(changed);
    return answer(changed, ExternalIdShown.DESCRIBE);
  }

  private Endpoint.Settings merged(Endpoint.Settings settings, Endpoint.Settings changes) {
    if (settings.s3() != null) {
      var merged = settings.s3().overlaid(changes.s3());
      check(merged);
      return new Endpoint.Settings(merged, Map.of());
    }
    var merged = new LinkedHashMap<>(settings.plain());
    merged.putAll(changes.plain());
    return new Endpoint.Settings(null, merged);
  }

  private ObjectNode delete(Request request) {
    var endpoint = demandedEndpoint(world, request, "dms:DeleteEndpoint");
    var dms = world.dms(request.account(), request.region());
    var now = world.now();
    var status = endpoint.status(now);
    if (status.equals("creating") || status.equals("deleting")) {
      throw DmsFaults.invalidState("Endpoint " + endpoint.arn() + " is " + status + ".");
    }
    if (dms.tasks().stream().anyMatch(task -> task.uses(endpoint.arn()))) {
      throw DmsFaults.invalidState(
          "Endpoint " + endpoint.arn() + " is part of one or more ReplicationTasks.");
    }
    if (dms.configs().stream().anyMatch(config -> config.targetArn().equals(endpoint.arn()))) {
      throw DmsFaults.invalidState(
          "Endpoint " + endpoint.arn() + " is part of one or more ReplicationConfigs.");
    }
    if (dms.connections().stream()
        .anyMatch(
            connection ->
                connection.endpointArn().equals(endpoint.arn()) && connection.isTesting(now))) {
      throw DmsFaults.invalidState("Endpoint " + endpoint.arn() + " is being tested.");
    }
    var deleted = endpoint.deleted(now, world.options().settleTime());
    dms.put(deleted);
    if (!status.equals("failed")) {
      dms.externalIds().deleted(endpoint.resourceIdentifier());
    }
    return answer(deleted, ExternalIdShown.DESCRIBE);
  }

  /** Checks the permission before it tells whether the endpoint is there. */
  static Endpoint demandedEndpoint(World world, Request request, String action) {
    var arn = request.parameters().text("EndpointArn").required().value();
    var endpoint = world.dms(request.account(), request.region()).endpoint(arn);
    var keys = new ContextKeys();
    endpoint.ifPresent(e -> keys.withResourceTags("dms:endpoint-tag/", e.tags()));
    request.demand(action, arn, keys);
    return endpoint.orElseThrow(() -> DmsFaults.notFound("Endpoint " + arn + " not found."));
  }

  private ObjectNode answer(Endpoint endpoint, ExternalIdShown answering) {
    var answer = DmsRules.answer();
    answer.set("Endpoint", shape(endpoint, world.now(), answering));
    return answer;
  }

  private JsonNode shape(Endpoint endpoint, Instant moment, ExternalIdShown answering) {
    var shouting = world.options().shoutingEnums();
    var shape =
        DmsRules.answer()
            .put("EndpointIdentifier", endpoint.identifier())
            // Comes back in upper case, whatever was asked for.
            .put("EndpointType", endpoint.type().toUpperCase(Locale.ROOT))
            .put("EngineName", endpoint.engine())
            .put("EngineDisplayName", ENGINES.get(endpoint.engine()))
            .put("Status", endpoint.status(moment))
            .put("EndpointArn", endpoint.arn())
            .put("SslMode", "none")
            .put("IsReadOnly", false);
    var shown = world.options().habits().externalIdShown();
    if (endpoint.externalId() != null && (shown == ExternalIdShown.BOTH || shown == answering)) {
      shape.put("ExternalId", endpoint.externalId());
    }
    if (endpoint.isS3()) {
      // A top-level KmsKeyId is not kept for S3 endpoints, so there is none to show.
      var s3 = endpoint.settings().s3();
      shape.put("ExtraConnectionAttributes", s3.attributes(shouting));
      var settings = s3.shown(shouting);
      if (world.options().habits().emptyTexts()) {
        S3SettingsShape.members().stream()
            .filter(member -> S3SettingsShape.type(member) == S3SettingsShape.Type.TEXT)
            .filter(member -> !settings.has(member))
            .forEach(member -> settings.put(member, ""));
      }
      shape.set("S3Settings", settings);
    }
    endpoint.settings().plain().forEach(shape::putPOJO);
    return shape;
  }
}
