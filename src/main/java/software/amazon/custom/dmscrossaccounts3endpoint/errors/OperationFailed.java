package software.amazon.custom.dmscrossaccounts3endpoint.errors;

import software.amazon.cloudformation.proxy.HandlerErrorCode;

/**
 * Ends an operation with an error code of the CloudFormation registry and a message that says what
 * the user can do.
 */
public final class OperationFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HandlerErrorCode code;

  /**
   * Creates the end of an operation.
   *
   * @param code what the event of the operation says
   * @param message shown to the user as it is; holds no credentials
   */
  public OperationFailed(HandlerErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** The code of the operation's last event. */
  public HandlerErrorCode code() {
    return code;
  }

  /** Input that can't be fulfilled; the message names the property. */
  public static OperationFailed invalid(String message) {
    return new OperationFailed(HandlerErrorCode.InvalidRequest, message);
  }

  /** Something of the same name is there and is not this resource's. */
  public static OperationFailed taken(String message) {
    return new OperationFailed(HandlerErrorCode.AlreadyExists, message);
  }

  /** Nothing of the resource is there. */
  public static OperationFailed notFound(String endpointArn) {
    return new OperationFailed(
        HandlerErrorCode.NotFound, "There is no endpoint %s.".formatted(endpointArn));
  }
}
