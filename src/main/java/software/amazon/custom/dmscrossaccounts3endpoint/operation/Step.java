package software.amazon.custom.dmscrossaccounts3endpoint.operation;

/** One step of the procedure: brings one thing to its desired state. */
@FunctionalInterface
public interface Step {

  /**
   * Runs the step. It may run again from any earlier context, and finds out the present state
   * first.
   *
   * @return the progress; one that waits where the step is not done yet
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException where the
   *     operation cannot succeed
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException where a call
   *     fails; {@link Progress} decides whether the step runs again
   */
  Progress run(Progress progress);
}
