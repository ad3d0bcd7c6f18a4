package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.Connection;
import software.amazon.awssdk.services.databasemigration.model.InvalidResourceStateException;
import software.amazon.awssdk.services.databasemigration.model.ResourceNotFoundException;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.ConnectionTest;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Wait;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Tests the connection from a replication instance: step 6 of the manual procedure. Does nothing
 * where the template names no instance.
 */
public final class ConnectionCheck implements Step {

  static final Duration LIMIT = Duration.ofMinutes(15);

  private final Resource resource;

  /** Creates the step. */
  public ConnectionCheck(Resource resource) {
    this.resource = resource;
  }

  /**
   * Starts the test, or reads its result. A result counts only after an accepted {@code
   * TestConnection}: there may be a result of an earlier endpoint with the same ARN, and an answer
   * may be older than the test.
   *
   * @throws HandlerException {@code NotStabilized} with DMS's message where the test failed
   */
  @Override
  public Progress run(Progress progress) {
    if (resource.desired().getConnectionTest() == null) {
      return progress;
    }
    var instance = resource.desired().getConnectionTest().getReplicationInstanceArn();
    var context = progress.context();
    var test = context.test();
    if (test == null) {
      return start(progress, instance);
    }
    var connection = find(instance);
    var status = connection.map(Connection::status).map(ConnectionCheck::lowerCase).orElse("");
    if (status.equals("testing")) {
      return wait(
          progress.with(context.withTest(new ConnectionTest(test.startedAt(), true))), instance);
    }
    var isCurrent = test.seen() || !progress.mayBeOld(test.startedAt());
    if (!isCurrent) {
      return wait(progress, instance);
    }
    return switch (status) {
      case "successful" -> progress;
      case "failed" ->
          throw new HandlerException(
              HandlerErrorCode.NotStabilized,
              "The connection test from %s failed: %s"
                  .formatted(instance, connection.get().lastFailureMessage()));
      case "" -> start(progress, instance);
      default -> wait(progress, instance);
    };
  }

  private static String lowerCase(String status) {
    return status.toLowerCase(Locale.ROOT);
  }

  private Optional<Connection> find(String instance) {
    return resource.dms().connectionsOf(resource.names().endpointArn()).stream()
        .filter(c -> instance.equals(c.replicationInstanceArn()))
        .findFirst();
  }

  private Progress start(Progress progress, String instance) {
    try {
      resource.dms().testConnection(instance, resource.names().endpointArn());
    } catch (AwsCallException e) {
      if (e.is(ResourceNotFoundException.class)) {
        throw HandlerException.invalid(
            "ConnectionTest.ReplicationInstanceArn: %s".formatted(e.awsMessage()));
      }
      if (!e.is(InvalidResourceStateException.class)) {
        throw e;
      }
      // Instance or endpoint is busy, for example with a test that another caller has started.
      return wait(progress, instance);
    }
    return wait(
        progress.with(progress.context().withTest(new ConnectionTest(progress.now(), false))),
        instance);
  }

  private static Progress wait(Progress progress, String instance) {
    return progress.waitFor(
        Wait.of(
            "Testing the connection from " + instance,
            LIMIT,
            "The connection test from %s did not end".formatted(instance)));
  }
}
