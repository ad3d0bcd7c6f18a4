package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

/** An error as a service answers it: its code on the wire, its HTTP status and its message. */
final class AwsFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  AwsFault(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }
}
