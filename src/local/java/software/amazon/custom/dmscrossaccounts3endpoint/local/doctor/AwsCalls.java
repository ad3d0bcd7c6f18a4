package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;

/** The doctor's own calls, which fail as those of the type do. */
final class AwsCalls {

  private AwsCalls() {}

  /**
   * Makes a call.
   *
   * @param action the IAM action that it needs
   * @param caller who calls, in words for the user
   * @throws AwsCallException whatever goes wrong
   */
  static <T> T made(String action, String caller, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new AwsCallException(action, caller, e);
    }
  }

  /** Why a call failed, in one line. */
  static String whatAwsSays(AwsCallException e) {
    var message = e.awsMessage().strip().replaceAll("\\s+", " ");
    return e.isAnswered() ? message : message + " (" + e.reference() + ")";
  }
}
