package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Wait;

/** Wait until a change in IAM has propagated. */
final class Propagation {

  /**
   * Longest wait: the same as that of terraform-provider-aws ({@code propagationTimeout} in {@code
   * internal/service/iam}).
   */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private Propagation() {}

  /**
   * Returns the wait until IAM shows a resource.
   *
   * @param name created resource, such as {@code role x}
   */
  static Wait of(String name) {
    return Wait.of("Waiting for IAM to show " + name, LIMIT, "IAM did not show %s".formatted(name));
  }
}
