package software.amazon.custom.dmscrossaccounts3endpoint;

import java.time.Duration;
import java.util.Optional;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ModelReader;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ModelReader.Reading;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;

/** Reads the resource. It needs nothing but the endpoint's ARN, or its identifier. */
final class ReadHandler implements Handler {

  /** A read has to answer within 30 seconds (handler contract). */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  /**
   * Reads. What was made a moment ago may not be shown by every copy that answers: what is missing
   * is looked for again before it is said to be missing.
   */
  @Override
  public ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation) {
    var finder = new ResourceFinder(operation);
    var endpointArn = finder.endpointArn();
    var until = operation.time().now().plus(PATIENCE);
    var reading = read(finder, endpointArn);
    while (reading.filter(Reading::whole).isEmpty()
        && operation.time().now().isBefore(until)
        && operation.clients().budget().allows(PAUSE)) {
      operation.time().pass(PAUSE);
      operation.clients().invalidateCache();
      var again = read(finder, endpointArn);
      reading = again.isPresent() ? again : reading;
    }
    return ProgressEvent.defaultSuccessHandler(
        reading.orElseThrow(() -> HandlerException.notFound(endpointArn)).model());
  }

  private static Optional<Reading> read(ResourceFinder finder, String endpointArn) {
    return finder
        .find(endpointArn)
        .found()
        .map(found -> new ModelReader(finder.of(endpointArn, found), found).read());
  }
}
