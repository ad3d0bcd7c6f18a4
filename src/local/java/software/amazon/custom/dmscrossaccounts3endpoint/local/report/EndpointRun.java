package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One endpoint in a run.
 *
 * @param arn its ARN, empty where no event told it
 * @param trust the trust policies that its role had, from the oldest to the latest
 */
public record EndpointRun(
    EndpointOfRun subject, String arn, List<OperationRun> operations, TrustHistory trust) {

  /** What people call it: its identifier, as far as it is known. */
  public String name() {
    if (!subject.name().isEmpty()) {
      return subject.name();
    }
    return arn.isEmpty() ? "the endpoint" : arn.substring(arn.lastIndexOf(':') + 1);
  }

  /** Its create, whether it succeeded or not. */
  public Optional<OperationRun> create() {
    return operations.stream().filter(each -> each.action().equals("CREATE")).findFirst();
  }

  /** From the first invocation of its create until that succeeded. */
  public Optional<Duration> timeToReady() {
    return create().filter(OperationRun::succeeded).map(OperationRun::lasted);
  }

  /** How many events it has. */
  public int events() {
    return operations.stream().mapToInt(operation -> operation.events().size()).sum();
  }

  /** How many calls were made for it. */
  public int calls() {
    return operations.stream().mapToInt(OperationRun::calls).sum();
  }
}
