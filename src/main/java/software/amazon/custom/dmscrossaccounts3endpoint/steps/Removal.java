package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/** Deletes an endpoint and waits until it is gone. */
public final class Removal {

  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final DmsAccount dms;
  private final String endpointArn;

  /** Creates the step. */
  public Removal(Resource resource) {
    this.dms = resource.dms();
    this.endpointArn = resource.names().endpointArn();
  }

  /**
   * Deletes the endpoint, or looks whether it is gone.
   *
   * @throws OperationFailed {@code ResourceConflict} where replication tasks use it; the message
   *     names them
   */
  public Progress gone(Progress progress) {
    var endpoint = dms.findEndpoint(endpointArn);
    if (endpoint.isEmpty()) {
      return progress;
    }
    if (!"deleting".equals(DmsAccount.statusOf(endpoint.get()))) {
      var busy = dms.deleteEndpoint(endpointArn);
      if (busy.isPresent()) {
        // Its tasks keep it, or it is busy for a while: being created, tested or deleted.
        refuseForTasks(busy.get());
        return waitFor(
            progress,
            "Waiting until the endpoint can be deleted: " + busy.get().awsMessage(),
            busy.get());
      }
    }
    return waitFor(progress, "Waiting for DMS to delete the endpoint", null);
  }

  private void refuseForTasks(AwsCallFailed e) {
    var tasks = dms.tasksOf(endpointArn);
    if (!tasks.isEmpty()) {
      throw new OperationFailed(
          HandlerErrorCode.ResourceConflict,
          "Replication tasks use the endpoint %s, so that DMS does not delete it: %s. Nothing has changed. Stop and delete the tasks first. (%s)"
              .formatted(
                  endpointArn,
                  tasks.stream()
                      .map(ReplicationTask::replicationTaskIdentifier)
                      .sorted()
                      .collect(joining(", ")),
                  e.awsMessage()));
    }
  }

  private Progress waitFor(Progress progress, String text, AwsCallFailed last) {
    return progress.waitFor(
        text,
        LIMIT,
        () ->
            new OperationFailed(
                last == null ? HandlerErrorCode.NotStabilized : HandlerErrorCode.ResourceConflict,
                "DMS has not deleted the endpoint %s within %d minutes%s."
                    .formatted(
                        endpointArn,
                        LIMIT.toMinutes(),
                        last == null ? "" : ": " + last.awsMessage())));
  }
}
