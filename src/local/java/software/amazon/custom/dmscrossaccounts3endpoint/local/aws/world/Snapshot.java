package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;

/**
 * What was in all accounts of a local AWS at one moment. It never changes, and any number of local
 * AWSs can go on from it.
 */
public final class Snapshot {
  private final Instant moment;
  private final State state;

  Snapshot(Instant moment, State state) {
    this.moment = moment;
    this.state = state;
  }

  Instant moment() {
    return moment;
  }

  /** Never to be changed: take a copy. */
  State state() {
    return state;
  }
}
