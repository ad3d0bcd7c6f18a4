package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import java.util.Optional;

/** Result of a query for an endpoint. */
public sealed interface EndpointLookup
    permits FoundEndpoint, EndpointLookup.NotFound, EndpointLookup.NotQueried {

  /** DMS shows no such endpoint. */
  record NotFound() implements EndpointLookup {}

  /** DMS was not queried; the facts of request and context are used. */
  record NotQueried() implements EndpointLookup {}

  /** Returns the endpoint, where DMS shows it. */
  default Optional<FoundEndpoint> found() {
    return this instanceof FoundEndpoint endpoint ? Optional.of(endpoint) : Optional.empty();
  }
}
