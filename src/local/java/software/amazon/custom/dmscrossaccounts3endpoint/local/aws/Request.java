package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

/**
 * A call whose caller is known.
 *
 * @param region the Region that the signature names; DMS keeps what it is asked for there
 */
record Request(
    String service,
    String operation,
    String region,
    Identity caller,
    Parameters parameters,
    Authorizer authorizer) {
  String account() {
    return caller.account();
  }

  /**
   * Ends the call unless its caller may do that.
   *
   * @throws AwsFault in the words of the service that was called
   */
  void demand(String action, String resource, ContextKeys keys) {
    authorizer.demand(this, action, resource, keys);
  }

  void demand(String action, String resource) {
    demand(action, resource, new ContextKeys());
  }
}
