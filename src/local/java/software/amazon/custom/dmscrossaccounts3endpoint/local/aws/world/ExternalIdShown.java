package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

/**
 * Where DMS shows an endpoint's external id. The API reference calls it a "value returned by a call
 * to CreateEndpoint"; nobody has published an answer of {@code DescribeEndpoints} that holds one.
 */
public enum ExternalIdShown {
  /** In both. */
  BOTH,
  /** In the answer of {@code CreateEndpoint} only. */
  CREATE_ANSWER,
  /** In the answers of {@code DescribeEndpoints} only. */
  DESCRIBE
}
