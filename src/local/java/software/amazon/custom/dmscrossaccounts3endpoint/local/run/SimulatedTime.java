package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.time.Duration;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/** Virtual time, in which the SDK's delays pass as well. */
public interface SimulatedTime extends Time {

  @Override
  default Duration left(Duration wait) {
    pass(wait);
    return Duration.ZERO;
  }

  /** Returns an hour of the machine, because no time limit is reached in virtual time. */
  @Override
  default Duration timeout(Duration limit) {
    return Duration.ofHours(1);
  }
}
