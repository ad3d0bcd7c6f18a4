package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * An endpoint. Its status follows from the time: {@code creating} until it has settled, {@code
 * deleting} until it is gone.
 */
final class Endpoint {
  private final String identifier;
  private final String resourceIdentifier;
  private final String arn;
  private final String type;
  private final String engine;
  private final Instant settled;
  private final boolean failed;
  private final String externalId;
  private final Instant created;
  private final Timeline<Map<String, String>> tags = new Timeline<>();
  private Settings settings;
  private Instant deleted;
  private Instant gone;

  /**
   * What an endpoint connects to.
   *
   * @param s3 null for an endpoint of another engine
   * @param plain what other engines know: server name, port, user, database, attributes
   */
  record Settings(S3EndpointSettings s3, Map<String, Object> plain) {}

  /**
   * @param type {@code source} or {@code target}
   * @param created when it was created
   * @param settled when it becomes active
   * @param tagged when its tags are seen
   */
  Endpoint(
      String identifier,
      String resourceIdentifier,
      String arn,
      String type,
      String engine,
      Settings settings,
      Map<String, String> tags,
      String externalId,
      Instant created,
      Instant settled,
      Instant tagged,
      boolean failed) {
    this.identifier = identifier;
    this.resourceIdentifier = resourceIdentifier;
    this.arn = arn;
    this.type = type;
    this.engine = engine;
    this.settings = settings;
    this.created = created;
    this.tags.put(created, Map.of());
    this.tags.put(tagged, tags);
    this.externalId = externalId;
    this.settled = settled;
    this.failed = failed;
  }

  String identifier() {
    return identifier;
  }

  String resourceIdentifier() {
    return resourceIdentifier;
  }

  String arn() {
    return arn;
  }

  String type() {
    return type;
  }

  String engine() {
    return engine;
  }

  String externalId() {
    return externalId;
  }

  Settings settings() {
    return settings;
  }

  void settings(Settings changed) {
    settings = changed;
  }

  Map<String, String> tags() {
    return tags.latest().orElseThrow();
  }

  /** The tags as they were seen at a moment when the endpoint was there. */
  Map<String, String> tags(Instant moment) {
    return tags.asOf(moment).orElse(Map.of());
  }

  void tags(Instant now, Map<String, String> changed) {
    tags.put(now, changed);
  }

  boolean isS3() {
    return settings.s3() != null;
  }

  String roleArn() {
    return isS3() ? settings.s3().text("ServiceAccessRoleArn") : null;
  }

  String status(Instant now) {
    if (deleted != null && !now.isBefore(deleted)) {
      return "deleting";
    }
    if (failed) {
      return "failed";
    }
    return now.isBefore(settled) ? "creating" : "active";
  }

  void delete(Instant now, Duration settleTime) {
    deleted = now;
    gone = now.plus(settleTime);
  }

  boolean isThere(Instant moment) {
    return !moment.isBefore(created) && !isGone(moment);
  }

  boolean isGone(Instant now) {
    return gone != null && !now.isBefore(gone);
  }
}
