package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients that the doctor calls AWS with beside those of the type. They take {@code
 * AWS_ENDPOINT_URL} as any client of the SDK does.
 *
 * @param region of the registration
 * @param partition of the Region
 */
record ServiceClients(String region, String partition) {

  /** A fleet takes many simulations, which IAM throttles early: some seconds are waited. */
  private static final int ATTEMPTS = 6;

  private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();

  StsClient sts(AwsCredentialsProvider credentials) {
    return client(StsClient.builder(), region, credentials);
  }

  IamClient iam(AwsCredentialsProvider credentials) {
    return client(IamClient.builder(), partition + "-global", credentials);
  }

  CloudFormationClient cloudFormation(AwsCredentialsProvider credentials) {
    return client(CloudFormationClient.builder(), region, credentials);
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, String region, AwsCredentialsProvider credentials) {
    return builder
        .region(Region.of(region))
        .httpClient(HTTP)
        .credentialsProvider(credentials)
        .overrideConfiguration(
            o -> o.retryStrategy(RetryMode.STANDARD).retryStrategy(r -> r.maxAttempts(ATTEMPTS)))
        .build();
  }
}
