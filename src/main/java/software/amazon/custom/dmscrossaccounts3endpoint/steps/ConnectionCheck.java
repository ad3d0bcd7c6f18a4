package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.Connection;
import software.amazon.awssdk.services.databasemigration.model.InvalidResourceStateException;
import software.amazon.awssdk.services.databasemigration.model.ResourceNotFoundException;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Wait;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Step 6 of the manual procedure: test the connection from a replication instance. Does nothing
 * where none is named.
 */
public final class ConnectionCheck {

  static final Duration LIMIT = Duration.ofMinutes(15);

  private final Resource resource;

  /** Creates the step. */
  public ConnectionCheck(Resource resource) {
    this.resource = resource;
  }

  /**
   * Begins the test, or looks how it went. What an earlier endpoint of the same ARN left behind
   * does not count: the test is begun before it is looked at.
   *
   * @throws OperationFailed {@code NotStabilized} with DMS's message where the test failed
   */
  public Progress pass(Progress progress) {
    if (resource.desired().getConnectionTest() == null) {
      return progress;
    }
    var instance = resource.desired().getConnectionTest().getReplicationInstanceArn();
    if (progress.context().waits() == 0) {
      return begin(progress, instance);
    }
    var connection = find(instance);
    return switch (connection.map(Connection::status).map(ConnectionCheck::lower).orElse("")) {
      case "successful" -> progress;
      case "failed" ->
          throw new OperationFailed(
              HandlerErrorCode.NotStabilized,
              "The connection test from %s failed: %s"
                  .formatted(instance, connection.get().lastFailureMessage()));
      case "" -> begin(progress, instance);
      default -> wait(progress, instance);
    };
  }

  private static String lower(String status) {
    return status.toLowerCase(Locale.ROOT);
  }

  private Optional<Connection> find(String instance) {
    return resource.dms().connectionsOf(resource.names().endpointArn()).stream()
        .filter(c -> instance.equals(c.replicationInstanceArn()))
        .findFirst();
  }

  private Progress begin(Progress progress, String instance) {
    try {
      resource.dms().testConnection(instance, resource.names().endpointArn());
    } catch (AwsCallFailed e) {
      if (e.is(ResourceNotFoundException.class)) {
        throw OperationFailed.invalid(
            "ConnectionCheck.ReplicationInstanceArn: %s".formatted(e.awsMessage()));
      }
      if (!e.is(InvalidResourceStateException.class)) {
        throw e;
      }
      // The instance or the endpoint is busy, perhaps with this very test.
    }
    return wait(progress, instance);
  }

  private static Progress wait(Progress progress, String instance) {
    return progress.waitFor(
        Wait.of(
            "Testing the connection from " + instance,
            LIMIT,
            "The connection test from %s has not ended".formatted(instance)));
  }
}
