package software.amazon.custom.dmscrossaccounts3endpoint.operation;

/** Step of the procedure, which brings one thing to its desired state. */
@FunctionalInterface
public interface Step {

  /**
   * Runs the step. It may run again from any earlier context, so it queries the present state
   * first.
   *
   * @return the progress; a progress that waits where the step is not complete
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException where the
   *     operation cannot succeed
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException where a call
   *     fails; {@link Progress} decides whether the step runs again
   */
  Progress run(Progress progress);
}
