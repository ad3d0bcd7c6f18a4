package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lombok.Builder;
import lombok.With;

/**
 * An endpoint. Its status follows from the time: {@code creating} until it has settled, {@code
 * deleting} until it is gone.
 *
 * @param type {@code source} or {@code target}
 * @param tagging its tags, and since when each is seen
 * @param externalId null where DMS gives none
 * @param settled when it becomes active
 * @param deleted when its deletion began; null while nobody deleted it
 * @param gone when it is gone; null while nobody deleted it
 */
@Builder
@With
public record Endpoint(
    String identifier,
    String resourceIdentifier,
    String arn,
    String type,
    String engine,
    Settings settings,
    Timeline<Map<String, String>> tagging,
    String externalId,
    Instant created,
    Instant settled,
    boolean failed,
    Instant deleted,
    Instant gone) {

  /**
   * What an endpoint connects to.
   *
   * @param s3 null for an endpoint of another engine
   * @param plain what other engines know: server name, port, user, database, attributes
   */
  public record Settings(S3EndpointSettings s3, Map<String, Object> plain) {}

  public Map<String, String> tags() {
    return tagging.latest().orElseThrow();
  }

  /** The tags as they were seen at a moment when the endpoint was there. */
  public Map<String, String> tags(Instant moment) {
    return tagging.asOf(moment).orElse(Map.of());
  }

  Endpoint withTags(Instant now, Map<String, String> changed) {
    return withTagging(tagging.with(now, changed));
  }

  public boolean isS3() {
    return settings.s3() != null;
  }

  public String roleArn() {
    return isS3() ? settings.s3().text("ServiceAccessRoleArn") : null;
  }

  public String status(Instant now) {
    if (deleted != null && !now.isBefore(deleted)) {
      return "deleting";
    }
    if (failed) {
      return "failed";
    }
    return now.isBefore(settled) ? "creating" : "active";
  }

  public Endpoint deleted(Instant now, Duration settleTime) {
    return withDeleted(now).withGone(now.plus(settleTime));
  }

  boolean isThere(Instant moment) {
    return !moment.isBefore(created) && !isGone(moment);
  }

  boolean isGone(Instant now) {
    return gone != null && !now.isBefore(gone);
  }
}
