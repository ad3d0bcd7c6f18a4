package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

/** An error as a service answers it: its code on the wire, its HTTP status and its message. */
public final class AwsFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  public AwsFault(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  public String code() {
    return code;
  }

  int status() {
    return status;
  }
}
