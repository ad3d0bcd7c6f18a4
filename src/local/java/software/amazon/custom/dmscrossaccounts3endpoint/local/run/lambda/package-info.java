/** The part of the Lambda API that the CloudFormation CLI and {@code aws lambda invoke} use. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.run.lambda;
