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
 * Cache of the sessions of assumed roles of a container, for as long as they are valid. It saves an
 * {@code AssumeRole} in every invocation of an operation but the first. A session is returned only
 * for exactly the credentials that it was opened with, and for the same role, session policy,
 * session name and external ids: no caller ever gets a session of another one.
 */
final class AssumedRoleCache {

  /** A session that expires sooner is not used any more: an invocation may take a minute. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /** Highest number of sessions: an operation needs two. */
  static final int CAPACITY = 100;

  /**
   * Key of a session. Credentials are compared in full, secret and token included.
   *
   * @param caller credentials that it was opened with
   */
  record Key(
      AwsCredentials caller,
      String roleArn,
      String policy,
      String sessionName,
      List<String> externalIds) {}

  private record Entry(AwsSessionCredentials credentials, Instant expiration) {}

  /** In the order of their last use. */
  private final Map<Key, Entry> entries =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Entry> eldest) {
              return size() > CAPACITY;
            }
          });

  private final Supplier<Instant> now;

  AssumedRoleCache(Supplier<Instant> now) {
    this.now = now;
  }

  /** Returns a session that is valid for a while. */
  Optional<AwsSessionCredentials> get(Key key) {
    return Optional.ofNullable(entries.get(key)).filter(this::isValid).map(Entry::credentials);
  }

  /** Adds a session whose expiration is known. */
  void put(Key key, AwsSessionCredentials credentials) {
    entries.values().removeIf(entry -> !isValid(entry));
    credentials
        .expirationTime()
        .ifPresent(expiration -> entries.put(key, new Entry(credentials, expiration)));
  }

  /** Removes a session. */
  void invalidate(Key key) {
    entries.remove(key);
  }

  private boolean isValid(Entry entry) {
    return now.get().plus(MARGIN).isBefore(entry.expiration());
  }
}
