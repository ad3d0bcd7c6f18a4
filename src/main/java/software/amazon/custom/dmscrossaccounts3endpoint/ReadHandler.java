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

/** Reads the resource by the endpoint's ARN or its identifier. */
final class ReadHandler implements Handler {

  /** Longest time of retries: a read has to answer within 30 seconds (handler contract). */
  private static final Duration RETRY_TIME = Duration.ofSeconds(12);

  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

  /**
   * Reads the resource. Not every replica of AWS may know a new resource yet, so the read is
   * retried while a part is missing.
   */
  @Override
  public ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation) {
    var finder = new ResourceFinder(operation);
    var endpointArn = finder.endpointArn();
    var until = operation.time().now().plus(RETRY_TIME);
    var reading = read(finder, endpointArn);
    while (reading.filter(Reading::complete).isEmpty()
        && operation.time().now().isBefore(until)
        && operation.clients().budget().allows(RETRY_DELAY)) {
      operation.time().pass(RETRY_DELAY);
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
