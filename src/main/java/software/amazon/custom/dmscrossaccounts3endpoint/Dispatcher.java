package software.amazon.custom.dmscrossaccounts3endpoint;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.AmazonWebServicesClientProxy;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.cloudformation.proxy.ResourceHandlerRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.CallerCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.CrossAccountClientFactory;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.Environments;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.ErrorTable;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.model.TypeConfigurationModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Leniency;

/** Gives each request to its handler and makes an event of every end, good or bad. */
final class Dispatcher {

  /** What changes something, and may go on for more than one invocation. */
  static final Set<Action> MUTATING = Set.of(Action.CREATE, Action.UPDATE, Action.DELETE);

  /** Shared by all handlers; a container has one wrapper, and so one dispatcher. */
  private final CrossAccountClientFactory clients = new CrossAccountClientFactory();

  private final Map<Action, Handler> handlers = new EnumMap<>(Action.class);
  private final Time time;

  Dispatcher(Time time) {
    this.time = time;
    var leniency = Leniency.ofProcess();
    handlers.put(Action.CREATE, new CreateHandler(leniency));
    handlers.put(Action.READ, new ReadHandler());
    handlers.put(Action.UPDATE, new UpdateHandler(leniency));
    handlers.put(Action.DELETE, new DeleteHandler());
    handlers.put(Action.LIST, new ListHandler());
  }

  ProgressEvent<ResourceModel, CallbackContext> dispatch(
      AmazonWebServicesClientProxy proxy,
      ResourceHandlerRequest<ResourceModel> request,
      Action action,
      CallbackContext context,
      TypeConfigurationModel configuration,
      Consumer<String> log) {
    try {
      var partition = PartitionMetadata.of(Region.of(request.getRegion())).id();
      var environments = Environments.of(configuration, partition);
      var sessions =
          clients.sessions(action, request.getRegion(), CallerCredentials.of(proxy), environments);
      var operation = new Operation(action, request, context, environments, sessions, time, log);
      return handlers.get(action).handle(operation);
    } catch (OperationFailed e) {
      return failed(e);
    } catch (AwsCallFailed e) {
      return failed(ErrorTable.explain(e));
    }
  }

  static ProgressEvent<ResourceModel, CallbackContext> failed(OperationFailed e) {
    return ProgressEvent.failed(null, null, e.code(), e.getMessage());
  }
}
