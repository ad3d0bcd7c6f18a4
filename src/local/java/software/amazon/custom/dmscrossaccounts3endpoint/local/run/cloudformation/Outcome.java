package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.cloudformation.proxy.OperationStatus;

/** How an operation ended, and every event on the way. */
public final class Outcome {
  private final StackOperation operation;
  private final List<Event> events;
  private final HandlerErrorCode verdict;
  private final String reason;

  private Outcome(
      StackOperation operation, List<Event> events, HandlerErrorCode verdict, String reason) {
    this.operation = operation;
    this.events = List.copyOf(events);
    this.verdict = verdict;
    this.reason = reason;
  }

  /** Ended by the provider: the last event is final. */
  static Outcome ended(StackOperation operation, List<Event> events) {
    var last = events.get(events.size() - 1);
    return new Outcome(operation, events, last.errorCode().orElse(null), last.message());
  }

  /** Ended by CloudFormation, whatever the events were. */
  static Outcome givenUp(
      StackOperation operation, List<Event> events, HandlerErrorCode verdict, String reason) {
    return new Outcome(operation, events, verdict, reason);
  }

  /** What was asked for. */
  public StackOperation operation() {
    return operation;
  }

  /**
   * Every event that arrived, in order.
   *
   * @return the events, failed ones that were retried included
   */
  public List<Event> events() {
    return events;
  }

  /**
   * Whether the operation did what was asked.
   *
   * @return false when the provider failed it or CloudFormation gave it up
   */
  public boolean succeeded() {
    return verdict == null;
  }

  /** Whether the operation failed for this reason. */
  public boolean failedWith(HandlerErrorCode code) {
    return verdict == code;
  }

  /**
   * Why the operation failed.
   *
   * @return the error code; empty when it succeeded
   */
  public Optional<HandlerErrorCode> errorCode() {
    return Optional.ofNullable(verdict);
  }

  /**
   * What the operation's end says to people.
   *
   * @return the last event's message, or CloudFormation's own
   */
  public String message() {
    return reason;
  }

  /**
   * The resource as it is after the operation.
   *
   * @return the model of a successful create, read or update, else empty
   */
  public Optional<ObjectNode> model() {
    return succeeded() ? events.get(events.size() - 1).model() : Optional.empty();
  }

  /**
   * The last model that any event showed, in a failed operation too; it tells what a rollback has
   * to take back.
   *
   * @return the model of the last event that had one
   */
  public Optional<ObjectNode> lastModel() {
    for (int i = events.size() - 1; i >= 0; i--) {
      var model = events.get(i).model();
      if (model.isPresent()) {
        return model;
      }
    }
    return Optional.empty();
  }

  /**
   * The models of a list.
   *
   * @return those of the page that was asked for
   */
  public List<ObjectNode> models() {
    return succeeded() ? events.get(events.size() - 1).models() : List.of();
  }

  /**
   * Where a list goes on.
   *
   * @return the token of the next page; empty on the last one
   */
  public Optional<String> nextToken() {
    return succeeded() ? events.get(events.size() - 1).nextToken() : Optional.empty();
  }

  /** The end in one line. */
  @Override
  public String toString() {
    var status = succeeded() ? OperationStatus.SUCCESS : OperationStatus.FAILED;
    return operation.action()
        + " "
        + status
        + errorCode().map(code -> " " + code).orElse("")
        + (reason.isEmpty() ? "" : ": " + reason);
  }
}
