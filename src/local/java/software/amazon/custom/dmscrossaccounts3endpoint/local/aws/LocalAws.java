package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipalType;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.CallLog;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.FaultPlan;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.FrontDoor;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Service;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.dms.DmsConnections;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.dms.DmsEndpoints;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.dms.DmsReplication;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.dms.DmsTags;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.iam.IamPolicies;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.iam.IamRolePolicies;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.iam.IamRoles;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.iam.IamSimulation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry.TypeCatalog;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry.TypeConfigurations;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry.TypeRegistrations;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.s3.S3Objects;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.stacks.StackSets;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.stacks.TemplateReader;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.sts.StsService;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch.CloudWatchService;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch.LogsService;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch.PublishedMetric;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.HttpFront;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.JsonProtocol;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.QueryProtocol;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.RpcV2CborProtocol;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.S3Protocol;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Bucket;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.DmsRegion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Endpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Identity;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.RegisteredType;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ReplicationConfig;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Snapshot;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TypeVersion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/**
 * An AWS on loopback: IAM, STS, DMS and the CloudFormation registry for any number of accounts, at
 * one endpoint URL. Clients reach it with nothing but that URL and an access key; which service and
 * Region they mean stands in their signature, and who they are in their key. Thread-safe.
 *
 * <p>The methods of this class look behind the API or set things up without going through it; none
 * of them shows in {@link #calls()}. They throw {@link IllegalArgumentException} for an account,
 * role or endpoint that is not there.
 */
public final class LocalAws implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SESSION = Duration.ofHours(12);

  private final World world;
  private final FaultPlan faults;
  private final CallLog log;
  private final StsService sts;
  private final DmsConnections connections;
  private final DmsReplication replication;
  private final CloudWatchService metrics = new CloudWatchService();
  private final LogsService logs;
  private final HttpFront front;

  private LocalAws(World world, TemplateReader templates) throws IOException {
    this.world = world;
    this.faults = new FaultPlan();
    this.log = new CallLog();
    this.sts = new StsService(world);
    this.connections = new DmsConnections(world);
    this.replication = new DmsReplication(world);
    this.logs = new LogsService(world);
    world.options().accounts().stream().sorted().forEach(this::addAdministrator);
    var monitoring = new QueryProtocol("monitoring.amazonaws.com", "2010-08-01");
    var byName = new HashMap<String, Service>();
    List.of(
            Service.of(
                "iam",
                new QueryProtocol("iam.amazonaws.com", "2010-05-08"),
                new IamRoles(world).operations(),
                new IamPolicies(world).operations(),
                new IamRolePolicies(world).operations(),
                new IamSimulation(world).operations()),
            Service.of(
                "sts", new QueryProtocol("sts.amazonaws.com", "2011-06-15"), sts.operations()),
            Service.of(
                "dms",
                new JsonProtocol("AmazonDMSv20160101"),
                new DmsEndpoints(world).operations(),
                new DmsTags(world).operations(),
                connections.operations(),
                replication.operations()),
            new Service(
                "monitoring",
                List.of(
                    new RpcV2CborProtocol("GraniteServiceVersion20100801", monitoring), monitoring),
                metrics.operations()),
            Service.of("logs", new JsonProtocol("Logs_20140328"), logs.operations()),
            Service.of(
                "cloudformation",
                new QueryProtocol("cloudformation.amazonaws.com", "2010-05-15"),
                new TypeRegistrations(world).operations(),
                new TypeCatalog(world).operations(),
                new TypeConfigurations(world).operations(),
                new StackSets(world, templates, byName, sts).operations()),
            Service.of("s3", new S3Protocol(), new S3Objects(world).operations()))
        .forEach(service -> byName.put(service.name(), service));
    this.front =
        new HttpFront(new FrontDoor(world, byName, faults, log)::answer, world.options().port());
  }

  /** A local AWS with defaults, to be told what differs. */
  public static LocalAwsBuilder builder() {
    return new LocalAwsBuilder();
  }

  static LocalAws start(World world, TemplateReader templates) {
    try {
      return new LocalAws(world, templates);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Can't listen on 127.0.0.1:" + world.options().port() + ": " + e.getMessage(), e);
    }
  }

  private void addAdministrator(String account) {
    var ids = world.ids();
    world
        .accessKeys()
        .add(
            new Identity(
                Identity.Kind.ADMINISTRATOR,
                account,
                world.arns().user(account, "administrator"),
                ids.user(),
                null,
                List.of(),
                new LocalCredentials(ids.accessKey(), ids.secret(), null),
                null));
  }

  /** The one URL of all services. */
  public URI endpoint() {
    return front.endpoint();
  }

  /** The events of a log group, stream after stream; none where there is no such group. */
  public List<String> logEvents(String account, String group) {
    return locked(() -> logs.events(account, group));
  }

  /** The data of the metrics of an account, in the order in which they came. */
  public List<PublishedMetric> metrics(String account) {
    return locked(() -> metrics.metrics(account));
  }

  /** The access key of the account's user {@code administrator}, who may do everything there. */
  public LocalCredentials administrator(String account) {
    return locked(() -> world.accessKeys().administrator(account))
        .orElseThrow(() -> new IllegalArgumentException("There is no account " + account));
  }

  /** Every secret key and session token that was handed out, for looking whether one got out. */
  public Set<String> secrets() {
    return locked(() -> world.accessKeys().secrets());
  }

  /** A session of twelve hours of a role, whatever its trust policy says. */
  public LocalCredentials sessionOf(String roleArn) {
    return locked(
        () ->
            sts.open(
                    world
                        .roleNow(roleArn)
                        .orElseThrow(
                            () -> new IllegalArgumentException("There is no role " + roleArn)),
                    "local",
                    SESSION,
                    List.of())
                .credentials());
  }

  /**
   * Makes a role that may do everything and that one principal may assume.
   *
   * @param pathAndName the role's name, after its path where it has one: {@code platform/admin}
   * @param trustedPrincipalArn the ARN of a role, a user or an account's root
   * @param externalId what the principal has to name, null when nothing
   */
  public String createAssumableRole(
      String account, String pathAndName, String trustedPrincipalArn, String externalId) {
    var slash = pathAndName.lastIndexOf('/');
    var path = "/" + pathAndName.substring(0, slash + 1);
    var name = pathAndName.substring(slash + 1);
    return locked(
        () -> {
          var iam = world.iam(account);
          if (iam.role(name).isPresent()) {
            throw new IllegalArgumentException("There is a role " + name + " already");
          }
          var role =
              Role.builder()
                  .name(name)
                  .path(path)
                  .id(world.ids().role())
                  .arn(world.arns().role(account, path, name))
                  .created(world.now())
                  .trust(trust(trustedPrincipalArn, externalId))
                  .maxSessionDuration(Role.DEFAULT_SESSION_DURATION)
                  .tags(Map.of())
                  .attached(List.of())
                  .inline(Map.of("administrator", everything()))
                  .build();
          iam.put(world.now(), role);
          return role.arn();
        });
  }

  private static String trust(String principal, String externalId) {
    return IamPolicy.builder()
        .addStatement(
            statement -> {
              statement
                  .effect(IamEffect.ALLOW)
                  .addPrincipal(IamPrincipalType.AWS, principal)
                  .addAction("sts:AssumeRole");
              if (externalId != null) {
                statement.addCondition(
                    condition ->
                        condition.operator("StringEquals").key("sts:ExternalId").value(externalId));
              }
            })
        .build()
        .toJson();
  }

  private static String everything() {
    return IamPolicy.builder()
        .addStatement(
            statement -> statement.effect(IamEffect.ALLOW).addAction("*").addResource("*"))
        .build()
        .toJson();
  }

  /**
   * Makes a bucket that packages can be uploaded to.
   *
   * @param policy the bucket's policy, null for none
   */
  public void createBucket(String account, String name, String policy) {
    locked(
        () -> {
          world.iam(account);
          world.put(new Bucket(name, account, policy, Map.of()));
          return null;
        });
  }

  /**
   * Registers a version of a resource type in the Region of this AWS, and makes it the default.
   *
   * @param schema the type's schema, JSON
   * @param executionRoleArn null for none
   * @param logRoleArn null for no log
   * @param logGroup null for no log
   */
  public void registerType(
      String account,
      String name,
      String schema,
      String executionRoleArn,
      String logRoleArn,
      String logGroup) {
    locked(
        () -> {
          var region = world.options().region();
          var registry = world.registry(account, region);
          var type =
              registry
                  .type(name)
                  .orElseGet(
                      () ->
                          RegisteredType.unversioned(
                              name, world.arns().type(account, region, name)));
          var id = type.nextVersionId();
          var version =
              new TypeVersion(
                  id,
                  type.arn() + "/" + id,
                  world.now(),
                  schema,
                  executionRoleArn,
                  logRoleArn,
                  logGroup,
                  true);
          world.put(account, region, registry.with(type.and(version).withDefaultVersionId(id)));
          return null;
        });
  }

  /** Deregisters a resource type in the Region of this AWS; it is shown as deprecated. */
  public void deregisterType(String account, String name) {
    locked(
        () -> {
          var region = world.options().region();
          var registry = world.registry(account, region);
          var type = registry.type(name).orElseThrow();
          var version = type.version(type.defaultVersionId(), world.now()).orElseThrow();
          world.put(account, region, registry.with(type.deregistered(version)));
          return null;
        });
  }

  /** Sets the type configuration of a registered type in the Region of this AWS. */
  public void configureType(String account, String name, String configuration) {
    locked(
        () -> {
          var region = world.options().region();
          var registry = world.registry(account, region);
          var type = registry.type(name).orElseThrow();
          world.put(account, region, registry.with(type.withConfiguration(configuration)));
          return null;
        });
  }

  /** The time that everything goes by. */
  public LocalClock clock() {
    return world.options().clock();
  }

  /** What is in all accounts at this moment, and the moment. */
  public Snapshot snapshot() {
    return locked(world::snapshot);
  }

  /**
   * Lets everything be as it was, here or in another local AWS of the same accounts: time goes back
   * to the moment of the snapshot. {@link #calls()} and {@link #faults()} begin anew; observers
   * stay.
   *
   * @throws UnsupportedOperationException where time is the machine's
   */
  public void restore(Snapshot snapshot) {
    locked(
        () -> {
          world.restore(snapshot);
          log.forget();
          faults.reset();
          return null;
        });
  }

  /** All calls whose caller could be told, in the order in which they were answered. */
  public List<Call> calls() {
    return locked(log::calls);
  }

  /** Begins {@link #calls()} anew. */
  public void forgetCalls() {
    locked(
        () -> {
          log.forget();
          return null;
        });
  }

  /**
   * Adds someone who hears of each call right after it took effect or was refused, and before it is
   * answered. What it throws is swallowed, and the connection is closed without an answer. While it
   * runs no other call is answered.
   */
  public void observe(Consumer<Call> observer) {
    locked(
        () -> {
          log.observe(observer);
          return null;
        });
  }

  /** What goes wrong on purpose. */
  public FaultPlan faults() {
    return faults;
  }

  /** The next calls of an operation are throttled. */
  public void throttle(String service, String operation, int calls) {
    faults.onOperation(service, operation, Fault.throttled(calls));
  }

  /** The account's roles. */
  public List<RoleView> roles(String account) {
    return locked(() -> world.iam(account).roles().stream().map(LocalAws::view).toList());
  }

  private static RoleView view(Role role) {
    var inline = new LinkedHashMap<String, JsonNode>();
    role.inline().forEach((name, text) -> inline.put(name, PolicyParser.tree(text)));
    return new RoleView(
        role.name(),
        role.path(),
        role.arn(),
        PolicyParser.tree(role.trust()),
        role.boundary(),
        Map.copyOf(role.tags()),
        role.attached(),
        inline);
  }

  /** The account's customer managed policies. */
  public List<PolicyView> policies(String account) {
    return locked(
        () ->
            world.iam(account).policies().stream()
                .map(
                    policy ->
                        new PolicyView(
                            policy.arn(),
                            policy.path(),
                            PolicyParser.tree(policy.defaultVersion().document()),
                            policy.versions().size(),
                            Map.copyOf(policy.tags())))
                .toList());
  }

  /** The account's endpoints in all Regions, those that are being deleted included. */
  public List<EndpointView> endpoints(String account) {
    return locked(
        () -> {
          var views = new ArrayList<EndpointView>();
          for (var dms : world.dmsRegions(account)) {
            dms.endpoints().forEach(endpoint -> views.add(view(dms, endpoint)));
          }
          return List.copyOf(views);
        });
  }

  private EndpointView view(DmsRegion dms, Endpoint endpoint) {
    var settings =
        endpoint.isS3()
            ? JSON.convertValue(
                endpoint.settings().s3().shown(world.options().shoutingEnums()),
                new TypeReference<Map<String, Object>>() {})
            : endpoint.settings().plain();
    return new EndpointView(
        endpoint.arn(),
        endpoint.identifier(),
        endpoint.status(world.now()),
        Map.copyOf(settings),
        endpoint.externalId(),
        Map.copyOf(endpoint.tags()),
        dms.region());
  }

  /** Makes a replication instance in the home Region that is available at once. */
  public String createReplicationInstance(String account, String id) {
    return locked(
        () ->
            replication
                .newInstance(home(account), id, null, "dms.t3.medium", Map.of(), world.now())
                .arn());
  }

  /** Makes a replication task in the endpoint's Region that uses the endpoint as its target. */
  public String createReplicationTask(String account, String id, String endpointArn) {
    return locked(
        () -> {
          var region = regionOf(endpointArn);
          var dms = world.dms(account, region);
          if (dms.endpoint(endpointArn).isEmpty()) {
            throw new IllegalArgumentException("There is no endpoint " + endpointArn);
          }
          var ends =
              new DmsReplication.Ends(
                  world.arns().endpoint(account, region, "SOURCE"),
                  endpointArn,
                  world.arns().replicationInstance(account, region, "INSTANCE"));
          return replication
              .newTask(
                  dms, id, null, ends, "full-load-and-cdc", "{\"rules\":[]}", Map.of(), world.now())
              .arn();
        });
  }

  /**
   * Makes a replication without an instance (DMS Serverless) in the endpoint's Region that uses the
   * endpoint as its target.
   */
  public String createReplicationConfig(String account, String id, String endpointArn) {
    return locked(
        () -> {
          var region = regionOf(endpointArn);
          var arn = world.arns().replicationConfig(account, region, world.ids().dmsResource());
          world
              .dms(account, region)
              .add(
                  new ReplicationConfig(
                      id, arn, world.arns().endpoint(account, region, "SOURCE"), endpointArn));
          return arn;
        });
  }

  private String regionOf(String endpointArn) {
    return world
        .arns()
        .read("dms", endpointArn)
        .flatMap(arn -> arn.region())
        .orElseThrow(() -> new IllegalArgumentException("No endpoint: " + endpointArn));
  }

  private DmsRegion home(String account) {
    world.iam(account);
    return world.dms(account, world.options().region());
  }

  /** Opens a pair of accounts for DMS, as AWS Support does. */
  public void allow(String dmsAccount, String dataLakeAccount) {
    locked(
        () -> {
          world.allowList().allow(dmsAccount, dataLakeAccount);
          return null;
        });
  }

  /** Closes a pair of accounts again; endpoints that are there stay. */
  public void disallow(String dmsAccount, String dataLakeAccount) {
    locked(
        () -> {
          world.allowList().disallow(dmsAccount, dataLakeAccount);
          return null;
        });
  }

  /** Lets connection tests that begin from now on fail with that message; null: no longer. */
  public void failConnectionTests(String message) {
    locked(
        () -> {
          world.failConnectionTests(message);
          return null;
        });
  }

  /** Stops listening. */
  @Override
  public void close() {
    front.stop();
  }

  private <T> T locked(Supplier<T> work) {
    synchronized (world) {
      return work.get();
    }
  }
}
