package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.InvocationAborted;

/**
 * Sees every invocation. A listener may throw {@link InvocationAborted} from {@link #invoking} or
 * {@link #answered}: the first stands for a function that never ran, the second for an answer that
 * got lost. Either way the same request is made again, from the previous callback context.
 */
public interface Listener {

  /** Sees nothing. */
  Listener NONE = new Listener() {};

  /** Called before the provider is. */
  default void invoking(Invocation invocation) {}

  /** Called with every answer that keeps the contract. */
  default void answered(Invocation invocation, Event event) {}

  /**
   * Called when an invocation gave no answer.
   *
   * @param reason why there is none
   */
  default void aborted(Invocation invocation, InvocationAborted reason) {}

  /** This listener, and then another. */
  default Listener and(Listener next) {
    var first = this;
    return new Listener() {
      @Override
      public void invoking(Invocation invocation) {
        first.invoking(invocation);
        next.invoking(invocation);
      }

      @Override
      public void answered(Invocation invocation, Event event) {
        first.answered(invocation, event);
        next.answered(invocation, event);
      }

      @Override
      public void aborted(Invocation invocation, InvocationAborted reason) {
        first.aborted(invocation, reason);
        next.aborted(invocation, reason);
      }
    };
  }
}
