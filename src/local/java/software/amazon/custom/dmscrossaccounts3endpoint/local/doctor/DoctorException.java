package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

/** The input is not enough to check anything; the message is one line for the user. */
public final class DoctorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DoctorException(String message) {
    super(message);
  }
}
