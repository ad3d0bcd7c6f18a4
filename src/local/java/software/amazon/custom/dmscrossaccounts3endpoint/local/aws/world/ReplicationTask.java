package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import java.util.Map;
import lombok.Builder;
import lombok.With;

/**
 * A replication task that never runs: it is there so that its endpoints are in use.
 *
 * @param gone when it is gone; null while nobody deleted it
 */
@Builder
@With
public record ReplicationTask(
    String identifier,
    String arn,
    String sourceArn,
    String targetArn,
    String instanceArn,
    String migrationType,
    String tableMappings,
    Map<String, String> tags,
    Instant created,
    Instant settled,
    Instant gone) {

  public boolean uses(String endpointArn) {
    return sourceArn.equals(endpointArn) || targetArn.equals(endpointArn);
  }

  public String status(Instant now) {
    if (gone != null) {
      return "deleting";
    }
    return now.isBefore(settled) ? "creating" : "ready";
  }

  boolean isGone(Instant now) {
    return gone != null && !now.isBefore(gone);
  }
}
