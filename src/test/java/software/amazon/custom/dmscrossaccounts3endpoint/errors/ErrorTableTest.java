package software.amazon.custom.dmscrossaccounts3endpoint.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.DatabaseMigrationException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

class ErrorTableTest {

  /**
   * Every exception that the service models declare for the calls whose permissions the schema has.
   */
  static Stream<Class<?>> declaredExceptions() {
    return Arrays.stream(Action.values())
        .flatMap(action -> HandlerSchema.permissions(action).stream())
        .distinct()
        .flatMap(ErrorTableTest::exceptionsOf)
        .distinct();
  }

  private static Stream<Class<?>> exceptionsOf(String permission) {
    var client =
        switch (permission.split(":")[0]) {
          case "dms" -> DatabaseMigrationClient.class;
          case "iam" -> IamClient.class;
          default -> StsClient.class;
        };
    var method = permission.split(":")[1];
    return Arrays.stream(client.getMethods())
        .filter(m -> m.getName().equalsIgnoreCase(method))
        .flatMap(m -> Arrays.stream(m.getExceptionTypes()))
        .filter(AwsServiceException.class::isAssignableFrom)
        .filter(
            e ->
                e != AwsServiceException.class
                    && e != DatabaseMigrationException.class
                    && e != IamException.class
                    && e != StsException.class);
  }

  /** The code on the wire of a modelled exception: its shape's name, in IAM without the ending. */
  private static Stream<String> possibleCodes(Class<?> exception) {
    var name = exception.getSimpleName().replaceAll("Exception$", "");
    return Stream.of(
        name, name + "Fault", name + "Exception", name.replace("Kms", "KMS") + "Fault");
  }

  @ParameterizedTest
  @MethodSource("declaredExceptions")
  void row_declaredException_exists(Class<?> exception) {
    assertThat(possibleCodes(exception).anyMatch(code -> ErrorTable.row(code).isPresent()))
        .as("a row for %s", exception.getSimpleName())
        .isTrue();
  }

  @Test
  void declaredExceptions_ofAllCalls_areFound() {
    assertThat(declaredExceptions().map(Class::getSimpleName))
        .contains(
            "ResourceQuotaExceededException",
            "MalformedPolicyDocumentException",
            "S3AccessDeniedException");
  }

  private static AwsCallException failed(String action, String code, int status, String message) {
    var answer =
        AwsServiceException.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .message(message)
            .build();
    return new AwsCallException(action, "role arn:aws:iam::444455556666:role/lake", answer);
  }

  @ParameterizedTest
  @CsvSource({
    "iam:CreateRole, AccessDenied, 403, AccessDenied",
    "dms:CreateEndpoint, ResourceQuotaExceededFault, 400, ServiceLimitExceeded",
    "iam:CreateRole, LimitExceeded, 409, ServiceLimitExceeded",
    "sts:AssumeRole, ExpiredToken, 403, InvalidCredentials",
    "dms:AddTagsToResource, AccessDeniedException, 400, UnauthorizedTaggingOperation",
    "iam:UntagRole, AccessDenied, 403, UnauthorizedTaggingOperation",
    "iam:UntagPolicy, AccessDenied, 403, UnauthorizedTaggingOperation",
    "dms:DescribeEndpoints, ThrottlingException, 400, Throttling",
    "dms:DescribeEndpoints, Unheard, 503, ServiceInternalError",
    "dms:DescribeEndpoints, Unheard, 429, Throttling",
    "dms:DescribeEndpoints, Unheard, 403, AccessDenied",
    "dms:DescribeEndpoints, Unheard, 400, GeneralServiceException",
    "iam:DeleteRole, DeleteConflict, 409, ResourceConflict",
  })
  void explain_errorCode_hasTheCodeOfTheRegistry(
      String action, String code, int status, HandlerErrorCode expected) {
    assertThat(ErrorTable.explain(failed(action, code, status, "No.")).code()).isEqualTo(expected);
  }

  @Test
  void explain_createLacksTaggingAction_isUnauthorizedTagging() {
    var denied =
        failed(
            "iam:CreateRole",
            "AccessDenied",
            403,
            "User: x is not authorized to perform: iam:TagRole on resource: y");
    assertThat(ErrorTable.explain(denied).code())
        .isEqualTo(HandlerErrorCode.UnauthorizedTaggingOperation);
  }

  @Test
  void explain_message_namesActionRoleCauseAndNextStep() {
    var explained = ErrorTable.explain(failed("iam:CreateRole", "AccessDenied", 403, "No way"));
    assertThat(explained.getMessage())
        .contains(
            "iam:CreateRole",
            "arn:aws:iam::444455556666:role/lake",
            "No way.",
            "Allow this action");
  }

  @Test
  void explain_lostAnswer_isNetworkFailure() {
    var lost = SdkClientException.create("gone", new IOException("reset"));
    assertThat(ErrorTable.explain(new AwsCallException("dms:CreateEndpoint", "r", lost)).code())
        .isEqualTo(HandlerErrorCode.NetworkFailure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cannot marshall", ""})
  void explain_otherClientError_isGeneralServiceException(String message) {
    var odd = SdkClientException.create(message);
    assertThat(ErrorTable.explain(new AwsCallException("dms:CreateEndpoint", "r", odd)).code())
        .isEqualTo(HandlerErrorCode.GeneralServiceException);
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "UPDATE", "DELETE"})
  void retryTime_throttling_isShorterThanTheTimeout(Action action) {
    var throttled = failed("dms:DescribeEndpoints", "ThrottlingException", 400, "Slow down");

    assertThat(ErrorTable.retryTime(throttled))
        .isLessThan(ResourceSchema.ofThisType().timeout(action));
  }
}
