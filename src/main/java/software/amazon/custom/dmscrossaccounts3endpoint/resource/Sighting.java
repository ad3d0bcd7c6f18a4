package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import java.util.Optional;

/** What is known of an endpoint that may be there. */
public sealed interface Sighting permits FoundEndpoint, Sighting.Gone, Sighting.NotLooked {

  /** A look has shown none. */
  record Gone() implements Sighting {}

  /** Nobody has looked: what the request and the context know counts. */
  record NotLooked() implements Sighting {}

  /** The endpoint, where it was seen. */
  default Optional<FoundEndpoint> found() {
    return this instanceof FoundEndpoint there ? Optional.of(there) : Optional.empty();
  }
}
