package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

/**
 * An operation has not begun and is not to begin now: those that have are to get on first. No call
 * was made.
 */
public final class NotYet extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An operation is not to begin now.
   *
   * @param where the service and the account that are busy
   */
  public NotYet(String where) {
    super("Waiting for its turn: AWS throttles " + where, null, false, false);
  }
}
