package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value with its past, so that one reader can see it as it is and another as it was before a
 * change had propagated.
 *
 * @param <T> an immutable value
 */
final class Timeline<T> {
  private record Change<T>(Instant at, Optional<T> value) {}

  private final List<Change<T>> changes = new ArrayList<>();

  void put(Instant at, T value) {
    changes.add(new Change<>(at, Optional.of(value)));
  }

  void remove(Instant at) {
    changes.add(new Change<>(at, Optional.empty()));
  }

  Optional<T> latest() {
    return changes.isEmpty() ? Optional.empty() : changes.get(changes.size() - 1).value();
  }

  /** The value that was there at that moment, changes of that very moment included. */
  Optional<T> asOf(Instant moment) {
    for (var i = changes.size() - 1; i >= 0; i--) {
      if (!changes.get(i).at().isAfter(moment)) {
        return changes.get(i).value();
      }
    }
    return Optional.empty();
  }
}
