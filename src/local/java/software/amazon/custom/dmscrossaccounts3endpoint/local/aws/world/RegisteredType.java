package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lombok.With;

/**
 * A private resource type of one account and Region, at one moment.
 *
 * @param versions from the oldest to the newest, deregistered ones included: numbers are never used
 *     again
 * @param configuration its default configuration, null for none
 */
@With
public record RegisteredType(
    String name,
    String arn,
    List<TypeVersion> versions,
    String defaultVersionId,
    String configuration) {

  /** A type before its first version. */
  public static RegisteredType unversioned(String name, String arn) {
    return new RegisteredType(name, arn, List.of(), null, null);
  }

  /** The id that the next version gets. */
  public String nextVersionId() {
    return "%08d".formatted(versions.size() + 1);
  }

  /** With one more version, which is the default where no other is live. */
  public RegisteredType and(TypeVersion version) {
    var more = new ArrayList<>(versions);
    more.add(version);
    var first = versions.stream().noneMatch(TypeVersion::live);
    return withVersions(List.copyOf(more))
        .withDefaultVersionId(first ? version.id() : defaultVersionId);
  }

  /** The type without a version in use, which is kept and shown as deprecated. */
  public RegisteredType deregistered(TypeVersion version) {
    return withVersions(
        versions.stream()
            .map(other -> other.id().equals(version.id()) ? other.withLive(false) : other)
            .toList());
  }

  /** The versions whose registration is complete. */
  public List<TypeVersion> versions(Instant now) {
    return versions.stream().filter(version -> version.isThere(now)).toList();
  }

  public List<TypeVersion> live(Instant now) {
    return versions(now).stream().filter(TypeVersion::live).toList();
  }

  public Optional<TypeVersion> version(String id, Instant now) {
    return versions(now).stream().filter(version -> version.id().equals(id)).findFirst();
  }

  public boolean isDefault(TypeVersion version) {
    return version.id().equals(defaultVersionId);
  }
}
