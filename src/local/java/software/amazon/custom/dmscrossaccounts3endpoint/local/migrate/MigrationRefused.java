package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

/** Thrown when the input can't be migrated; the message says why, in one line. */
public final class MigrationRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MigrationRefused(String message) {
    super(message);
  }
}
