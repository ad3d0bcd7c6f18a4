package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All access keys of all accounts, and who they belong to. */
public final class AccessKeys {
  /** Why a key tells nobody. */
  public enum Refusal {
    UNKNOWN,
    EXPIRED
  }

  /** Either who calls or why nobody does. */
  public record Lookup(Identity identity, Refusal refusal) {}

  private final Map<String, Identity> identities = new HashMap<>();

  /** Others with the same keys. */
  AccessKeys copy() {
    var copy = new AccessKeys();
    copy.identities.putAll(identities);
    return copy;
  }

  /** The access key of the account's administrator. */
  public Optional<LocalCredentials> administrator(String account) {
    return identities.values().stream()
        .filter(identity -> identity.isAdministrator() && identity.expires() == null)
        .filter(identity -> identity.account().equals(account))
        .map(Identity::credentials)
        .findFirst();
  }

  public void add(Identity identity) {
    identities.put(identity.credentials().accessKeyId(), identity);
  }

  /** The secret keys and the session tokens of all. */
  public Set<String> secrets() {
    return identities.values().stream()
        .map(Identity::credentials)
        .flatMap(c -> Stream.of(c.secretAccessKey(), c.sessionToken()))
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }

  public Lookup find(String accessKeyId, Optional<String> sessionToken, Instant now) {
    var identity = identities.get(accessKeyId);
    if (identity == null
        || !Objects.equals(identity.credentials().sessionToken(), sessionToken.orElse(null))) {
      return new Lookup(null, Refusal.UNKNOWN);
    }
    if (identity.expires() != null && !now.isBefore(identity.expires())) {
      return new Lookup(null, Refusal.EXPIRED);
    }
    return new Lookup(identity, null);
  }
}
