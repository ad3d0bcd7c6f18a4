package software.amazon.custom.dmscrossaccounts3endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.AmazonWebServicesClientProxy;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.cloudformation.proxy.ResourceHandlerRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.CallerCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.CrossAccountClientFactory;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.OutOfTimeException;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.TypeConfiguration;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.ErrorTable;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.model.TypeConfigurationModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ConnectionAttributes;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.EmulatorMode;

/** Dispatches each request to its handler, and turns every failure into an event. */
final class Dispatcher {

  /** Actions that change resources and may take more than one invocation. */
  static final Set<Action> MUTATING = Set.of(Action.CREATE, Action.UPDATE, Action.DELETE);

  /** Longest wait within an invocation, in seconds. */
  private static final int LONGEST_SHORT_WAIT = 5;

  /** Shared by all handlers. A container has one wrapper and therefore one dispatcher. */
  private final CrossAccountClientFactory clients;

  private final Map<Action, Handler> handlers = new EnumMap<>(Action.class);
  private final Time time;

  Dispatcher(Time time) {
    this.time = time;
    this.clients = new CrossAccountClientFactory(time);
    var emulatorMode = EmulatorMode.ofProcess();
    handlers.put(Action.CREATE, new CreateHandler(emulatorMode));
    handlers.put(Action.READ, new ReadHandler());
    handlers.put(Action.UPDATE, new UpdateHandler(emulatorMode));
    handlers.put(Action.DELETE, new DeleteHandler());
    handlers.put(Action.LIST, new ListHandler());
  }

  /** Starts to create, in the background, the clients that the first request needs. */
  void warmUp(@Nullable String region) {
    clients.warmUp(region);
  }

  /**
   * Handles a request.
   *
   * @param lines receives the lines of the log; null for no log
   */
  ProgressEvent<ResourceModel, CallbackContext> dispatch(
      @Nullable AmazonWebServicesClientProxy proxy,
      ResourceHandlerRequest<ResourceModel> request,
      Action action,
      @Nullable CallbackContext context,
      @Nullable TypeConfigurationModel configuration,
      @Nullable Consumer<String> lines) {
    var log = new InvocationLog(lines, time::now, action.name(), attributesOf(request));
    var startedAt = time.now();
    var event = handle(proxy, request, action, context, configuration, log);
    if (log.isOn()) {
      log.invocation(summary(request, context, event, Duration.between(startedAt, time.now())));
    }
    return event;
  }

  private ProgressEvent<ResourceModel, CallbackContext> handle(
      @Nullable AmazonWebServicesClientProxy proxy,
      ResourceHandlerRequest<ResourceModel> request,
      Action action,
      @Nullable CallbackContext context,
      @Nullable TypeConfigurationModel configuration,
      InvocationLog log) {
    try {
      var partition = PartitionMetadata.of(Region.of(request.getRegion())).id();
      var environments = TypeConfiguration.of(configuration, partition);
      var accounts =
          clients.clients(
              action, request.getRegion(), CallerCredentials.of(proxy), environments, log);
      return run(new Operation(action, request, context, environments, accounts, time, log));
    } catch (OutOfTimeException e) {
      return failed(
          new HandlerException(
              HandlerErrorCode.ServiceInternalError,
              "AWS answered too slowly: the %s did not finish in the time that CloudFormation gives it. Try again."
                  .formatted(action)));
    } catch (HandlerException e) {
      return failed(e);
    } catch (AwsCallException e) {
      return failed(ErrorTable.explain(e));
    }
  }

  /**
   * Runs an operation until it ends or has to return to CloudFormation. Short waits take place
   * within the invocation, because a callback takes an unknown time and may cause a cold start.
   */
  private ProgressEvent<ResourceModel, CallbackContext> run(Operation operation) {
    var handler = Objects.requireNonNull(handlers.get(operation.action()));
    var event = handler.handle(operation);
    while (event.isInProgressCallbackDelay()
        && event.getCallbackDelaySeconds() <= LONGEST_SHORT_WAIT
        && operation.clients().budget().allows(delayOf(event))) {
      operation.log().say(event.getMessage());
      time.pass(delayOf(event));
      operation.clients().invalidateCache();
      event = handler.handle(operation.withContext(event.getCallbackContext()));
    }
    return event;
  }

  private static Duration delayOf(ProgressEvent<ResourceModel, CallbackContext> event) {
    return Duration.ofSeconds(event.getCallbackDelaySeconds());
  }

  /** Returns the values of the extra connection attributes of a request. */
  private static Set<String> attributesOf(ResourceHandlerRequest<ResourceModel> request) {
    return Stream.of(request.getDesiredResourceState(), request.getPreviousResourceState())
        .filter(Objects::nonNull)
        .map(ResourceModel::getExtraConnectionAttributes)
        .flatMap(text -> ConnectionAttributes.parse(text).asMap().values().stream())
        .collect(Collectors.toSet());
  }

  private static ObjectNode summary(
      ResourceHandlerRequest<ResourceModel> request,
      @Nullable CallbackContext context,
      ProgressEvent<ResourceModel, CallbackContext> event,
      Duration time) {
    var next = event.getCallbackContext();
    return JsonNodeFactory.instance
        .objectNode()
        .put("stack", request.getStackId())
        .put("logicalId", request.getLogicalResourceIdentifier())
        .put("endpointArn", arnOf(event.getResourceModel(), request.getDesiredResourceState()))
        .put("phaseBefore", context == null ? null : String.valueOf(context.phase()))
        .put("phaseAfter", next == null ? null : String.valueOf(next.phase()))
        .put("waits", next == null ? null : next.waits())
        .put("status", String.valueOf(event.getStatus()))
        .put("errorCode", event.getErrorCode() == null ? null : event.getErrorCode().name())
        .put("message", event.getMessage())
        .put("delaySeconds", event.getCallbackDelaySeconds())
        .put("milliseconds", time.toMillis());
  }

  private static @Nullable String arnOf(@Nullable ResourceModel... models) {
    return Stream.of(models)
        .filter(Objects::nonNull)
        .map(ResourceModel::getEndpointArn)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  static ProgressEvent<ResourceModel, CallbackContext> failed(HandlerException e) {
    return ProgressEvent.failed(null, null, e.code(), e.getMessage());
  }
}
