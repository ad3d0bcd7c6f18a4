package software.amazon.custom.dmscrossaccounts3endpoint;

import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;

/** One operation of the resource type. */
interface Handler {

  /**
   * Goes on with an operation. Any invocation may run again from the context of an earlier one.
   *
   * @return the event; failures are thrown
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException ends the
   *     operation
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException ends the
   *     operation as the error table says
   */
  ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation);
}
