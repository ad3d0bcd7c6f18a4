package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

/**
 * What a client signs with.
 *
 * @param accessKeyId tells the local AWS who calls
 * @param secretAccessKey signs; the local AWS does not check signatures
 * @param sessionToken the token of a session, null for an access key of its own
 */
public record LocalCredentials(String accessKeyId, String secretAccessKey, String sessionToken) {
  /** Never shows the secret, so that a log that prints credentials leaks nothing. */
  @Override
  public String toString() {
    return "LocalCredentials[" + accessKeyId + "]";
  }
}
