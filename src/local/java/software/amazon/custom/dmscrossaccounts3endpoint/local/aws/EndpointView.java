package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.util.Map;

/**
 * An endpoint as DMS holds it.
 *
 * @param settings the S3 settings as {@code DescribeEndpoints} spells them, by member name
 * @param externalId null for an endpoint that has none
 */
public record EndpointView(
    String arn,
    String identifier,
    String status,
    Map<String, Object> settings,
    String externalId,
    Map<String, String> tags,
    String region) {}
