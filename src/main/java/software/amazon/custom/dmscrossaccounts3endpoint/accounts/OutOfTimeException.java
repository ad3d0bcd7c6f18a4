package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

/** Says that an invocation has no time left for another call. No call was made. */
public final class OutOfTimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfTimeException() {
    super("The invocation has no time left for another call.", null, false, false);
  }
}
