package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

/** The package can't be written as things are; the message says in one line what to do about it. */
public final class PackFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PackFailed(String message) {
    super(message);
  }
}
