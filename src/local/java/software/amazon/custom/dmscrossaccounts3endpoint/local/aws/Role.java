package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A role at one moment.
 *
 * @param boundary the permissions boundary's ARN or null
 * @param attached ARNs of managed policies in the order of attachment
 * @param inline inline policies' texts by name
 */
record Role(
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
  static final int DEFAULT_SESSION_DURATION = 3600;

  Role withTrust(String changed) {
    return new Role(
        name,
        path,
        id,
        arn,
        created,
        changed,
        description,
        maxSessionDuration,
        boundary,
        tags,
        attached,
        inline);
  }

  Role withDescription(String changed) {
    return new Role(
        name,
        path,
        id,
        arn,
        created,
        trust,
        changed,
        maxSessionDuration,
        boundary,
        tags,
        attached,
        inline);
  }

  Role withMaxSessionDuration(int changed) {
    return new Role(
        name,
        path,
        id,
        arn,
        created,
        trust,
        description,
        changed,
        boundary,
        tags,
        attached,
        inline);
  }

  Role withBoundary(String changed) {
    return new Role(
        name,
        path,
        id,
        arn,
        created,
        trust,
        description,
        maxSessionDuration,
        changed,
        tags,
        attached,
        inline);
  }

  Role withTags(Map<String, String> changed) {
    return new Role(
        name,
        path,
        id,
        arn,
        created,
        trust,
        description,
        maxSessionDuration,
        boundary,
        changed,
        attached,
        inline);
  }

  Role withAttached(List<String> changed) {
    return new Role(
        name,
        path,
        id,
        arn,
        created,
        trust,
        description,
        maxSessionDuration,
        boundary,
        tags,
        changed,
        inline);
  }

  Role withInline(Map<String, String> changed) {
    return new Role(
        name,
        path,
        id,
        arn,
        created,
        trust,
        description,
        maxSessionDuration,
        boundary,
        tags,
        attached,
        changed);
  }

  PolicyDocument trustPolicy() {
    return PolicyParser.parse(trust, PolicyParser.Kind.TRUST);
  }
}
