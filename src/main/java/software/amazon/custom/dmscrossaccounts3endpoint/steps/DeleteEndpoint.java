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

/** Deletes an endpoint and waits until it no longer exists. */
public final class DeleteEndpoint implements Step {

  static final Duration LIMIT = Duration.ofMinutes(30);

  private static final String UNCHANGED = "Nothing has changed.";

  private final Resource resource;
  private final String endpointArn;
  private final String changesBefore;

  /** Creates the step of an operation that has changed nothing before. */
  public DeleteEndpoint(Resource resource) {
    this(resource, UNCHANGED);
  }

  /**
   * Creates the step.
   *
   * @param changesBefore sentence for the user about the changes before this step; part of the
   *     message where the endpoint cannot be deleted
   */
  public DeleteEndpoint(Resource resource, String changesBefore) {
    this.resource = resource;
    this.endpointArn = resource.names().endpointArn();
    this.changesBefore = changesBefore;
  }

  /**
   * Checks that no replication uses the endpoint.
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
   * Deletes the endpoint, or waits for its deletion.
   *
   * @throws HandlerException {@code ResourceConflict} where replications use it; the message names
   *     them
   */
  @Override
  public Progress run(Progress progress) {
    var context = progress.context();
    if (!context.hasWaited() && context.endpointDeletedAt() == null) {
      // The handler has queried the endpoint right before this phase.
      return delete(progress);
    }
    var endpoint = resource.dms().findEndpoint(endpointArn);
    if (endpoint.isEmpty()) {
      return progress.context().endpointDeletedAt() != null
          ? progress
          : progress.confirm("Confirming that the endpoint no longer exists", certain -> certain);
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
    // Either a replication uses the endpoint, or it is being created, tested or deleted.
    var users = users();
    if (!users.isEmpty()) {
      throw inUse(
          users,
          changesBefore,
          " (%s; %s)".formatted(busy.get().awsMessage(), busy.get().reference()));
    }
    return progress.waitFor(
        new Wait(
            "Waiting until the endpoint can be deleted: " + busy.get().awsMessage(),
            LIMIT,
            () -> timeout(busy.get())));
  }

  private List<String> users() {
    var users = new ArrayList<String>();
    resource.dms().tasksOf(endpointArn).stream()
        .map(ReplicationTask::replicationTaskIdentifier)
        .forEach(users::add);
    users.addAll(resource.dms().serverlessReplicationsOf(endpointArn));
    return users.stream().sorted().toList();
  }

  private HandlerException inUse(List<String> users, String changes, String error) {
    return new HandlerException(
        HandlerErrorCode.ResourceConflict,
        "DMS cannot delete the endpoint %s, because replications use it: %s. %s Stop and delete them first.%s"
            .formatted(endpointArn, String.join(", ", users), changes, error));
  }

  private Progress waitUntilDeleted(Progress progress) {
    return progress.waitFor(
        Wait.of(
            "Waiting for DMS to delete the endpoint",
            LIMIT,
            "DMS did not delete the endpoint " + endpointArn));
  }

  private HandlerException timeout(AwsCallException last) {
    return new HandlerException(
        HandlerErrorCode.ResourceConflict,
        "DMS did not delete the endpoint %s within %s: %s (%s)"
            .formatted(endpointArn, Wait.inWords(LIMIT), last.awsMessage(), last.reference()));
  }
}
