package software.amazon.custom.dmscrossaccounts3endpoint.errors;

import software.amazon.cloudformation.proxy.HandlerErrorCode;

/**
 * Ends an operation with an error code of the CloudFormation registry and a message that says what
 * the user can do.
 */
public final class HandlerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HandlerErrorCode code;

  /**
   * Creates the end of an operation.
   *
   * @param code what the event of the operation says
   * @param message shown to the user as it is; holds no credentials
   */
  public HandlerException(HandlerErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** The code of the operation's last event. */
  public HandlerErrorCode code() {
    return code;
  }

  /** Input that can't be fulfilled; the message names the property. */
  public static HandlerException invalid(String message) {
    return new HandlerException(HandlerErrorCode.InvalidRequest, message);
  }

  /** Something of the same name is there and is not this resource's. */
  public static HandlerException alreadyExists(String message) {
    return new HandlerException(HandlerErrorCode.AlreadyExists, message);
  }

  /** Nothing of the resource is there. */
  public static HandlerException notFound(String endpointArn) {
    return new HandlerException(
        HandlerErrorCode.NotFound, "There is no endpoint %s.".formatted(endpointArn));
  }
}
