package software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider;

/**
 * An invocation that gave no answer: Lambda ended the function, it ran out of time, or the answer
 * was lost. What it had done by then stays done.
 */
public final class InvocationAborted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says why there is no answer.
   *
   * @param reason shown in the outcome of an operation that is given up for it
   */
  public InvocationAborted(String reason) {
    super(reason);
  }
}
