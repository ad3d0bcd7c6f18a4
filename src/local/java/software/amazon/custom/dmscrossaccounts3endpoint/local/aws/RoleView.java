package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A role as IAM holds it, for drivers and tests that look behind the API.
 *
 * @param trust the decoded trust policy
 * @param boundary the permissions boundary's ARN or null
 * @param attached ARNs of attached managed policies, in the order of attachment
 * @param inline decoded inline policies by name
 */
public record RoleView(
    String name,
    String path,
    String arn,
    JsonNode trust,
    String boundary,
    Map<String, String> tags,
    List<String> attached,
    Map<String, JsonNode> inline) {}
