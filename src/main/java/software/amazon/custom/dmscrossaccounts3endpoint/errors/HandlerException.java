package software.amazon.custom.dmscrossaccounts3endpoint.errors;

import software.amazon.cloudformation.proxy.HandlerErrorCode;

/**
 * Failure that ends an operation, with an error code of the CloudFormation registry. The message
 * tells the user what to do next.
 */
public final class HandlerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HandlerErrorCode code;

  /**
   * Creates a failure.
   *
   * @param code error code of the operation's last event
   * @param message shown to the user unchanged; contains no credentials
   */
  public HandlerException(HandlerErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** Returns the error code of the operation's last event. */
  public HandlerErrorCode code() {
    return code;
  }

  /** Creates an {@code InvalidRequest}; the message names the property. */
  public static HandlerException invalid(String message) {
    return new HandlerException(HandlerErrorCode.InvalidRequest, message);
  }

  /** Creates an {@code AlreadyExists} for a resource that does not belong to this one. */
  public static HandlerException alreadyExists(String message) {
    return new HandlerException(HandlerErrorCode.AlreadyExists, message);
  }

  /** Creates a {@code NotFound} for a resource that does not exist. */
  public static HandlerException notFound(String endpointArn) {
    return new HandlerException(
        HandlerErrorCode.NotFound, "The endpoint %s does not exist.".formatted(endpointArn));
  }
}
