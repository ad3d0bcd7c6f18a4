package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Bucket;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Identity;

/**
 * A call whose caller is known.
 *
 * @param region the Region that the signature names; DMS keeps what it is asked for there
 */
public record Request(
    String service,
    String operation,
    String region,
    Identity caller,
    Parameters parameters,
    Authorizer authorizer) {
  public String account() {
    return caller.account();
  }

  /**
   * Ends the call unless its caller may do that.
   *
   * @throws AwsFault in the words of the service that was called
   */
  public void demand(String action, String resource, ContextKeys keys) {
    authorizer.demand(this, action, resource, keys);
  }

  /** The same for an object of a bucket, or for the bucket itself. */
  public void demand(String action, Bucket bucket, String resource, ContextKeys keys) {
    authorizer.demand(this, action, bucket, resource, keys);
  }

  public void demand(String action, String resource) {
    demand(action, resource, new ContextKeys());
  }
}
