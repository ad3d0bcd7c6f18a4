package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A replication task that never runs: it is there so that its endpoints are in use. */
final class ReplicationTask {
  private final String identifier;
  private final String arn;
  private final String sourceArn;
  private final String targetArn;
  private final String instanceArn;
  private final String migrationType;
  private final String tableMappings;
  private final Instant created;
  private final Instant settled;
  private Map<String, String> tags;
  private Instant gone;

  ReplicationTask(
      String identifier,
      String arn,
      String sourceArn,
      String targetArn,
      String instanceArn,
      String migrationType,
      String tableMappings,
      Map<String, String> tags,
      Instant created,
      Instant settled) {
    this.identifier = identifier;
    this.arn = arn;
    this.sourceArn = sourceArn;
    this.targetArn = targetArn;
    this.instanceArn = instanceArn;
    this.migrationType = migrationType;
    this.tableMappings = tableMappings;
    this.tags = tags;
    this.created = created;
    this.settled = settled;
  }

  String identifier() {
    return identifier;
  }

  String arn() {
    return arn;
  }

  String sourceArn() {
    return sourceArn;
  }

  String targetArn() {
    return targetArn;
  }

  String instanceArn() {
    return instanceArn;
  }

  String migrationType() {
    return migrationType;
  }

  String tableMappings() {
    return tableMappings;
  }

  Instant created() {
    return created;
  }

  Map<String, String> tags() {
    return tags;
  }

  void tags(Map<String, String> changed) {
    tags = changed;
  }

  boolean uses(String endpointArn) {
    return sourceArn.equals(endpointArn) || targetArn.equals(endpointArn);
  }

  String status(Instant now) {
    if (gone != null) {
      return "deleting";
    }
    return now.isBefore(settled) ? "creating" : "ready";
  }

  void delete(Instant now, Duration settleTime) {
    gone = now.plus(settleTime);
  }

  boolean isGone(Instant now) {
    return gone != null && !now.isBefore(gone);
  }
}
