package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Wait;

/** Waiting until IAM shows what it was told. */
final class Propagation {

  /**
   * As long as terraform-provider-aws waits ({@code propagationTimeout} in {@code
   * internal/service/iam}).
   */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private Propagation() {}

  /**
   * The wait for something.
   *
   * @param what is made and not shown, such as {@code role x}
   */
  static Wait of(String what) {
    return Wait.of(
        "Waiting for IAM to show " + what,
        LIMIT,
        "IAM made %s and did not show it".formatted(what));
  }
}
