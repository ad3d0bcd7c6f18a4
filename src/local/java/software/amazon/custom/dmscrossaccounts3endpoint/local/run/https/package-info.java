/**
 * AWS's own host names over TLS, for tools that do not take {@code AWS_ENDPOINT_URL}. The
 * CloudFormation CLI is one: it builds the URL of STS itself ({@code
 * rpdk.core.boto_helpers.get_service_endpoint}).
 */
package software.amazon.custom.dmscrossaccounts3endpoint.local.run.https;
