package software.amazon.custom.dmscrossaccounts3endpoint;

import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ModelReader;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;

/** Reads the resource. It needs nothing but the endpoint's ARN, or its identifier. */
final class ReadHandler implements Handler {

  @Override
  public ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation) {
    return success(operation, new ResourceFinder(operation).endpointArn());
  }

  /** The last event of an operation after which the resource is there. */
  static ProgressEvent<ResourceModel, CallbackContext> success(
      Operation operation, String endpointArn) {
    var finder = new ResourceFinder(operation);
    var found = finder.find(endpointArn).orElseThrow(() -> OperationFailed.notFound(endpointArn));
    var resource = finder.of(endpointArn, found);
    return ProgressEvent.defaultSuccessHandler(new ModelReader(resource, found).read());
  }
}
