package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.log.CallLogger;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;

/**
 * Calls AWS as one identity. The clients are shared by all sessions of a container; the credentials
 * go with each request and are held by nothing that outlives the invocation.
 */
final class AwsSession {

  private final String service;
  private final String caller;
  private final AwsCredentialsProvider credentials;
  private final InvocationLog log;

  /**
   * Creates a session.
   *
   * @param service the service's prefix of IAM actions
   * @param caller who calls, in words for the user
   * @param credentials those of the caller
   * @param log of the invocation
   */
  AwsSession(String service, String caller, AwsCredentialsProvider credentials, InvocationLog log) {
    this.service = service;
    this.caller = caller;
    this.credentials = credentials;
    this.log = log;
  }

  /**
   * Makes one call, or as many of an operation as its pages take.
   *
   * @throws AwsCallFailed whatever goes wrong
   */
  @SuppressWarnings("unchecked") // a request's builder builds requests of its own kind
  <I extends AwsRequest, O> O call(String operation, I request, Function<I, O> client) {
    try {
      var override =
          AwsRequestOverrideConfiguration.builder()
              .credentialsProvider(credentials)
              .putExecutionAttribute(CallLogger.LOG, log)
              .putExecutionAttribute(CallLogger.CALL, List.of(service + ":" + operation, caller))
              .build();
      return client.apply((I) request.toBuilder().overrideConfiguration(override).build());
    } catch (SdkException e) {
      throw new AwsCallFailed(service + ":" + operation, caller, e);
    }
  }
}
