package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.time.Instant;
import java.util.Map;
import lombok.With;

/**
 * A replication instance, as far as endpoints need one.
 *
 * @param gone when it is gone; null while nobody deleted it
 */
@With
record ReplicationInstance(
    String identifier,
    String arn,
    String instanceClass,
    Map<String, String> tags,
    Instant created,
    Instant settled,
    Instant gone) {

  String status(Instant now) {
    if (gone != null) {
      return "deleting";
    }
    return now.isBefore(settled) ? "creating" : "available";
  }

  boolean isGone(Instant now) {
    return gone != null && !now.isBefore(gone);
  }
}
