package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.log.CallLogger;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * Hands out the DMS and the IAM of the two accounts, for all handlers. It assumes the roles through
 * STS, with a session policy for the operation and a session name that says which operation on
 * which endpoint it is, so that it can be found in CloudTrail. HTTP connections and clients are
 * shared per container; credentials live as long as one invocation.
 *
 * <p>The clients take {@code AWS_ENDPOINT_URL} as any client of the SDK does.
 */
public final class CrossAccountClientFactory {

  /** A handler has to answer within 60 seconds, when it reads within 30 (handler contract). */
  private static final Duration CALL = Duration.ofSeconds(15);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Shortest session that STS gives (AssumeRole, API reference). */
  private static final int SESSION_SECONDS = 900;

  private static final int SESSION_NAME_LENGTH = 64;

  /** A container sleeps between invocations: connections that idled are not worth trying. */
  private static final SdkHttpClient HTTP =
      ApacheHttpClient.builder()
          .connectionTimeout(CONNECT)
          .socketTimeout(CALL)
          .connectionMaxIdleTime(Duration.ofSeconds(5))
          .connectionTimeToLive(Duration.ofSeconds(30))
          .build();

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

  private final Map<String, DatabaseMigrationClient> dms = new ConcurrentHashMap<>();
  private final Map<String, IamClient> iam = new ConcurrentHashMap<>();
  private final Map<String, StsClient> sts = new ConcurrentHashMap<>();

  /** The sessions of one invocation. */
  public Sessions sessions(
      Action action,
      String region,
      AwsCredentialsProvider caller,
      Environments environments,
      InvocationLog log) {
    return new Sessions(action, region, caller, environments, log);
  }

  /** What one invocation calls AWS with. */
  public final class Sessions {

    private final Action action;
    private final String region;
    private final String partition;
    private final AwsCredentialsProvider caller;
    private final Environments environments;
    private final InvocationLog log;
    private final Map<String, AwsSession> assumed = new HashMap<>();

    private Sessions(
        Action action,
        String region,
        AwsCredentialsProvider caller,
        Environments environments,
        InvocationLog log) {
      this.log = log;
      this.action = action;
      this.region = region;
      this.partition = PartitionMetadata.of(Region.of(region)).id();
      this.caller = caller;
      this.environments = environments;
    }

    /**
     * The DMS of the endpoint's account.
     *
     * @param roleArn role to assume there; null for the handler's own credentials
     * @param environment the environment of the type configuration that is meant, if one is
     * @param account id of the account
     * @param endpointArn the endpoint; null to list endpoints
     * @param serviceRoleArn the role that an endpoint may be created with; null for none
     */
    public DmsAccount dms(
        String roleArn,
        Optional<String> environment,
        String account,
        String endpointArn,
        String serviceRoleArn) {
      var session =
          roleArn == null
              ? new AwsSession(
                  "dms", "the type's execution role in account " + account, caller, log)
              : assume(
                  "dms",
                  roleArn,
                  environment,
                  endpointArn,
                  SessionPolicies.dms(action, partition, account, endpointArn, serviceRoleArn));
      return new DmsAccount(
          account,
          session,
          dms.computeIfAbsent(region, r -> client(DatabaseMigrationClient.builder(), r)));
    }

    /**
     * The IAM of the data-lake account.
     *
     * @param roleArn role to assume there
     * @param environment the environment of the type configuration that is meant, if one is
     * @param names of the endpoint whose role and policy are meant
     */
    public DataLakeAccount dataLake(
        String roleArn, Optional<String> environment, EndpointNames names) {
      var policy =
          SessionPolicies.dataLake(
              action,
              partition,
              EndpointNames.accountOf(roleArn),
              names.roleName(),
              names.policyName(),
              names.path());
      return new DataLakeAccount(
          assume("iam", roleArn, environment, names.endpointArn(), policy),
          iam.computeIfAbsent(partition + "-global", r -> client(IamClient.builder(), r)));
    }

    private AwsSession assume(
        String service,
        String roleArn,
        Optional<String> environment,
        String endpointArn,
        String policy) {
      var externalIds = environments.externalIdsFor(roleArn, environment);
      return assumed.computeIfAbsent(
          String.join("\n", roleArn, policy, String.join(",", externalIds)),
          k -> assumeAnew(service, roleArn, externalIds, endpointArn, policy));
    }

    private AwsSession assumeAnew(
        String service,
        String roleArn,
        List<String> externalIds,
        String endpointArn,
        String policy) {
      var request =
          AssumeRoleRequest.builder()
              .roleArn(roleArn)
              .roleSessionName(sessionName(endpointArn))
              .durationSeconds(SESSION_SECONDS)
              .policy(policy);
      for (var externalId : externalIds.subList(0, Math.max(0, externalIds.size() - 1))) {
        try {
          return assume(service, roleArn, request.externalId(externalId).build());
        } catch (AwsCallFailed e) {
          if (!e.isDenialOf("sts")) {
            throw e;
          }
          // Environments share this role, and nothing has said yet which of them is meant.
        }
      }
      if (!externalIds.isEmpty()) {
        request.externalId(externalIds.get(externalIds.size() - 1));
      }
      return assume(service, roleArn, request.build());
    }

    private AwsSession assume(String service, String roleArn, AssumeRoleRequest request) {
      var client = sts.computeIfAbsent(region, r -> client(StsClient.builder(), r));
      var given =
          new AwsSession("sts", "the type's execution role, for " + roleArn, caller, log)
              .call("AssumeRole", request, client::assumeRole)
              .credentials();
      return new AwsSession(
          service,
          "role " + roleArn,
          StaticCredentialsProvider.create(
              AwsSessionCredentials.create(
                  given.accessKeyId(), given.secretAccessKey(), given.sessionToken())),
          log);
    }

    private String sessionName(String endpointArn) {
      var name =
          "cfn-"
              + action.name().toLowerCase(Locale.ROOT)
              + (endpointArn == null ? "" : "-" + EndpointNames.lastPartOf(endpointArn));
      return name.substring(0, Math.min(name.length(), SESSION_NAME_LENGTH));
    }
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, String region) {
    return builder
        .region(Region.of(region))
        .httpClient(HTTP)
        // The credentials go with each request.
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .overrideConfiguration(overrides())
        .build();
  }

  /**
   * Throttling is waited for here for a moment; whoever waits longer does so between invocations.
   */
  private static ClientOverrideConfiguration overrides() {
    var backoff = BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(1));
    return ClientOverrideConfiguration.builder()
        .scheduledExecutorService(TIMER)
        .addExecutionInterceptor(CALL_LOGGER)
        .apiCallAttemptTimeout(CALL)
        .apiCallTimeout(CALL.plusSeconds(5))
        .retryStrategy(
            StandardRetryStrategy.builder()
                .useClientDefaults(false)
                .maxAttempts(3)
                .backoffStrategy(backoff)
                .throttlingBackoffStrategy(backoff)
                .treatAsThrottling(CrossAccountClientFactory::isThrottling)
                .retryOnException(CrossAccountClientFactory::isThrottling)
                .build())
        .build();
  }

  private static boolean isThrottling(Throwable failure) {
    return failure instanceof SdkServiceException e && e.isThrottlingException();
  }
}
