package software.amazon.custom.dmscrossaccounts3endpoint.errors;

import static java.util.Map.entry;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.AccessDenied;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.AlreadyExists;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.GeneralServiceException;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.InvalidCredentials;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.InvalidRequest;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.NetworkFailure;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.NotFound;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.NotStabilized;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.ResourceConflict;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.ServiceInternalError;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.ServiceLimitExceeded;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.Throttling;
import static software.amazon.cloudformation.proxy.HandlerErrorCode.UnauthorizedTaggingOperation;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.databasemigration.model.ResourceNotFoundException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.cloudformation.proxy.HandlerErrorCode;

/**
 * Table from error codes of AWS to those of the registry, with an advice for the user and the time
 * for which the call is retried. It has a row for every error that the calls of this type declare
 * in the service models of DMS, IAM and STS, and for the common errors of every call. Where a code
 * means something else in one operation, that operation has its own row.
 */
public final class ErrorTable {

  /**
   * Meaning of an error.
   *
   * @param code error code of the registry
   * @param advice next step for the user, a sentence
   * @param retryTime how long the call is retried before the error ends the operation
   */
  public record Row(HandlerErrorCode code, String advice, Duration retryTime) {
    private Row(HandlerErrorCode code, String advice) {
      this(code, advice, Duration.ZERO);
    }

    private Row retriedFor(Duration time) {
      return new Row(code, advice, time);
    }
  }

  /**
   * Retry time for throttling, which ends when the load drops: the longest time of an operation.
   * The schema's {@code timeoutInMinutes} is 120.
   */
  private static final Duration THROTTLING = Duration.ofMinutes(110);

  /** Retry time for errors within AWS or of the network. */
  private static final Duration OUTAGE = Duration.ofMinutes(3);

  /**
   * Retry time for errors that end when a change has propagated within AWS. terraform-provider-aws
   * waits as long ({@code propagationTimeout} in {@code internal/service/iam}).
   */
  private static final Duration PROPAGATION = Duration.ofMinutes(2);

  /** Retry time for errors that mostly mean a wrong template, and rarely a late propagation. */
  private static final Duration SHORT_PROPAGATION = Duration.ofSeconds(30);

  private static final Row DENIED =
      new Row(AccessDenied, "Allow this action to this role, in its policies and its boundary.");
  private static final Row NOT_ASSUMABLE =
      new Row(
          AccessDenied,
          "Check that the role exists, that its trust policy names the execution role of this type,"
              + " and that the AssumeRoleExternalId of the environment is the one it asks for.",
          // The role or its trust policy may have been changed a moment ago.
          SHORT_PROPAGATION);
  private static final Row TAGGING_DENIED =
      new Row(
          UnauthorizedTaggingOperation,
          "Allow the tagging action to this role: endpoint, role and policy get ownership tags.");
  private static final Row CREDENTIALS =
      new Row(
          InvalidCredentials,
          "Check the execution role that the type is registered with and try again.");
  private static final Row THROTTLED =
      new Row(Throttling, "Try again with fewer operations at the same time.", THROTTLING);
  private static final Row SERVICE_FAILURE =
      new Row(ServiceInternalError, "Try again later.", OUTAGE);
  private static final Row INVALID_INPUT =
      new Row(InvalidRequest, "Correct the value that the message names.");
  private static final Row CONFLICT =
      new Row(
          ResourceConflict, "Wait until other changes of the resource have ended, then try again.");
  private static final Row QUOTA =
      new Row(
          ServiceLimitExceeded, "Request a higher quota, or delete resources that nobody needs.");
  private static final Row KMS_KEY =
      new Row(
          InvalidRequest,
          "Check ServerSideEncryptionKmsKeyId: the key must exist, be enabled, and let the created"
              + " role use it.");
  private static final Row BUCKET =
      new Row(
          InvalidRequest,
          "Check BucketName, and that the bucket's policy lets the created role write.");
  private static final Row MISSING = new Row(NotFound, "Check the names and ARNs in the template.");
  private static final Row BOUNDARY =
      new Row(
          InvalidRequest,
          "Check that PermissionsBoundaryArn names a policy that exists.",
          SHORT_PROPAGATION);
  private static final Row UNKNOWN = new Row(GeneralServiceException, "See the message of AWS.");

  private static final Map<String, Row> ROWS =
      Map.ofEntries(
          // Common errors of every service, in the spellings of the two protocols.
          entry("AccessDenied", DENIED),
          entry("AccessDeniedException", DENIED),
          entry("UnauthorizedOperation", DENIED),
          entry("NotAuthorized", DENIED),
          entry("OptInRequired", DENIED),
          entry("ExpiredToken", CREDENTIALS),
          entry("ExpiredTokenException", CREDENTIALS),
          entry("RequestExpired", CREDENTIALS),
          entry("InvalidClientTokenId", CREDENTIALS),
          entry("UnrecognizedClientException", CREDENTIALS),
          entry("SignatureDoesNotMatch", CREDENTIALS),
          entry("InvalidSignatureException", CREDENTIALS),
          entry("IncompleteSignature", CREDENTIALS),
          entry("IncompleteSignatureException", CREDENTIALS),
          entry("MissingAuthenticationToken", CREDENTIALS),
          entry("MissingAuthenticationTokenException", CREDENTIALS),
          entry("InternalFailure", SERVICE_FAILURE),
          entry("InternalError", SERVICE_FAILURE),
          entry("InternalServerError", SERVICE_FAILURE),
          entry("ServiceUnavailable", SERVICE_FAILURE),
          entry("ServiceUnavailableException", SERVICE_FAILURE),
          entry("ValidationError", INVALID_INPUT),
          entry("ValidationException", INVALID_INPUT),
          entry("InvalidParameterValue", INVALID_INPUT),
          entry("InvalidParameterValueException", INVALID_INPUT),
          entry("InvalidParameterCombination", INVALID_INPUT),
          entry("InvalidParameterCombinationException", INVALID_INPUT),
          entry("MissingParameter", INVALID_INPUT),
          entry("SerializationException", INVALID_INPUT),
          // DMS
          entry("AccessDeniedFault", DENIED),
          entry("InvalidResourceStateFault", CONFLICT),
          entry(
              "dms:AddTagsToResource InvalidResourceStateFault", CONFLICT.retriedFor(PROPAGATION)),
          entry(
              "dms:RemoveTagsFromResource InvalidResourceStateFault",
              CONFLICT.retriedFor(PROPAGATION)),
          entry("ResourceAlreadyExistsFault", new Row(AlreadyExists, "Choose another name.")),
          entry("ResourceNotFoundFault", MISSING),
          // Not every replica of DMS may know a new endpoint yet.
          entry(
              "dms:AddTagsToResource ResourceNotFoundFault", MISSING.retriedFor(SHORT_PROPAGATION)),
          entry("dms:TestConnection ResourceNotFoundFault", MISSING.retriedFor(SHORT_PROPAGATION)),
          entry("ResourceQuotaExceededFault", QUOTA),
          entry("S3AccessDeniedFault", BUCKET),
          entry("S3ResourceNotFoundFault", BUCKET),
          entry("KMSKeyNotAccessibleFault", KMS_KEY),
          // IAM
          entry("ConcurrentModification", CONFLICT.retriedFor(PROPAGATION)),
          entry("EntityTemporarilyUnmodifiable", CONFLICT.retriedFor(PROPAGATION)),
          entry(
              "DeleteConflict",
              // IAM also answers so for some seconds after a detachment.
              new Row(
                  ResourceConflict,
                  "Detach or delete what was added to the role or the policy by hand, then try"
                      + " again.",
                  PROPAGATION)),
          entry("EntityAlreadyExists", new Row(AlreadyExists, "Choose another name.")),
          entry("InvalidInput", INVALID_INPUT),
          entry("LimitExceeded", QUOTA),
          entry("MalformedPolicyDocument", INVALID_INPUT),
          entry(
              "NoSuchEntity",
              // Not every replica of IAM may know a new role or policy yet.
              new Row(
                  NotStabilized,
                  "IAM does not show a role or a policy of the endpoint: if it was deleted by hand,"
                      + " update or create the resource again.",
                  PROPAGATION)),
          entry("iam:CreateRole NoSuchEntity", BOUNDARY),
          entry("iam:PutRolePermissionsBoundary NoSuchEntity", BOUNDARY),
          entry("PolicyNotAttachable", INVALID_INPUT),
          entry("ServiceFailure", SERVICE_FAILURE),
          entry(
              "UnmodifiableEntity",
              new Row(
                  AccessDenied, "A service-linked role has this name: choose another RoleName.")),
          // STS
          entry(
              "PackedPolicyTooLarge",
              new Row(InvalidRequest, "Shorten RoleName, PolicyName or the tags of the session.")),
          entry(
              "RegionDisabledException",
              new Row(
                  InvalidRequest,
                  "Activate STS for this Region in the account of the role that is assumed.")));

  /** Error codes of throttling. */
  static final Set<String> THROTTLING_CODES =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "RequestThrottled",
          "RequestThrottledException",
          "RequestLimitExceeded",
          "TooManyRequestsException",
          "PriorRequestNotComplete",
          "SlowDown",
          "BandwidthLimitExceeded",
          "LimitExceededException",
          "KMSThrottlingFault");

  private static final Set<String> TAGGING =
      Set.of(
          "dms:AddTagsToResource",
          "dms:RemoveTagsFromResource",
          "iam:TagRole",
          "iam:TagPolicy",
          "iam:UntagRole",
          "iam:UntagPolicy");

  private ErrorTable() {}

  /** Returns how long a failed call is retried before the failure ends the operation. */
  public static Duration retryTime(AwsCallException failed) {
    return rowOf(failed).retryTime();
  }

  /**
   * Returns whether an error ends when a change has propagated within IAM or DMS, in contrast to
   * one that ends when AWS has capacity again.
   */
  public static boolean isPropagation(AwsCallException failed) {
    return Set.of(PROPAGATION, SHORT_PROPAGATION).contains(rowOf(failed).retryTime());
  }

  /** Returns whether AWS rejected a value of the request. */
  static boolean isInvalidInput(AwsCallException failed) {
    return rowOf(failed).equals(INVALID_INPUT);
  }

  /** Returns whether AWS denied the caller access. */
  static boolean isDenial(AwsCallException failed) {
    return Set.of(AccessDenied, UnauthorizedTaggingOperation).contains(rowOf(failed).code());
  }

  /** Returns whether the resource of a call does not exist (API references of IAM and DMS). */
  static boolean isNotFound(AwsCallException failed) {
    return failed.is(NoSuchEntityException.class) || failed.is(ResourceNotFoundException.class);
  }

  /** Returns the row of an error code of AWS, if the table has one. */
  static Optional<Row> row(String awsCode) {
    return THROTTLING_CODES.contains(awsCode)
        ? Optional.of(THROTTLED)
        : Optional.ofNullable(ROWS.get(awsCode));
  }

  /** Returns the failure of the operation for a failed call; never {@code InternalFailure}. */
  public static HandlerException explain(AwsCallException failed) {
    var row = rowOf(failed);
    return new HandlerException(
        row.code(),
        "%s as %s failed: %s %s (%s)"
            .formatted(
                failed.action(),
                failed.caller(),
                withFullStop(failed.awsMessage()),
                row.advice(),
                failed.reference()));
  }

  private static Row rowOf(AwsCallException failed) {
    if (failed.isThrottling()) {
      return THROTTLED;
    }
    if (failed.failure() instanceof AwsServiceException answer) {
      var row =
          row(failed.action() + " " + failed.awsCode())
              .or(() -> row(failed.awsCode()))
              .orElseGet(() -> byStatus(answer.statusCode()));
      if (row.equals(DENIED) && isTagging(failed)) {
        return TAGGING_DENIED;
      }
      return row.equals(DENIED) && failed.action().equals("sts:AssumeRole") ? NOT_ASSUMABLE : row;
    }
    return isNetwork(failed.failure())
        ? new Row(NetworkFailure, "AWS did not answer: try again later.", OUTAGE)
        : UNKNOWN;
  }

  private static boolean isTagging(AwsCallException failed) {
    // A call that creates a resource with tags fails under its own name; only the message of AWS
    // names the tagging action.
    return TAGGING.stream()
        .anyMatch(
            tagging ->
                failed.action().equals(tagging)
                    || failed.awsMessage().contains("perform: " + tagging));
  }

  private static boolean isNetwork(Throwable failure) {
    return failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException
        || Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .anyMatch(java.io.IOException.class::isInstance);
  }

  private static Row byStatus(int status) {
    return switch (status) {
      case 401, 403 -> DENIED;
      case 429 -> THROTTLED;
      default -> status >= 500 ? SERVICE_FAILURE : UNKNOWN;
    };
  }

  private static String withFullStop(String text) {
    var stripped = text.strip();
    return stripped.endsWith(".") ? stripped : stripped + ".";
  }
}
