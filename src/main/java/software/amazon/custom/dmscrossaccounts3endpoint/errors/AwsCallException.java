package software.amazon.custom.dmscrossaccounts3endpoint.errors;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Failed call to AWS, with the action and the caller for the message to the user. */
public final class AwsCallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Set<String> REJECTED_CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "UnrecognizedClientException");

  private final String action;
  private final String caller;
  private final transient SdkException cause;

  /**
   * Creates the exception of a failed call.
   *
   * @param action the IAM action that the call needs, such as {@code dms:CreateEndpoint}
   * @param caller caller as text for the user, such as {@code role arn:… in account …}
   * @param cause exception of the SDK
   */
  public AwsCallException(String action, String caller, SdkException cause) {
    super(action + ": " + cause.getMessage(), cause);
    this.action = action;
    this.caller = caller;
    this.cause = cause;
  }

  /** Returns the IAM action that the call needs. */
  String action() {
    return action;
  }

  /** Returns the caller as text for the user. */
  String caller() {
    return caller;
  }

  /** Returns the exception of the SDK. */
  public SdkException failure() {
    return cause;
  }

  /** Returns whether AWS answered with an error of this type. */
  public boolean is(Class<? extends AwsServiceException> type) {
    return type.isInstance(cause);
  }

  /** Returns whether AWS answered that the resource of the request does not exist. */
  public boolean isNotFound() {
    return ErrorTable.isNotFound(this);
  }

  /** Returns whether AWS rejected a value of the request. */
  public boolean isInvalidInput() {
    return ErrorTable.isInvalidInput(this);
  }

  /** Returns the error code of AWS; empty where AWS gave no answer or no code. */
  String awsCode() {
    return cause instanceof AwsServiceException e
            && e.awsErrorDetails() != null
            && e.awsErrorDetails().errorCode() != null
        ? e.awsErrorDetails().errorCode()
        : "";
  }

  /** Returns the message of AWS, or that of the SDK where AWS gave none. */
  public String awsMessage() {
    return cause instanceof AwsServiceException e
            && e.awsErrorDetails() != null
            && e.awsErrorDetails().errorMessage() != null
        ? e.awsErrorDetails().errorMessage()
        : String.valueOf(cause.getMessage());
  }

  /** Returns service, error code and AWS request id, which AWS Support asks for. */
  public String reference() {
    var service = action.substring(0, action.indexOf(':'));
    if (cause instanceof AwsServiceException answer) {
      return "%s, %s, request id %s"
          .formatted(
              service,
              awsCode().isEmpty() ? "HTTP status " + answer.statusCode() : awsCode(),
              answer.requestId());
    }
    return service + ", no answer";
  }

  /** Returns whether AWS denied the caller access in a call of this service. */
  public boolean isDenialOf(String service) {
    return action.startsWith(service + ":") && ErrorTable.isDenial(this);
  }

  /** Returns whether AWS answered with a status below 500. */
  public boolean isAnswered() {
    return cause instanceof AwsServiceException answer && answer.statusCode() < 500;
  }

  /**
   * Returns whether AWS rejected the credentials, because they have expired or their owner no
   * longer exists (Common Errors, IAM API reference).
   */
  public boolean isOfUnacceptedCredentials() {
    return REJECTED_CREDENTIALS.contains(awsCode());
  }

  /** Returns whether AWS throttled the call. */
  public boolean isThrottling() {
    return cause instanceof AwsServiceException e
        && (e.isThrottlingException() || ErrorTable.THROTTLING_CODES.contains(awsCode()));
  }
}
