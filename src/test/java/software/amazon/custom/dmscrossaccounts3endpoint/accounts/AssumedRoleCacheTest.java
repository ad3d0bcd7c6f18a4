package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;

/** Who gets a session again, and for how long. */
class AssumedRoleCacheTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final AwsSessionCredentials CALLER = credentials("caller", "secret", "token");
  private static final AssumedRoleCache.Key KEY =
      new AssumedRoleCache.Key(CALLER, "role", "policy", "name", List.of("id"));

  private final LocalClock clock = LocalClock.virtual(NOW);
  private final AssumedRoleCache sessions = new AssumedRoleCache(clock::instant);
  private final AwsSessionCredentials opened =
      AwsSessionCredentials.builder()
          .accessKeyId("a")
          .secretAccessKey("s")
          .sessionToken("t")
          .expirationTime(NOW.plusSeconds(900))
          .build();

  private static AwsSessionCredentials credentials(String key, String secret, String token) {
    return AwsSessionCredentials.create(key, secret, token);
  }

  @Test
  void whoOpenedItGetsItAgain() {
    sessions.put(KEY, opened);

    var same =
        new AssumedRoleCache.Key(
            credentials("caller", "secret", "token"), "role", "policy", "name", List.of("id"));
    assertThat(sessions.get(same)).contains(opened);
  }

  static Stream<AssumedRoleCache.Key> others() {
    return Stream.of(
        new AssumedRoleCache.Key(
            credentials("other", "secret", "token"), "role", "policy", "name", List.of("id")),
        // Knowing the public part of the caller's credentials is not enough.
        new AssumedRoleCache.Key(
            credentials("caller", "guess", "token"), "role", "policy", "name", List.of("id")),
        new AssumedRoleCache.Key(
            credentials("caller", "secret", "guess"), "role", "policy", "name", List.of("id")),
        new AssumedRoleCache.Key(CALLER, "other", "policy", "name", List.of("id")),
        new AssumedRoleCache.Key(CALLER, "role", "wider", "name", List.of("id")),
        new AssumedRoleCache.Key(CALLER, "role", "policy", "other", List.of("id")),
        new AssumedRoleCache.Key(CALLER, "role", "policy", "name", List.of("other")),
        new AssumedRoleCache.Key(CALLER, "role", "policy", "name", List.of()));
  }

  @ParameterizedTest
  @MethodSource("others")
  void nobodyElseGetsIt(AssumedRoleCache.Key other) {
    sessions.put(KEY, opened);

    assertThat(sessions.get(other)).isEmpty();
  }

  @Test
  void oneThatEndsSoonIsNotUsed() {
    sessions.put(KEY, opened);

    clock.advance(Duration.ofSeconds(599));
    assertThat(sessions.get(KEY)).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(sessions.get(KEY)).isEmpty();
  }

  @Test
  void oneWhoseEndIsNotKnownIsNotKept() {
    sessions.put(KEY, credentials("a", "s", "t"));

    assertThat(sessions.get(KEY)).isEmpty();
  }

  @Test
  void thoseThatWereUsedLastAreKeptAndNoMore() {
    sessions.put(KEY, opened);
    for (var i = 0; i < AssumedRoleCache.CAPACITY - 1; i++) {
      sessions.put(key("name" + i), opened);
      assertThat(sessions.get(KEY)).isPresent();
    }

    sessions.put(key("one more"), opened);

    assertThat(sessions.get(KEY)).isPresent();
    assertThat(sessions.get(key("name0"))).isEmpty();
    assertThat(sessions.get(key("name1"))).isPresent();
  }

  private static AssumedRoleCache.Key key(String sessionName) {
    return new AssumedRoleCache.Key(CALLER, "role", "policy", sessionName, List.of("id"));
  }

  @Test
  void oneThatWasGivenUpIsGone() {
    sessions.put(KEY, opened);
    sessions.invalidate(KEY);

    assertThat(sessions.get(KEY)).isEmpty();
  }
}
