package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Wait;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/** Waits of the handshake. Their limit is the handshake timeout of the type configuration. */
final class HandshakeWait {

  private final Resource resource;

  /** Creates the waits for a resource. */
  HandshakeWait(Resource resource) {
    this.resource = resource;
  }

  /** Waits for a state of the endpoint; ends with {@code NotStabilized}. */
  Progress forEndpoint(Progress progress, String text) {
    return progress.waitFor(
        Wait.of(
            text,
            resource.options().handshake(),
            "The endpoint %s did not become ready".formatted(resource.names().endpointArn())));
  }

  /** Waits for a state that depends on access to the role; ends with {@code AccessDenied}. */
  Progress forAccess(Progress progress, String text) {
    return forAccess(progress, text, null);
  }

  private Progress forAccess(Progress progress, String text, @Nullable AwsCallException last) {
    var limit = resource.options().handshake();
    return progress.waitFor(
        new Wait(text, limit, () -> notAllowListed(" within " + Wait.inWords(limit), last)));
  }

  /** Waits until DMS can use the role, after an error of DMS; ends with {@code AccessDenied}. */
  Progress afterAccessError(Progress progress, AwsCallException error) {
    var text = "Waiting for DMS to accept the role (%s)".formatted(error.awsMessage());
    return forAccess(
        progress,
        progress.context().hasTrustWithoutConditions()
            ? text + "; it trusts DMS without source conditions until the external id is known"
            : text,
        error);
  }

  /** Returns the failure for accounts that may not pass roles to each other. */
  HandlerException notAllowListed(AwsCallException last) {
    return notAllowListed("", last);
  }

  private HandlerException notAllowListed(String time, @Nullable AwsCallException last) {
    var names = resource.names();
    return new HandlerException(
        HandlerErrorCode.AccessDenied,
        "DMS in account %s could not use role %s in account %s%s%s. AWS must have allow-listed account %s for cross-account access to account %s: ask AWS Support for it, naming both accounts and DMS with S3 targets.%s%s"
            .formatted(
                names.dmsAccount(),
                names.roleArn(),
                names.dataLakeAccount(),
                time,
                last == null ? "" : " (" + last.awsMessage() + ")",
                names.dmsAccount(),
                names.dataLakeAccount(),
                optionHints(),
                last == null ? "" : " (" + last.reference() + ")"));
  }

  /**
   * Returns hints at options of the type configuration that may prevent DMS from using the role.
   */
  private String optionHints() {
    var options = resource.options();
    return (options.keepsSourceConditions()
            ? " The type configuration requires SourceConditions, which DMS may not send."
            : "")
        + (options.allowsFallback()
            ? ""
            : " The type configuration forbids TrustFallback, which DMS may need.");
  }
}
