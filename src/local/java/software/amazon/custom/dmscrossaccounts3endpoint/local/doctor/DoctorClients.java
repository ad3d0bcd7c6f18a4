package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients that the doctor uses beside those of the type. They honour {@code AWS_ENDPOINT_URL}
 * as any client of the SDK does.
 *
 * @param region of the registration
 * @param partition of the Region
 */
record DoctorClients(String region, String partition) {

  /** IAM throttles the many simulations of a large set-up early. */
  private static final int ATTEMPTS = 6;

  private static final int SESSION_SECONDS = 900;
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

  /** Assumes a role in a session that is cut down to some actions. */
  AwsCredentialsProvider assume(
      AwsCredentialsProvider caller,
      String roleArn,
      @Nullable String externalId,
      List<String> actions) {
    var policy =
        IamPolicy.builder()
            .addStatement(
                statement -> {
                  statement.effect(IamEffect.ALLOW).addResource("*");
                  actions.forEach(statement::addAction);
                })
            .build()
            .toJson();
    try (var sts = sts(caller)) {
      var session =
          sts.assumeRole(
                  r ->
                      r.roleArn(roleArn)
                          .roleSessionName("doctor")
                          .durationSeconds(SESSION_SECONDS)
                          .externalId(externalId)
                          .policy(policy))
              .credentials();
      return StaticCredentialsProvider.create(
          AwsSessionCredentials.create(
              session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
    }
  }
}
