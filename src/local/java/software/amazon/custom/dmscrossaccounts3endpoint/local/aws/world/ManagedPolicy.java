package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lombok.Builder;
import lombok.With;

/**
 * A customer managed policy at one moment.
 *
 * @param versions from the oldest to the newest
 * @param nextVersion the number that the next version gets; numbers are never used again
 */
@Builder
@With
public record ManagedPolicy(
    String name,
    String path,
    String id,
    String arn,
    Instant created,
    Instant updated,
    String description,
    Map<String, String> tags,
    List<Version> versions,
    String defaultVersionId,
    int nextVersion) {
  /** At most so many versions of a managed policy are kept (IAM User Guide, quotas). */
  public static final int MOST_VERSIONS = 5;

  public record Version(String id, String document, Instant created) {}

  public Optional<Version> version(String versionId) {
    return versions.stream().filter(version -> version.id().equals(versionId)).findFirst();
  }

  public Version defaultVersion() {
    return version(defaultVersionId).orElseThrow();
  }
}
