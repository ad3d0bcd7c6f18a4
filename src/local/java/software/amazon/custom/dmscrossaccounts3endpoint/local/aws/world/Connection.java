package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import lombok.With;

/**
 * A connection test of an endpoint from a replication instance.
 *
 * @param done when the test ends
 * @param failure set when it was decided at the start that the test fails, else null
 * @param deleted when the connection is gone, null while nobody deleted it
 */
public record Connection(
    String endpointArn, String instanceArn, Instant done, String failure, @With Instant deleted) {
  public boolean isTesting(Instant now) {
    return deleted == null && now.isBefore(done);
  }

  boolean isGone(Instant now) {
    return deleted != null && !now.isBefore(deleted);
  }

  boolean isBetween(String endpoint, String instance) {
    return endpointArn.equals(endpoint) && instanceArn.equals(instance);
  }
}
