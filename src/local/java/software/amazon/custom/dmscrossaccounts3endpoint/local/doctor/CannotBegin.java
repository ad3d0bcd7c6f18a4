package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

/** What was given is not enough to look at anything; the message says what, in one line. */
public final class CannotBegin extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotBegin(String message) {
    super(message);
  }
}
