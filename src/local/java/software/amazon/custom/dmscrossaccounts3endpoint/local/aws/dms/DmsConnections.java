package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.dms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.DmsFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Connection;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.DmsRegion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ReplicationInstance;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** DMS's operations on connections: testing an endpoint from a replication instance. */
public final class DmsConnections {
  private final World world;
  private final ConnectionTester tester;

  public DmsConnections(World world) {
    this.world = world;
    this.tester = new ConnectionTester(world);
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of(
        "TestConnection", this::test,
        "DescribeConnections", this::describe,
        "DeleteConnection", this::delete);
  }

  private ObjectNode test(Request request) {
    var endpoint = DmsEndpoints.demandedEndpoint(world, request, "dms:TestConnection");
    var instance = demandedInstance(request, "dms:TestConnection");
    var now = world.now();
    if (!endpoint.status(now).equals("active")) {
      throw DmsFaults.invalidState("Endpoint " + endpoint.arn() + " is not active.");
    }
    if (!instance.status(now).equals("available")) {
      throw DmsFaults.invalidState("Replication instance " + instance.arn() + " is not available.");
    }
    var dms = world.dms(request.account(), request.region());
    if (dms.connection(endpoint.arn(), instance.arn())
        .filter(connection -> connection.isTesting(now))
        .isPresent()) {
      throw DmsFaults.invalidState("The connection is already being tested.");
    }
    var connection =
        new Connection(
            endpoint.arn(),
            instance.arn(),
            now.plus(world.options().settleTime()),
            world.connectionFailure().orElse(null),
            null);
    dms.put(connection);
    return answer(dms, connection);
  }

  private ObjectNode describe(Request request) {
    request.demand("dms:DescribeConnections", "*");
    var dms = world.dms(request.account(), request.region());
    Map<String, BiPredicate<Connection, String>> filters =
        Map.of(
            "endpoint-arn", (connection, value) -> connection.endpointArn().equals(value),
            "replication-instance-arn",
                (connection, value) -> connection.instanceArn().equals(value));
    return DmsRules.described(
        world,
        request.parameters(),
        "Connections",
        dms.connections(),
        filters,
        "No Connections found matching provided criteria.",
        connection -> shape(dms, connection));
  }

  private ObjectNode delete(Request request) {
    var endpointArn = request.parameters().text("EndpointArn").required().value();
    var endpoint = DmsEndpoints.demandedEndpoint(world, request, "dms:DeleteConnection");
    var instance = demandedInstance(request, "dms:DeleteConnection");
    var dms = world.dms(request.account(), request.region());
    var connection =
        dms.connection(endpoint.arn(), instance.arn())
            .orElseThrow(
                () ->
                    DmsFaults.notFound(
                        "There is no connection between %s and %s."
                            .formatted(endpointArn, instance.arn())));
    if (connection.isTesting(world.now())) {
      throw DmsFaults.invalidState("The connection is being tested.");
    }
    var deleted = connection.withDeleted(world.now().plus(world.options().settleTime()));
    dms.put(deleted);
    return answer(dms, deleted);
  }

  private ReplicationInstance demandedInstance(Request request, String action) {
    var arn = request.parameters().text("ReplicationInstanceArn").required().value();
    var instance = world.dms(request.account(), request.region()).instance(arn);
    var keys = new ContextKeys();
    instance.ifPresent(i -> keys.withResourceTags("dms:rep-tag/", i.tags()));
    request.demand(action, arn, keys);
    return instance.orElseThrow(
        () -> DmsFaults.notFound("Replication instance " + arn + " not found."));
  }

  private ObjectNode answer(DmsRegion dms, Connection connection) {
    var answer = DmsRules.answer();
    answer.set("Connection", shape(dms, connection));
    return answer;
  }

  private JsonNode shape(DmsRegion dms, Connection connection) {
    var endpoint = dms.endpoint(connection.endpointArn()).orElseThrow();
    var shape =
        DmsRules.answer()
            .put("ReplicationInstanceArn", connection.instanceArn())
            .put("EndpointArn", connection.endpointArn())
            .put("EndpointIdentifier", endpoint.identifier())
            .put(
                "ReplicationInstanceIdentifier",
                dms.instance(connection.instanceArn()).orElseThrow().identifier());
    if (connection.deleted() != null) {
      return shape.put("Status", "deleting");
    }
    if (connection.isTesting(world.now())) {
      return shape.put("Status", "testing");
    }
    var failure =
        Optional.ofNullable(connection.failure())
            .or(() -> tester.failure(dms, endpoint, connection.done()));
    failure.ifPresent(message -> shape.put("LastFailureMessage", message));
    return shape.put("Status", failure.isPresent() ? "failed" : "successful");
  }
}
