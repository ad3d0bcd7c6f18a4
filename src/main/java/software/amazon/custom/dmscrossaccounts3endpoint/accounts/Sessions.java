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
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * What one invocation calls AWS with: the DMS and the IAM of the two accounts. Roles are assumed
 * through STS, with a session policy for the operation and a session name that says which operation
 * on which endpoint it is, so that it can be found in CloudTrail.
 */
public final class Sessions {

  /** Shortest session that STS gives (AssumeRole, API reference). */
  private static final int SESSION_SECONDS = 900;

  private static final int SESSION_NAME_LENGTH = 64;

  private final AwsClients clients;
  private final RoleSessions opened;
  private final Action action;
  private final String region;
  private final String partition;
  private final AwsCredentialsProvider caller;
  private final Environments environments;
  private final InvocationLog log;
  private final Turns turns;
  private final Map<String, AwsSession> assumed = new HashMap<>();
  private final Map<String, Looks> looks = new HashMap<>();

  Sessions(
      AwsClients clients,
      RoleSessions opened,
      Action action,
      String region,
      AwsCredentialsProvider caller,
      Environments environments,
      InvocationLog log,
      Turns turns) {
    this.clients = clients;
    this.opened = opened;
    this.log = log;
    this.turns = turns;
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

  /** When calls that are throttled are made again. */
  public Turns turns() {
    return turns;
  }

  /** Lets everything that this invocation has seen be looked at again. */
  public void lookAnew() {
    looks.values().forEach(Looks::forget);
  }

  private AwsSession asItself(String service, String account, String name) {
    return new AwsSession(
        service, name, caller, AwsSession.Reopening.IMPOSSIBLE, place(service, account), log);
  }

  private AwsSession.Place place(String service, String account) {
    var where = service + " " + account;
    return new AwsSession.Place(where, looks.computeIfAbsent(where, k -> new Looks()), turns);
  }

  private AwsSession assume(
      String service,
      String roleArn,
      Optional<String> environment,
      @Nullable String endpointArn,
      String policy) {
    var externalIds = environments.externalIdsFor(roleArn, environment);
    var key =
        new RoleSessions.Key(
            caller.resolveCredentials(), roleArn, policy, sessionName(endpointArn), externalIds);
    return assumed.computeIfAbsent(
        String.join("\n", roleArn, policy, String.join(",", externalIds)),
        k -> session(service, key));
  }

  private AwsSession session(String service, RoleSessions.Key key) {
    var before = opened.find(key);
    // What this very invocation has opened can't be opened any better.
    AwsSession.Reopening reopening =
        before.isEmpty()
            ? AwsSession.Reopening.IMPOSSIBLE
            : () -> {
              opened.forget(key);
              return Optional.of(StaticCredentialsProvider.create(open(key)));
            };
    return new AwsSession(
        service,
        "role " + key.roleArn(),
        StaticCredentialsProvider.create(before.orElseGet(() -> open(key))),
        reopening,
        place(service, EndpointNames.accountOf(key.roleArn())),
        log);
  }

  private AwsSessionCredentials open(RoleSessions.Key key) {
    var credentials = assume(key);
    opened.keep(key, credentials);
    return credentials;
  }

  private AwsSessionCredentials assume(RoleSessions.Key key) {
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
