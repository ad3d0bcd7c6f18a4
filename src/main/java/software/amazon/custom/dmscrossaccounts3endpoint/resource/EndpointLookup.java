package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import java.util.Optional;

/** What is known of an endpoint that may be there. */
public sealed interface EndpointLookup
    permits FoundEndpoint, EndpointLookup.NotFound, EndpointLookup.NotQueried {

  /** A look has shown none. */
  record NotFound() implements EndpointLookup {}

  /** Nobody has looked: what the request and the context know counts. */
  record NotQueried() implements EndpointLookup {}

  /** The endpoint, where it was seen. */
  default Optional<FoundEndpoint> found() {
    return this instanceof FoundEndpoint there ? Optional.of(there) : Optional.empty();
  }
}
