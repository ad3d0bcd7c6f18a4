package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A replication instance, as far as endpoints need one. */
final class ReplicationInstance {
  private final String identifier;
  private final String arn;
  private final String instanceClass;
  private final Instant created;
  private final Instant settled;
  private Map<String, String> tags;
  private Instant gone;

  ReplicationInstance(
      String identifier,
      String arn,
      String instanceClass,
      Map<String, String> tags,
      Instant created,
      Instant settled) {
    this.identifier = identifier;
    this.arn = arn;
    this.instanceClass = instanceClass;
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

  String instanceClass() {
    return instanceClass;
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

  String status(Instant now) {
    if (gone != null) {
      return "deleting";
    }
    return now.isBefore(settled) ? "creating" : "available";
  }

  void delete(Instant now, Duration settleTime) {
    gone = now.plus(settleTime);
  }

  boolean isGone(Instant now) {
    return gone != null && !now.isBefore(gone);
  }
}
