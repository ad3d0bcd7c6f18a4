package software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider;

/**
 * The provider behind its JSON boundary.
 *
 * <p>Whoever wants to see or disturb the calls wraps one provider in another: a recorder, a
 * counter, or a simulation that ends the function halfway by throwing {@link InvocationAborted}.
 */
@FunctionalInterface
public interface Provider {

  /**
   * The function that CloudFormation calls; its payload is the runtime's {@code HandlerRequest}.
   */
  String TYPE_FUNCTION = "TypeFunction";

  /** The function that debuggers call; its payload is {@code ResourceHandlerTestPayload}. */
  String TEST_ENTRYPOINT = "TestEntrypoint";

  /**
   * Runs one invocation to its end.
   *
   * @param event the payload, JSON in UTF-8
   * @return the answer, JSON in UTF-8
   * @throws InvocationAborted when the function was ended before it answered, or its answer was
   *     lost
   * @throws IllegalArgumentException when there is no such function
   */
  byte[] invoke(String function, byte[] event);
}
