package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The sessions of roles that a container has opened, for as long as they are valid. A session is
 * given again to exactly the credentials that it was opened with, and for the same role, session
 * policy, session name and external ids: no caller ever gets another's.
 */
final class RoleSessions {

  /** A session that ends sooner is not used any more: an invocation may take a minute. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /** How many are kept: an operation needs two, and a container has one invocation at a time. */
  static final int MOST = 100;

  /**
   * Whose a session is, and what for. Credentials are compared in full, secret and token included.
   *
   * @param caller whose credentials it was opened with
   */
  record Key(
      AwsCredentials caller,
      String roleArn,
      String policy,
      String sessionName,
      List<String> externalIds) {}

  private record Opened(AwsSessionCredentials credentials, Instant ends) {}

  /** Those that were used last; a container may serve thousands of endpoints. */
  private final Map<Key, Opened> opened =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Opened> eldest) {
              return size() > MOST;
            }
          });

  private final Supplier<Instant> now;

  RoleSessions(Supplier<Instant> now) {
    this.now = now;
  }

  /** A session that was opened before and is valid for a while. */
  Optional<AwsSessionCredentials> find(Key key) {
    return Optional.ofNullable(opened.get(key)).filter(this::isValid).map(Opened::credentials);
  }

  /** Keeps a session whose end is known; one without an end is used by its invocation only. */
  void keep(Key key, AwsSessionCredentials credentials) {
    opened.values().removeIf(session -> !isValid(session));
    credentials.expirationTime().ifPresent(ends -> opened.put(key, new Opened(credentials, ends)));
  }

  /** Gives a session up. */
  void forget(Key key) {
    opened.remove(key);
  }

  private boolean isValid(Opened session) {
    return now.get().plus(MARGIN).isBefore(session.ends());
  }
}
