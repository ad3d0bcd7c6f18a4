package software.amazon.custom.dmscrossaccounts3endpoint.errors;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A call to AWS that failed, together with what was called and as whom, so that a message can name
 * them.
 */
public final class AwsCallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Set<String> UNACCEPTED =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "UnrecognizedClientException");

  private final String action;
  private final String caller;
  private final transient SdkException cause;

  /**
   * Creates the failure of a call.
   *
   * @param action the IAM action that the call needs, such as {@code dms:CreateEndpoint}
   * @param caller who called, in words for the user, such as {@code role arn:… in account …}
   * @param cause what the SDK threw
   */
  public AwsCallException(String action, String caller, SdkException cause) {
    super(action + ": " + cause.getMessage(), cause);
    this.action = action;
    this.caller = caller;
    this.cause = cause;
  }

  /** The IAM action that the call needs. */
  String action() {
    return action;
  }

  /** Who called, in words for the user. */
  String caller() {
    return caller;
  }

  /** What the SDK threw. */
  public SdkException failure() {
    return cause;
  }

  /** Whether AWS answered with an error of this type. */
  public boolean is(Class<? extends AwsServiceException> type) {
    return type.isInstance(cause);
  }

  /** Whether AWS answered that what was named is not there. */
  public boolean isNotFound() {
    return ErrorTable.isNotFound(this);
  }

  /** Returns whether AWS refuses a value of the request. */
  public boolean isInvalidInput() {
    return ErrorTable.isInvalidInput(this);
  }

  /** AWS's error code; empty where there was no answer of AWS or none with a code. */
  String awsCode() {
    return cause instanceof AwsServiceException e
            && e.awsErrorDetails() != null
            && e.awsErrorDetails().errorCode() != null
        ? e.awsErrorDetails().errorCode()
        : "";
  }

  /** AWS's own message; the SDK's where AWS gave none. */
  public String awsMessage() {
    return cause instanceof AwsServiceException e
            && e.awsErrorDetails() != null
            && e.awsErrorDetails().errorMessage() != null
        ? e.awsErrorDetails().errorMessage()
        : String.valueOf(cause.getMessage());
  }

  /** Service, error code and AWS request id, which is what AWS Support asks for. */
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

  /** Whether AWS refuses the caller, in a call of this service. */
  public boolean isDenialOf(String service) {
    return action.startsWith(service + ":") && ErrorTable.isDenial(this);
  }

  /** Whether AWS answered, be it with an error, and not for trouble of its own. */
  public boolean isAnswered() {
    return cause instanceof AwsServiceException answer && answer.statusCode() < 500;
  }

  /**
   * Whether AWS did not accept the credentials, whoever they are of: they have ended, or belong to
   * nobody any more (Common Errors, IAM API reference).
   */
  public boolean isOfUnacceptedCredentials() {
    return UNACCEPTED.contains(awsCode());
  }

  /** Whether AWS asks to call less often. */
  public boolean isThrottling() {
    return cause instanceof AwsServiceException e
        && (e.isThrottlingException() || ErrorTable.THROTTLING_CODES.contains(awsCode()));
  }
}
