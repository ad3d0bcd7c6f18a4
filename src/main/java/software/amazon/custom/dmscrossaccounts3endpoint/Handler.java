package software.amazon.custom.dmscrossaccounts3endpoint;

import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;

/** Handler of one action of the resource type. */
interface Handler {

  /**
   * Starts or continues an operation. Any invocation may run again from the context of an earlier
   * one.
   *
   * @return event of a success or of an operation in progress
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException where the
   *     operation fails
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException where a call
   *     to AWS fails; the error table has the failure of the operation
   */
  ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation);
}
