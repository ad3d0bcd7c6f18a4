package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;

/**
 * Hands out the DMS and the IAM of the two accounts, for all handlers. HTTP connections and clients
 * are shared per container, and so are sessions of roles, for whoever has opened them.
 *
 * <p>The clients take {@code AWS_ENDPOINT_URL} as any client of the SDK does.
 */
public final class CrossAccountClientFactory {

  private final AwsClients clients = new AwsClients();
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();
  private final RoleSessions opened;
  private final Supplier<Instant> now;
  private final Consumer<Duration> pause;

  /**
   * A factory for a container.
   *
   * @param now what the end of sessions is compared with
   * @param pause returns when that much time has passed: what a throttled call waits with
   */
  public CrossAccountClientFactory(Supplier<Instant> now, Consumer<Duration> pause) {
    this.now = now;
    this.pause = pause;
    this.opened = new RoleSessions(now);
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

  /**
   * The sessions of one invocation, which begins now.
   *
   * @param about what the invocation is about, whatever tells it from others; null for nothing
   */
  public Sessions sessions(
      Action action,
      String region,
      AwsCredentialsProvider caller,
      Environments environments,
      InvocationLog log,
      @Nullable Object about) {
    return new Sessions(
        clients,
        opened,
        action,
        region,
        caller,
        environments,
        log,
        new Turns(paces, now, pause, about));
  }
}
