/**
 * An AWS on loopback: IAM, STS and DMS for any number of accounts in one process, over their real
 * wire protocols. {@link software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws} is
 * the way in; everything else is either a value it takes or gives, or a room behind it.
 *
 * <p>What travels is decided by the service models (as shipped with botocore and the AWS SDK); what
 * DMS does beyond its model is decided by {@code HandshakeDialect} and the options of {@code
 * LocalAwsBuilder}, because no public source says which of the possible behaviours is the real one.
 */
package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;
