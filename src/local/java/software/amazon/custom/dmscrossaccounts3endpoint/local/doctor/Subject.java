package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;

/**
 * What a check looks at; makes its findings.
 *
 * @param environment of the type configuration; empty for what belongs to none
 * @param what name of it, for the user
 */
record Subject(Optional<String> environment, String what) {

  /** Something that belongs to no environment. */
  static Subject ofNone(String what) {
    return new Subject(Optional.empty(), what);
  }

  static Subject of(String environment, String what) {
    return new Subject(Optional.of(environment), what);
  }

  Finding ok(String detail) {
    return new Finding(environment, what, Verdict.OK, detail, Optional.empty());
  }

  Finding broken(String detail, String next) {
    return new Finding(environment, what, Verdict.BROKEN, detail, Optional.of(next));
  }

  Finding unknown(String detail) {
    return new Finding(environment, what, Verdict.UNKNOWN, detail, Optional.empty());
  }

  /** Looks; where AWS does not let the caller look, or does not answer, that is the finding. */
  List<Finding> look(Supplier<List<Finding>> look) {
    try {
      return look.get();
    } catch (AwsCallException e) {
      return List.of(notChecked(e));
    } catch (HandlerException e) {
      return List.of(unknown("not checked: " + e.getMessage()));
    }
  }

  Finding notChecked(AwsCallException e) {
    return unknown("not checked: " + AwsCalls.whatAwsSays(e));
  }
}
