package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;

/** The SDK's clients on a local AWS, without retries, so that a test sees every answer. */
final class Clients {
  private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();

  private final LocalAws aws;
  private final Region region;

  Clients(LocalAws aws, String region) {
    this.aws = aws;
    this.region = Region.of(region);
  }

  Clients(LocalAws aws) {
    this(aws, "eu-central-1");
  }

  IamClient iam(LocalCredentials credentials) {
    return client(IamClient.builder(), credentials);
  }

  StsClient sts(LocalCredentials credentials) {
    return client(StsClient.builder(), credentials);
  }

  DatabaseMigrationClient dms(LocalCredentials credentials) {
    return client(DatabaseMigrationClient.builder(), credentials);
  }

  CloudFormationClient cloudFormation(LocalCredentials credentials) {
    return client(CloudFormationClient.builder(), credentials);
  }

  CloudWatchClient cloudWatch(LocalCredentials credentials) {
    return client(CloudWatchClient.builder(), credentials);
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, LocalCredentials credentials) {
    return builder
        .httpClient(HTTP)
        .endpointOverride(aws.endpoint())
        .region(region)
        .credentialsProvider(StaticCredentialsProvider.create(sdk(credentials)))
        .overrideConfiguration(once())
        .build();
  }

  private static ClientOverrideConfiguration once() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(RetryMode.STANDARD)
        .retryStrategy(strategy -> strategy.maxAttempts(1))
        .build();
  }

  private static AwsCredentials sdk(LocalCredentials credentials) {
    return credentials.sessionToken() == null
        ? AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey())
        : AwsSessionCredentials.create(
            credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
  }

  /** The error that the call is answered with. */
  static AwsServiceException error(Executable call) {
    try {
      call.execute();
    } catch (AwsServiceException e) {
      return e;
    } catch (Throwable e) {
      throw new AssertionError("Not an answer of a service: " + e, e);
    }
    throw new AssertionError("The call was expected to fail.");
  }

  /** The code of the error that the call is answered with. */
  static String code(Executable call) {
    return error(call).awsErrorDetails().errorCode();
  }
}
