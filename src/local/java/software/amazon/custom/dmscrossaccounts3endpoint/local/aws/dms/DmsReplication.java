package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.dms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.DmsFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Arns;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.DmsRegion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ReplicationInstance;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ReplicationTask;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** DMS's operations on replication instances and tasks, as far as endpoints need them. */
public final class DmsReplication {
  private static final List<String> MIGRATION_TYPES =
      List.of("full-load", "cdc", "full-load-and-cdc");

  private final World world;

  public DmsReplication(World world) {
    this.world = world;
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of(
        "CreateReplicationInstance", this::createInstance,
        "DescribeReplicationInstances", this::describeInstances,
        "DeleteReplicationInstance", this::deleteInstance,
        "CreateReplicationTask", this::createTask,
        "DescribeReplicationTasks", this::describeTasks,
        "DeleteReplicationTask", this::deleteTask,
        "DescribeReplicationConfigs", this::describeConfigs);
  }

  private ObjectNode createInstance(Request request) {
    var parameters = request.parameters();
    parameters.text("ReplicationInstanceIdentifier").required();
    var identifier = DmsRules.identifier(parameters, "ReplicationInstanceIdentifier", 63);
    var instanceClass =
        parameters.text("ReplicationInstanceClass").required().length(1, 30).value();
    var given = DmsRules.identifier(parameters, "ResourceIdentifier", 31);
    var tags = DmsRules.tags(parameters, world.options().habits().tagCharacters());
    request.demand("dms:CreateReplicationInstance", "*", new ContextKeys().withRequestTags(tags));
    var answer = DmsRules.answer();
    answer.set(
        "ReplicationInstance",
        shape(
            newInstance(
                world.dms(request.account(), request.region()),
                identifier,
                given,
                instanceClass,
                tags,
                world.now().plus(world.options().settleTime()))));
    return answer;
  }

  public ReplicationInstance newInstance(
      DmsRegion dms,
      String identifier,
      String resourceIdentifier,
      String instanceClass,
      Map<String, String> tags,
      Instant settled) {
    if (dms.instances().stream().anyMatch(i -> i.identifier().equalsIgnoreCase(identifier))) {
      throw DmsFaults.alreadyExists("Replication instance " + identifier + " already exists.");
    }
    var instance =
        new ReplicationInstance(
            Arns.ignoringCase(identifier),
            world.arns().replicationInstance(dms.account(), dms.region(), end(resourceIdentifier)),
            instanceClass,
            tags,
            world.now(),
            settled,
            null);
    dms.put(instance);
    return instance;
  }

  private ObjectNode describeInstances(Request request) {
    request.demand("dms:DescribeReplicationInstances", "*");
    Map<String, BiPredicate<ReplicationInstance, String>> filters =
        Map.of(
            "replication-instance-arn", (instance, value) -> instance.arn().equals(value),
            "replication-instance-id",
                (instance, value) -> instance.identifier().equalsIgnoreCase(value),
            "replication-instance-class",
                (instance, value) -> instance.instanceClass().equals(value),
            "engine-version", (instance, value) -> value.equals("3.5.4"));
    return DmsRules.described(
        world,
        request.parameters(),
        "ReplicationInstances",
        world.dms(request.account(), request.region()).instances(),
        filters,
        "No Instances found matching provided criteria.",
        this::shape);
  }

  private ObjectNode deleteInstance(Request request) {
    var arn = request.parameters().text("ReplicationInstanceArn").required().value();
    request.demand("dms:DeleteReplicationInstance", arn);
    var dms = world.dms(request.account(), request.region());
    var instance =
        dms.instance(arn)
            .orElseThrow(() -> DmsFaults.notFound("Replication instance " + arn + " not found."));
    if (!instance.status(world.now()).equals("available")
        || dms.tasks().stream().anyMatch(task -> task.instanceArn().equals(arn))) {
      throw DmsFaults.invalidState("Replication instance " + arn + " is in use.");
    }
    var deleted = instance.withGone(world.now().plus(world.options().settleTime()));
    dms.put(deleted);
    var answer = DmsRules.answer();
    answer.set("ReplicationInstance", shape(deleted));
    return answer;
  }

  private ObjectNode createTask(Request request) {
    var parameters = request.parameters();
    parameters.text("ReplicationTaskIdentifier").required();
    var identifier = DmsRules.identifier(parameters, "ReplicationTaskIdentifier", 255);
    var source = parameters.text("SourceEndpointArn").required().value();
    var target = parameters.text("TargetEndpointArn").required().value();
    var instance = parameters.text("ReplicationInstanceArn").required().value();
    var migration = parameters.text("MigrationType").required().oneOf(MIGRATION_TYPES).value();
    var mappings = parameters.text("TableMappings").required().value();
    var given = DmsRules.identifier(parameters, "ResourceIdentifier", 31);
    var tags = DmsRules.tags(parameters, world.options().habits().tagCharacters());
    for (var arn : List.of(source, target, instance)) {
      request.demand("dms:CreateReplicationTask", arn, new ContextKeys().withRequestTags(tags));
    }
    var dms = world.dms(request.account(), request.region());
    checkEndpoint(dms, source, "source");
    checkEndpoint(dms, target, "target");
    if (dms.instance(instance).isEmpty()) {
      throw DmsFaults.notFound("Replication instance " + instance + " not found.");
    }
    var task =
        newTask(
            dms,
            identifier,
            given,
            new Ends(source, target, instance),
            migration,
            mappings,
            tags,
            world.now().plus(world.options().settleTime()));
    var answer = DmsRules.answer();
    answer.set("ReplicationTask", shape(task));
    return answer;
  }

  private void checkEndpoint(DmsRegion dms, String arn, String type) {
    var endpoint =
        dms.endpoint(arn).orElseThrow(() -> DmsFaults.notFound("Endpoint " + arn + " not found."));
    if (!endpoint.type().equals(type)) {
      throw DmsFaults.invalidValue("Endpoint " + arn + " is no " + type + " endpoint.");
    }
    if (!endpoint.status(world.now()).equals("active")) {
      throw DmsFaults.invalidState("Endpoint " + arn + " is not active.");
    }
  }

  /** What a task is between, by ARN. */
  public record Ends(String source, String target, String instance) {}

  public ReplicationTask newTask(
      DmsRegion dms,
      String identifier,
      String resourceIdentifier,
      Ends ends,
      String migrationType,
      String tableMappings,
      Map<String, String> tags,
      Instant settled) {
    if (dms.tasks().stream().anyMatch(task -> task.identifier().equalsIgnoreCase(identifier))) {
      throw DmsFaults.alreadyExists("Replication task " + identifier + " already exists.");
    }
    var task =
        ReplicationTask.builder()
            .identifier(Arns.ignoringCase(identifier))
            .arn(world.arns().replicationTask(dms.account(), dms.region(), end(resourceIdentifier)))
            .sourceArn(ends.source())
            .targetArn(ends.target())
            .instanceArn(ends.instance())
            .migrationType(migrationType)
            .tableMappings(tableMappings)
            .tags(tags)
            .created(world.now())
            .settled(settled)
            .build();
    dms.put(task);
    return task;
  }

  private ObjectNode describeTasks(Request request) {
    request.demand("dms:DescribeReplicationTasks", "*");
    Map<String, BiPredicate<ReplicationTask, String>> filters =
        Map.of(
            "replication-task-arn", (task, value) -> task.arn().equals(value),
            "replication-task-id", (task, value) -> task.identifier().equalsIgnoreCase(value),
            "migration-type", (task, value) -> task.migrationType().equals(value),
            "endpoint-arn", ReplicationTask::uses,
            "replication-instance-arn", (task, value) -> task.instanceArn().equals(value));
    return DmsRules.described(
        world,
        request.parameters(),
        "ReplicationTasks",
        world.dms(request.account(), request.region()).tasks(),
        filters,
        "No Tasks found matching provided criteria.",
        this::shape);
  }

  private ObjectNode describeConfigs(Request request) {
    request.demand("dms:DescribeReplicationConfigs", "*");
    return DmsRules.described(
        world,
        request.parameters(),
        "ReplicationConfigs",
        world.dms(request.account(), request.region()).configs(),
        Map.of(
            "replication-config-arn", (config, value) -> config.arn().equals(value),
            "replication-config-id", (config, value) -> config.identifier().equals(value)),
        "No Replication Configs found matching provided criteria.",
        config ->
            DmsRules.answer()
                .put("ReplicationConfigIdentifier", config.identifier())
                .put("ReplicationConfigArn", config.arn())
                .put("SourceEndpointArn", config.sourceArn())
                .put("TargetEndpointArn", config.targetArn())
                .put("ReplicationType", "full-load-and-cdc"));
  }

  private ObjectNode deleteTask(Request request) {
    var arn = request.parameters().text("ReplicationTaskArn").required().value();
    request.demand("dms:DeleteReplicationTask", arn);
    var dms = world.dms(request.account(), request.region());
    var task =
        dms.task(arn)
            .orElseThrow(() -> DmsFaults.notFound("Replication task " + arn + " not found."));
    if (!task.status(world.now()).equals("ready")) {
      throw DmsFaults.invalidState("Replication task " + arn + " is not ready.");
    }
    var deleted = task.withGone(world.now().plus(world.options().settleTime()));
    dms.put(deleted);
    var answer = DmsRules.answer();
    answer.set("ReplicationTask", shape(deleted));
    return answer;
  }

  private String end(String resourceIdentifier) {
    return resourceIdentifier == null ? world.ids().dmsResource() : resourceIdentifier;
  }

  private JsonNode shape(ReplicationInstance instance) {
    return DmsRules.answer()
        .put("ReplicationInstanceIdentifier", instance.identifier())
        .put("ReplicationInstanceClass", instance.instanceClass())
        .put("ReplicationInstanceStatus", instance.status(world.now()))
        .put("AllocatedStorage", 50)
        .put("InstanceCreateTime", DmsRules.time(instance.created()))
        .put("MultiAZ", false)
        .put("EngineVersion", "3.5.4")
        .put("AutoMinorVersionUpgrade", true)
        .put("ReplicationInstanceArn", instance.arn())
        .put("PubliclyAccessible", false);
  }

  private JsonNode shape(ReplicationTask task) {
    return DmsRules.answer()
        .put("ReplicationTaskIdentifier", task.identifier())
        .put("SourceEndpointArn", task.sourceArn())
        .put("TargetEndpointArn", task.targetArn())
        .put("ReplicationInstanceArn", task.instanceArn())
        .put("MigrationType", task.migrationType())
        .put("TableMappings", task.tableMappings())
        .put("Status", task.status(world.now()))
        .put("ReplicationTaskCreationDate", DmsRules.time(task.created()))
        .put("ReplicationTaskArn", task.arn());
  }
}
