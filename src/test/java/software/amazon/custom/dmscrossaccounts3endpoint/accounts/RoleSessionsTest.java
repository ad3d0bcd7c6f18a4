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
class RoleSessionsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final AwsSessionCredentials CALLER = credentials("caller", "secret", "token");
  private static final RoleSessions.Key KEY =
      new RoleSessions.Key(CALLER, "role", "policy", "name", List.of("id"));

  private final LocalClock clock = LocalClock.virtual(NOW);
  private final RoleSessions sessions = new RoleSessions(clock::instant);
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
    sessions.keep(KEY, opened);

    var same =
        new RoleSessions.Key(
            credentials("caller", "secret", "token"), "role", "policy", "name", List.of("id"));
    assertThat(sessions.find(same)).contains(opened);
  }

  static Stream<RoleSessions.Key> others() {
    return Stream.of(
        new RoleSessions.Key(
            credentials("other", "secret", "token"), "role", "policy", "name", List.of("id")),
        // Knowing the public part of the caller's credentials is not enough.
        new RoleSessions.Key(
            credentials("caller", "guess", "token"), "role", "policy", "name", List.of("id")),
        new RoleSessions.Key(
            credentials("caller", "secret", "guess"), "role", "policy", "name", List.of("id")),
        new RoleSessions.Key(CALLER, "other", "policy", "name", List.of("id")),
        new RoleSessions.Key(CALLER, "role", "wider", "name", List.of("id")),
        new RoleSessions.Key(CALLER, "role", "policy", "other", List.of("id")),
        new RoleSessions.Key(CALLER, "role", "policy", "name", List.of("other")),
        new RoleSessions.Key(CALLER, "role", "policy", "name", List.of()));
  }

  @ParameterizedTest
  @MethodSource("others")
  void nobodyElseGetsIt(RoleSessions.Key other) {
    sessions.keep(KEY, opened);

    assertThat(sessions.find(other)).isEmpty();
  }

  @Test
  void oneThatEndsSoonIsNotUsed() {
    sessions.keep(KEY, opened);

    clock.advance(Duration.ofSeconds(599));
    assertThat(sessions.find(KEY)).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(sessions.find(KEY)).isEmpty();
  }

  @Test
  void oneWhoseEndIsNotKnownIsNotKept() {
    sessions.keep(KEY, credentials("a", "s", "t"));

    assertThat(sessions.find(KEY)).isEmpty();
  }

  @Test
  void thoseThatWereUsedLastAreKeptAndNoMore() {
    sessions.keep(KEY, opened);
    for (var i = 0; i < RoleSessions.MOST - 1; i++) {
      sessions.keep(key("name" + i), opened);
      assertThat(sessions.find(KEY)).isPresent();
    }

    sessions.keep(key("one more"), opened);

    assertThat(sessions.find(KEY)).isPresent();
    assertThat(sessions.find(key("name0"))).isEmpty();
    assertThat(sessions.find(key("name1"))).isPresent();
  }

  private static RoleSessions.Key key(String sessionName) {
    return new RoleSessions.Key(CALLER, "role", "policy", sessionName, List.of("id"));
  }

  @Test
  void oneThatWasGivenUpIsGone() {
    sessions.keep(KEY, opened);
    sessions.forget(KEY);

    assertThat(sessions.find(KEY)).isEmpty();
  }
}
