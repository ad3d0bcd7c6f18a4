package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

/** A step of a run did not hold; the message says which and why. */
final class StepFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StepFailed(String message) {
    super(message);
  }
}
