package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import java.util.Map;
import lombok.With;

/**
 * A replication instance, as far as endpoints need one.
 *
 * @param gone when it is gone; null while nobody deleted it
 */
@With
public record ReplicationInstance(
    String identifier,
    String arn,
    String instanceClass,
    Map<String, String> tags,
    Instant created,
    Instant settled,
    Instant gone) {

  public String status(Instant now) {
    if (gone != null) {
      return "deleting";
    }
    return now.isBefore(settled) ? "creating" : "available";
  }

  boolean isGone(Instant now) {
    return gone != null && !now.isBefore(gone);
  }
}
