package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.time.Instant;

/** Clock of the calls to AWS: the machine's, or a virtual one. */
public interface CallClock {

  /** Returns the present moment. */
  Instant now();

  /**
   * Returns the time that the SDK has to sleep by itself before a retry, in order to wait this
   * long. A virtual clock lets the time pass here and returns zero.
   */
  default Duration left(Duration wait) {
    return wait;
  }

  /**
   * Returns the time of the machine after which the SDK breaks off a call, for a call that may take
   * this long by this clock.
   */
  default Duration timeout(Duration limit) {
    return limit;
  }
}
