package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * Clients of one invocation: the DMS and the IAM of the two accounts. Roles are assumed through
 * STS, with a session policy for the operation and a session name that says which operation on
 * which endpoint it is, so that it can be found in CloudTrail.
 */
public final class AccountClients {

  /** Shortest session that STS gives (AssumeRole, API reference). */
  private static final int SESSION_SECONDS = 900;

  private static final int SESSION_NAME_LENGTH = 64;

  private final AwsClients clients;
  private final AssumedRoleCache roleCache;
  private final Action action;
  private final String region;
  private final String partition;
  private final AwsCredentialsProvider caller;
  private final TypeConfiguration environments;
  private final InvocationLog log;
  private final TimeBudget budget;
  private final Map<String, AwsSession> assumed = new HashMap<>();
  private final Map<String, ReadCache> caches = new HashMap<>();

  AccountClients(
      AwsClients clients,
      AssumedRoleCache roleCache,
      Action action,
      String region,
      AwsCredentialsProvider caller,
      TypeConfiguration environments,
      InvocationLog log,
      TimeBudget budget) {
    this.clients = clients;
    this.roleCache = roleCache;
    this.log = log;
    this.budget = budget;
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
      @Nullable String roleArn,
      Optional<String> environment,
      String account,
      @Nullable String endpointArn,
      @Nullable String serviceRoleArn) {
    var session =
        roleArn == null
            ? asItself("dms", account, "the type's execution role in account " + account)
            : assume(
                "dms",
                roleArn,
                environment,
                endpointArn,
                SessionPolicies.dms(action, partition, account, endpointArn, serviceRoleArn));
    return new DmsAccount(account, session, clients.dms(region));
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
        assume("iam", roleArn, environment, names.endpointArn(), policy), clients.iam(partition));
  }

  /** Returns the time that the invocation may use. */
  public TimeBudget budget() {
    return budget;
  }

  /** Removes every answer of this invocation from the cache. */
  public void invalidateCache() {
    caches.values().forEach(ReadCache::invalidate);
  }

  private AwsSession asItself(String service, String account, String name) {
    return new AwsSession(service, name, caller, null, cache(service, account), budget, log);
  }

  private ReadCache cache(String service, String account) {
    return caches.computeIfAbsent(service + " " + account, k -> new ReadCache());
  }

  private AwsSession assume(
      String service,
      String roleArn,
      Optional<String> environment,
      @Nullable String endpointArn,
      String policy) {
    var externalIds = environments.externalIdsFor(roleArn, environment);
    var key =
        new AssumedRoleCache.Key(
            caller.resolveCredentials(), roleArn, policy, sessionName(endpointArn), externalIds);
    return assumed.computeIfAbsent(
        String.join("\n", roleArn, policy, String.join(",", externalIds)),
        k -> session(service, key));
  }

  private AwsSession session(String service, AssumedRoleCache.Key key) {
    var cached = roleCache.get(key);
    return new AwsSession(
        service,
        "role " + key.roleArn(),
        StaticCredentialsProvider.create(cached.orElseGet(() -> open(key))),
        cached.isEmpty()
            ? null
            : () -> {
              roleCache.invalidate(key);
              return StaticCredentialsProvider.create(open(key));
            },
        cache(service, EndpointNames.accountOf(key.roleArn())),
        budget,
        log);
  }

  private AwsSessionCredentials open(AssumedRoleCache.Key key) {
    var credentials = assume(key);
    roleCache.put(key, credentials);
    return credentials;
  }

  private AwsSessionCredentials assume(AssumedRoleCache.Key key) {
    var request =
        AssumeRoleRequest.builder()
            .roleArn(key.roleArn())
            .roleSessionName(key.sessionName())
            .durationSeconds(SESSION_SECONDS)
            .policy(key.policy());
    var externalIds = key.externalIds();
    for (var externalId : externalIds.subList(0, Math.max(0, externalIds.size() - 1))) {
      try {
        return assume(key.roleArn(), request.externalId(externalId).build());
      } catch (AwsCallException e) {
        if (!e.isDenialOf("sts")) {
          throw e;
        }
        // Environments share this role, and nothing has said yet which of them is meant.
      }
    }
    if (!externalIds.isEmpty()) {
      request.externalId(externalIds.get(externalIds.size() - 1));
    }
    return assume(key.roleArn(), request.build());
  }

  private AwsSessionCredentials assume(String roleArn, AssumeRoleRequest request) {
    var given =
        asItself("sts", "", "the type's execution role, for " + roleArn)
            .call("AssumeRole", request, clients.sts(region)::assumeRole)
            .credentials();
    return AwsSessionCredentials.builder()
        .accessKeyId(given.accessKeyId())
        .secretAccessKey(given.secretAccessKey())
        .sessionToken(given.sessionToken())
        .expirationTime(given.expiration())
        .build();
  }

  private String sessionName(@Nullable String endpointArn) {
    var name =
        "cfn-"
            + action.name().toLowerCase(Locale.ROOT)
            + (endpointArn == null ? "" : "-" + EndpointNames.lastPartOf(endpointArn));
    return name.substring(0, Math.min(name.length(), SESSION_NAME_LENGTH));
  }
}
