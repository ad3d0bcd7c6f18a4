package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

/**
 * What DMS does with a {@code CreateEndpoint} whose role, in another account, does not yet ask for
 * the endpoint's {@code ExternalId} in its trust policy.
 *
 * <p>The API reference only says that the answer holds an {@code ExternalId} to be "used for
 * cross-account validation ... on a subsequent call to CreateEndpoint". Whether the first call
 * keeps the endpoint is not documented, so every plausible behaviour has a dialect.
 */
public enum HandshakeDialect {
  /** Answered with the endpoint and its external id; nothing is kept. */
  NOTHING_KEPT,
  /** Answered, kept, and the endpoint becomes {@code active}. */
  KEPT_ACTIVE,
  /** Answered and kept as {@code failed}; it stays so until it is deleted. */
  KEPT_FAILED,
  /**
   * Denied with {@code AccessDeniedFault}, yet the endpoint is there, {@code failed}, with an id.
   * Where only answers of {@code CreateEndpoint} show the id, only the first call is denied: the id
   * could never be learned otherwise.
   */
  DENIED_THEN_FAILED,
  /**
   * Nothing is kept, and the second answered call hands out another id than the first; from then on
   * the id stays.
   */
  NEW_ID_ON_SECOND_CALL
}
