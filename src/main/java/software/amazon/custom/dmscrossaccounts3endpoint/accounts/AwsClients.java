package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.custom.dmscrossaccounts3endpoint.log.CallLogger;

/**
 * The clients of a container, one for each service and Region, made when they are first needed. No
 * client holds credentials: they go with each request.
 */
final class AwsClients {

  /** A handler has to answer within 60 seconds, when it reads within 30 (handler contract). */
  private static final Duration CALL = Duration.ofSeconds(15);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** The delays of the SDK's standard strategy ({@code DefaultRetryStrategy}). */
  private static final Duration BASE_DELAY = Duration.ofMillis(100);

  private static final Duration THROTTLING_BASE_DELAY = Duration.ofSeconds(1);
  private static final Duration MAX_DELAY = Duration.ofSeconds(20);

  /**
   * The JDK's client. It keeps an idle connection for 5 seconds, so that none outlives the sleep of
   * a container for long; and it must not send a request again on its own, as it does by default
   * where a connection that idled has died ({@code sun.net.www.http.HttpClient}): that is decided
   * where retries are counted and logged.
   */
  private static final SdkHttpClient HTTP = http();

  private static SdkHttpClient http() {
    System.setProperty("sun.net.http.retryPost", "false");
    return UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(CALL).build();
  }

  /**
   * Watches the time of calls, for all clients; on its own each client would start threads for it.
   */
  private static final ScheduledExecutorService TIMER =
      Executors.newScheduledThreadPool(
          1,
          task -> {
            var thread = new Thread(task, "call-timeouts");
            thread.setDaemon(true);
            return thread;
          });

  private static final CallLogger CALL_LOGGER = new CallLogger();

  private final UnaryOperator<Duration> sleep;
  private final Map<String, DatabaseMigrationClient> dms = new ConcurrentHashMap<>();
  private final Map<String, IamClient> iam = new ConcurrentHashMap<>();
  private final Map<String, StsClient> sts = new ConcurrentHashMap<>();

  AwsClients(UnaryOperator<Duration> sleep) {
    this.sleep = sleep;
  }

  DatabaseMigrationClient dms(String region) {
    return dms.computeIfAbsent(region, r -> client(DatabaseMigrationClient.builder(), r));
  }

  IamClient iam(String partition) {
    return iam.computeIfAbsent(partition + "-global", r -> client(IamClient.builder(), r));
  }

  StsClient sts(String region) {
    return sts.computeIfAbsent(region, r -> client(StsClient.builder(), r));
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, String region) {
    return builder
        .region(Region.of(region))
        .httpClient(HTTP)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .scheduledExecutorService(TIMER)
                .addExecutionInterceptor(CALL_LOGGER)
                .retryStrategy(retryStrategy())
                .build())
        .build();
  }

  /** Returns the SDK's standard strategy, whose delays pass by the clock of the handlers. */
  private RetryStrategy retryStrategy() {
    var standard = AwsRetryStrategy.standardRetryStrategy().toBuilder();
    return standard
        .backoffStrategy(slept(BackoffStrategy.exponentialDelay(BASE_DELAY, MAX_DELAY)))
        .throttlingBackoffStrategy(
            slept(BackoffStrategy.exponentialDelay(THROTTLING_BASE_DELAY, MAX_DELAY)))
        .build();
  }

  private BackoffStrategy slept(BackoffStrategy strategy) {
    return attempt -> sleep.apply(strategy.computeDelay(attempt));
  }
}
