package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Wait;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/** Deletes an endpoint and waits until it is gone. */
public final class DeleteEndpoint implements Step {

  static final Duration LIMIT = Duration.ofMinutes(30);

  private static final String UNCHANGED = "Nothing has changed.";

  private final Resource resource;
  private final String endpointArn;
  private final String state;

  /** Creates the step of a delete, which has changed nothing before. */
  public DeleteEndpoint(Resource resource) {
    this(resource, UNCHANGED);
  }

  /**
   * Creates the step.
   *
   * @param state sentence for the user that says what has changed where the endpoint can't be
   *     deleted
   */
  public DeleteEndpoint(Resource resource, String state) {
    this.resource = resource;
    this.endpointArn = resource.names().endpointArn();
    this.state = state;
  }

  /**
   * Looks whether the endpoint can be deleted.
   *
   * @throws HandlerException {@code ResourceConflict} where replications use it; the message names
   *     them
   */
  public Progress requireUnused(Progress progress) {
    var users = users();
    if (!users.isEmpty()) {
      throw inUse(users, UNCHANGED, "");
    }
    return progress;
  }

  /**
   * Deletes the endpoint, or looks whether it is gone.
   *
   * @throws HandlerException {@code ResourceConflict} where replications use it; the message names
   *     them
   */
  @Override
  public Progress run(Progress progress) {
    var context = progress.context();
    if (!context.hasWaited() && context.endpointDeletedAt() == null) {
      // The handler has looked at it right before this phase.
      return delete(progress);
    }
    var endpoint = resource.dms().findEndpoint(endpointArn);
    if (endpoint.isEmpty()) {
      return progress.context().endpointDeletedAt() != null
          ? progress
          : progress.confirm("Waiting to be sure that the endpoint is gone", certain -> certain);
    }
    if ("deleting".equals(DmsAccount.statusOf(endpoint.get()))) {
      return waitUntilDeleted(progress);
    }
    return delete(progress);
  }

  private Progress delete(Progress progress) {
    var busy = resource.dms().deleteEndpoint(endpointArn);
    if (busy.isEmpty()) {
      return waitUntilDeleted(
          progress.with(progress.context().withEndpointDeletedAt(progress.now())));
    }
    // What uses it keeps it, or it is busy for a while: being created, tested or deleted.
    var users = users();
    if (!users.isEmpty()) {
      throw inUse(
          users, state, " (%s; %s)".formatted(busy.get().awsMessage(), busy.get().reference()));
    }
    return progress.waitFor(
        new Wait(
            "Waiting until the endpoint can be deleted: " + busy.get().awsMessage(),
            LIMIT,
            () -> tooLate(busy.get())));
  }

  private List<String> users() {
    var users = new ArrayList<String>();
    resource.dms().tasksOf(endpointArn).stream()
        .map(ReplicationTask::replicationTaskIdentifier)
        .forEach(users::add);
    users.addAll(resource.dms().serverlessReplicationsOf(endpointArn));
    return users.stream().sorted().toList();
  }

  private HandlerException inUse(List<String> users, String changes, String answer) {
    return new HandlerException(
        HandlerErrorCode.ResourceConflict,
        "Replication tasks use the endpoint %s, so that DMS does not delete it: %s. %s Stop and delete them first.%s"
            .formatted(endpointArn, String.join(", ", users), changes, answer));
  }

  private Progress waitUntilDeleted(Progress progress) {
    return progress.waitFor(
        Wait.of(
            "Waiting for DMS to delete the endpoint",
            LIMIT,
            "DMS has not deleted the endpoint " + endpointArn));
  }

  private HandlerException tooLate(AwsCallException last) {
    return new HandlerException(
        HandlerErrorCode.ResourceConflict,
        "DMS has not deleted the endpoint %s within %s: %s (%s)"
            .formatted(endpointArn, Wait.inWords(LIMIT), last.awsMessage(), last.reference()));
  }
}
