package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;

/**
 * Creates the clients of the two accounts, for all handlers. HTTP connections and SDK clients are
 * shared per container, and so are sessions of roles, for the same caller.
 *
 * <p>The clients take {@code AWS_ENDPOINT_URL} as any client of the SDK does.
 */
public final class CrossAccountClientFactory {

  private final AwsClients clients;
  private final AssumedRoleCache roleCache;
  private final CallClock clock;

  /**
   * Creates the factory of a container.
   *
   * @param clock of sessions, time budgets and retries
   */
  public CrossAccountClientFactory(CallClock clock) {
    this.clock = clock;
    this.clients = new AwsClients(clock::left);
    this.roleCache = new AssumedRoleCache(clock::now);
  }

  /**
   * Makes the clients of a Region, and loads what their first calls load, on a thread of its own.
   * Nobody waits for it, and where it fails the first call does the same and tells.
   *
   * @param region where the container is; null for nothing
   */
  public void warmUp(@Nullable String region) {
    if (region != null) {
      WarmUp.start(clients, region);
    }
  }

  /** Returns the clients of one invocation, which begins now. */
  public AccountClients clients(
      Action action,
      String region,
      AwsCredentialsProvider caller,
      TypeConfiguration environments,
      InvocationLog log) {
    return new AccountClients(
        clients,
        roleCache,
        action,
        region,
        caller,
        environments,
        log,
        new TimeBudget(action, clock));
  }
}
