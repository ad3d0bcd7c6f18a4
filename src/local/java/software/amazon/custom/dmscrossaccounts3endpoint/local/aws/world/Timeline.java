package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value with its past, so that one reader can see it as it is and another as it was before a
 * change had propagated. Immutable.
 *
 * @param changes from the oldest to the latest
 * @param <T> an immutable value
 */
public record Timeline<T>(List<Change<T>> changes) {
  /** What came to be at a moment; empty where the value was removed. */
  record Change<T>(Instant at, Optional<T> value) {}

  public static <T> Timeline<T> empty() {
    return new Timeline<>(List.of());
  }

  public Timeline<T> with(Instant at, T value) {
    return and(new Change<>(at, Optional.of(value)));
  }

  Timeline<T> without(Instant at) {
    return and(new Change<>(at, Optional.empty()));
  }

  private Timeline<T> and(Change<T> change) {
    var all = new ArrayList<>(changes);
    all.add(change);
    return new Timeline<>(List.copyOf(all));
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
