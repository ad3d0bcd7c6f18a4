package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.cloudformation.proxy.AmazonWebServicesClientProxy;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;

/** The credentials of the type's execution role, which CloudFormation hands to the handler. */
public final class CallerCredentials {

  private CallerCredentials() {}

  /**
   * Takes the credentials out of the runtime's proxy. The proxy gives them to one request at a time
   * and to nobody else; no call is made.
   *
   * @param proxy of the runtime; null where the type was registered without an execution role
   * @throws HandlerException {@code InvalidCredentials} where there are none
   */
  public static AwsCredentialsProvider of(@Nullable AmazonWebServicesClientProxy proxy) {
    if (proxy == null) {
      throw new HandlerException(
          HandlerErrorCode.InvalidCredentials,
          "CloudFormation gave the handler no credentials: register the type with an execution"
              + " role.");
    }
    var credentials = new AtomicReference<AwsCredentialsProvider>();
    proxy.injectCredentialsAndInvokeV2(
        GetCallerIdentityRequest.builder().build(),
        request -> {
          request
              .overrideConfiguration()
              .flatMap(AwsRequestOverrideConfiguration::credentialsProvider)
              .ifPresent(credentials::set);
          return GetCallerIdentityResponse.builder().build();
        });
    return Objects.requireNonNull(credentials.get(), "the runtime's proxy gave no credentials");
  }
}
