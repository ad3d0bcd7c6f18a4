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
 * The one table from AWS's error codes to the registry's, with what the user can do and how long
 * the error is waited for. The rows are the errors that the calls of this type declare in the
 * service models of DMS, IAM and STS, and the common errors that every call can have; where the
 * same code means something else in one operation, that operation has a row of its own.
 */
public final class ErrorTable {

  /**
   * What an error means.
   *
   * @param code the registry's error code
   * @param advice the next step, a sentence
   * @param patience how long the same call is tried again before the error ends the operation
   */
  public record Row(HandlerErrorCode code, String advice, Duration patience) {
    private Row(HandlerErrorCode code, String advice) {
      this(code, advice, Duration.ZERO);
    }

    private Row waitedFor(Duration time) {
      return new Row(code, advice, time);
    }
  }

  /**
   * Throttling is a matter of load. It is waited for as long as an operation may take; the schema's
   * {@code timeoutInMinutes} is 120.
   */
  private static final Duration THROTTLING = Duration.ofMinutes(110);

  /** What else goes wrong at AWS or on the way there. */
  private static final Duration OUTAGE = Duration.ofMinutes(3);

  /**
   * How long IAM takes at most to know everywhere what it was told. terraform-provider-aws waits
   * for as long ({@code propagationTimeout} in {@code internal/service/iam}).
   */
  private static final Duration PROPAGATION = Duration.ofMinutes(2);

  /** What is mostly a mistake of the template, and sometimes only late. */
  private static final Duration BRIEFLY = Duration.ofSeconds(30);

  private static final Row DENIED =
      new Row(AccessDenied, "Allow this action to this role, in its policies and its boundary.");
  private static final Row UNTRUSTED =
      new Row(
          AccessDenied,
          "Check that the role exists, that its trust policy names the execution role of this type,"
              + " and that the AssumeRoleExternalId of the environment is the one it asks for.",
          // A role that was made a moment ago, or whose trust policy was changed.
          BRIEFLY);
  private static final Row UNTAGGABLE =
      new Row(
          UnauthorizedTaggingOperation,
          "Allow the tagging action to this role; every object is marked with a tag.");
  private static final Row CREDENTIALS =
      new Row(
          InvalidCredentials,
          "Check the execution role that the type is registered with and try again.");
  private static final Row THROTTLED =
      new Row(Throttling, "Try again with fewer operations at a time.", THROTTLING);
  private static final Row BROKEN = new Row(ServiceInternalError, "Try again later.", OUTAGE);
  private static final Row WRONG = new Row(InvalidRequest, "Correct what the message names.");
  private static final Row CONFLICT =
      new Row(ResourceConflict, "Wait until what else is going on there has ended and try again.");
  private static final Row LIMIT =
      new Row(ServiceLimitExceeded, "Ask for a higher quota or delete what is not needed.");
  private static final Row KEY =
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
          InvalidRequest, "Check that PermissionsBoundaryArn names a policy that exists.", BRIEFLY);
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
          entry("InternalFailure", BROKEN),
          entry("InternalError", BROKEN),
          entry("InternalServerError", BROKEN),
          entry("ServiceUnavailable", BROKEN),
          entry("ServiceUnavailableException", BROKEN),
          entry("ValidationError", WRONG),
          entry("ValidationException", WRONG),
          entry("InvalidParameterValue", WRONG),
          entry("InvalidParameterValueException", WRONG),
          entry("InvalidParameterCombination", WRONG),
          entry("InvalidParameterCombinationException", WRONG),
          entry("MissingParameter", WRONG),
          entry("SerializationException", WRONG),
          // DMS
          entry("AccessDeniedFault", DENIED),
          entry("InvalidResourceStateFault", CONFLICT),
          entry("dms:AddTagsToResource InvalidResourceStateFault", CONFLICT.waitedFor(PROPAGATION)),
          entry(
              "dms:RemoveTagsFromResource InvalidResourceStateFault",
              CONFLICT.waitedFor(PROPAGATION)),
          entry("ResourceAlreadyExistsFault", new Row(AlreadyExists, "Choose another name.")),
          entry("ResourceNotFoundFault", MISSING),
          // DMS may not show everywhere yet what it has just made.
          entry("dms:AddTagsToResource ResourceNotFoundFault", MISSING.waitedFor(BRIEFLY)),
          entry("dms:TestConnection ResourceNotFoundFault", MISSING.waitedFor(BRIEFLY)),
          entry("ResourceQuotaExceededFault", LIMIT),
          entry("S3AccessDeniedFault", BUCKET),
          entry("S3ResourceNotFoundFault", BUCKET),
          entry("KMSKeyNotAccessibleFault", KEY),
          // IAM
          entry("ConcurrentModification", CONFLICT.waitedFor(PROPAGATION)),
          entry("EntityTemporarilyUnmodifiable", CONFLICT.waitedFor(PROPAGATION)),
          entry(
              "DeleteConflict",
              // IAM answers so for some seconds after it took a detachment.
              new Row(
                  ResourceConflict,
                  "Detach or remove by hand what was added to the role or the policy by hand, and"
                      + " try again.",
                  PROPAGATION)),
          entry("EntityAlreadyExists", new Row(AlreadyExists, "Choose another name.")),
          entry("InvalidInput", WRONG),
          entry("LimitExceeded", LIMIT),
          entry("MalformedPolicyDocument", WRONG),
          entry(
              "NoSuchEntity",
              // What was made a moment ago is not known everywhere yet.
              new Row(
                  NotStabilized,
                  "IAM does not show a role or a policy of the endpoint: if it was deleted by hand,"
                      + " update or create the resource again.",
                  PROPAGATION)),
          entry("iam:CreateRole NoSuchEntity", BOUNDARY),
          entry("iam:PutRolePermissionsBoundary NoSuchEntity", BOUNDARY),
          entry("PolicyNotAttachable", WRONG),
          entry("ServiceFailure", BROKEN),
          entry(
              "UnmodifiableEntity",
              new Row(AccessDenied, "A role of a service has this name: choose another RoleName.")),
          // STS
          entry(
              "PackedPolicyTooLarge",
              new Row(InvalidRequest, "Shorten RoleName, PolicyName or the tags of the session.")),
          entry(
              "RegionDisabledException",
              new Row(
                  InvalidRequest,
                  "Activate STS for this Region in the account of the role that is assumed.")));

  /** The codes by which services ask to call less often. */
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

  /** How long a call that failed so is tried again before the failure ends the operation. */
  public static Duration retryTime(AwsCallException failed) {
    return rowOf(failed).patience();
  }

  /**
   * Returns whether an error passes as soon as IAM or DMS knows everywhere what it was told, in
   * contrast to one that passes when AWS has capacity again.
   */
  public static boolean isPropagation(AwsCallException failed) {
    return Set.of(PROPAGATION, BRIEFLY).contains(rowOf(failed).patience());
  }

  /** Returns whether AWS refuses a value of the request. */
  static boolean isInvalidInput(AwsCallException failed) {
    return rowOf(failed).equals(WRONG);
  }

  /** Whether AWS refuses the caller. */
  static boolean isDenial(AwsCallException failed) {
    return Set.of(AccessDenied, UnauthorizedTaggingOperation).contains(rowOf(failed).code());
  }

  /**
   * What is no error to those who look for something or delete it: it is not there (API references
   * of IAM and DMS).
   */
  static boolean isNotFound(AwsCallException failed) {
    return failed.is(NoSuchEntityException.class) || failed.is(ResourceNotFoundException.class);
  }

  /** The row of an error code of AWS, if the table has one. */
  static Optional<Row> row(String awsCode) {
    return THROTTLING_CODES.contains(awsCode)
        ? Optional.of(THROTTLED)
        : Optional.ofNullable(ROWS.get(awsCode));
  }

  /** What a failed call means for the operation: never {@code InternalFailure}. */
  public static HandlerException explain(AwsCallException failed) {
    var row = rowOf(failed);
    return new HandlerException(
        row.code(),
        "%s as %s failed: %s %s (%s)"
            .formatted(
                failed.action(),
                failed.caller(),
                sentence(failed.awsMessage()),
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
      if (row.equals(DENIED) && tags(failed)) {
        return UNTAGGABLE;
      }
      return row.equals(DENIED) && failed.action().equals("sts:AssumeRole") ? UNTRUSTED : row;
    }
    return isNetwork(failed.failure())
        ? new Row(NetworkFailure, "No answer came: try again later.", OUTAGE)
        : UNKNOWN;
  }

  private static boolean tags(AwsCallException failed) {
    // A call that creates with tags is refused under its own name; the message says which action
    // was missing.
    return TAGGING.stream()
        .anyMatch(
            tagging ->
                failed.action().equals(tagging)
                    || failed.awsMessage().contains("perform: " + tagging));
  }

  private static boolean isNetwork(Throwable failure) {
    return failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException
        || Stream.iterate(failure, t -> t != null, Throwable::getCause)
            .anyMatch(java.io.IOException.class::isInstance);
  }

  private static Row byStatus(int status) {
    return switch (status) {
      case 401, 403 -> DENIED;
      case 429 -> THROTTLED;
      default -> status >= 500 ? BROKEN : UNKNOWN;
    };
  }

  private static String sentence(String text) {
    var stripped = text.strip();
    return stripped.endsWith(".") ? stripped : stripped + ".";
  }
}
