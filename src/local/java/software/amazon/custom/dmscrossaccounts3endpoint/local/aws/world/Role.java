package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lombok.Builder;
import lombok.With;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;

/**
 * A role at one moment.
 *
 * @param boundary the permissions boundary's ARN or null
 * @param attached ARNs of managed policies in the order of attachment
 * @param inline inline policies' texts by name
 */
@Builder
@With
public record Role(
    String name,
    String path,
    String id,
    String arn,
    Instant created,
    String trust,
    String description,
    int maxSessionDuration,
    String boundary,
    Map<String, String> tags,
    List<String> attached,
    Map<String, String> inline) {
  /** What IAM gives a role that was not told how long its sessions may last. */
  public static final int DEFAULT_SESSION_DURATION = 3600;

  public PolicyDocument trustPolicy() {
    return PolicyParser.parse(trust, PolicyParser.Kind.TRUST);
  }
}
