package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Event;

/** Something that happened in a run. */
sealed interface Recorded {

  /** Its place in the order of all that happened; in virtual time many things have one moment. */
  int number();

  /** When it happened. */
  Instant at();

  /**
   * The provider is called.
   *
   * @param token the same for all invocations of one operation
   * @param name of the operation, as people read it
   * @param model what is asked for
   */
  record Asked(int number, Instant at, String token, String name, String action, ObjectNode model)
      implements Recorded {}

  /** It answered. */
  record Answered(int number, Event event) implements Recorded {
    @Override
    public Instant at() {
      return event.at();
    }
  }

  /** It did not. */
  record Unanswered(int number, Instant at, String reason) implements Recorded {}

  /** A call reached AWS. */
  record Called(int number, Call call) implements Recorded {
    @Override
    public Instant at() {
      return call.at();
    }
  }
}
