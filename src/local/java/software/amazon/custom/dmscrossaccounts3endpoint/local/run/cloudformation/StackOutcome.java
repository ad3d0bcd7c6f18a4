package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import java.util.List;

/**
 * How a stack operation ended.
 *
 * @param status the stack's status from now on
 * @param outcomes of the operations on the resource, in order
 */
public record StackOutcome(StackStatus status, List<Outcome> outcomes) {

  /** Copies the list. */
  public StackOutcome {
    outcomes = List.copyOf(outcomes);
  }
}
