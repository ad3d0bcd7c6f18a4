package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/**
 * Deletes an endpoint that DMS created under another ARN than requested. The ARN of a resource is
 * known before the first call, so that no resource could own such an endpoint.
 */
final class MisplacedEndpoint {

  private final Resource resource;
  private final HandshakeWait waits;

  /** Creates the deletion of misplaced endpoints of a resource. */
  MisplacedEndpoint(Resource resource, HandshakeWait waits) {
    this.resource = resource;
    this.waits = waits;
  }

  /** Returns whether an endpoint has another ARN than requested. */
  boolean isMisplaced(Endpoint endpoint) {
    return !resource.names().endpointArn().equals(endpoint.endpointArn());
  }

  /**
   * Deletes a misplaced endpoint; waits while it is busy.
   *
   * @throws HandlerException {@code GeneralServiceException} once the endpoint is deleted
   */
  Progress delete(Endpoint endpoint, Progress progress) {
    var arn = endpoint.endpointArn();
    try {
      if (resource.dms().deleteEndpoint(arn).isPresent()) {
        return waits.forEndpoint(
            progress,
            "Waiting until endpoint %s, which has another ARN than requested, can be deleted"
                .formatted(arn));
      }
    } catch (AwsCallException e) {
      if (!e.isDenialOf("dms") || resource.dms().findEndpoint(arn).isPresent()) {
        throw e;
      }
      // The session may delete endpoints with the ownership tag only. An endpoint that DMS did not
      // keep has no tags.
      return progress.confirm(
          "Confirming that DMS did not keep endpoint %s, which has another ARN than requested"
              .formatted(arn),
          certain -> {
            throw failure(arn);
          });
    }
    throw failure(arn);
  }

  private HandlerException failure(String arn) {
    return new HandlerException(
        HandlerErrorCode.GeneralServiceException,
        "DMS created endpoint %s where %s was requested. It was deleted again."
            .formatted(arn, resource.names().endpointArn()));
  }
}
