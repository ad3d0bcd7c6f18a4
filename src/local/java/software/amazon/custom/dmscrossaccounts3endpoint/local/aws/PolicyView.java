package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A customer managed policy as IAM holds it.
 *
 * @param document the decoded default version
 * @param versions how many versions there are
 */
public record PolicyView(
    String arn, String path, JsonNode document, int versions, Map<String, String> tags) {}
