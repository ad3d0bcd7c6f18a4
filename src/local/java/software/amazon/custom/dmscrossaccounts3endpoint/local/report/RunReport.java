package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * A run as data. The page holds it as JSON; every time is in seconds since the run began.
 *
 * @param held whether every step held
 * @param message how the run ended, for people
 * @param failedStep the step that did not hold; empty where none failed or steps have no names
 * @param began when the run began, in ISO 8601
 * @param seconds how long it took
 * @param otherCalls calls that no event of an endpoint holds
 * @param left resources at the end that were not there at the start, account by account
 */
public record RunReport(
    RunFacts facts,
    boolean held,
    String message,
    String failedStep,
    String began,
    double seconds,
    List<Endpoint> endpoints,
    List<Call> otherCalls,
    List<AccountLeft> left) {

  /** The status of an event that stands for an answer that never came. */
  static final String NO_ANSWER = "NO_ANSWER";

  /**
   * An endpoint of the run.
   *
   * @param group its environment; empty where the run has no groups
   * @param arn empty where no event told it
   * @param role name of its role; empty where none was created
   * @param ready seconds from the first invocation of its create to the success; null without one
   * @param trust the trust policies of its role, oldest first
   */
  public record Endpoint(
      String name,
      String group,
      String arn,
      String role,
      Double ready,
      List<Operation> operations,
      List<TrustVersion> trust) {}

  /**
   * One operation of CloudFormation on one endpoint.
   *
   * @param at when the provider was called first
   * @param status status of the last event
   */
  public record Operation(
      String name,
      String action,
      double at,
      String status,
      List<Phase> phases,
      List<Event> events) {

    /** Returns the time of the last event. */
    double end() {
      return events.get(events.size() - 1).at();
    }

    /** Returns how long the operation took. */
    double lasted() {
      return end() - at;
    }
  }

  /** A time in which an operation had one phase. */
  public record Phase(String name, double from, double to) {}

  /**
   * A progress event.
   *
   * @param status as the provider told it, or {@code NO_ANSWER}
   * @param calls calls of the invocation that the event ended
   */
  public record Event(
      double at, String status, String phase, String errorCode, String message, List<Call> calls) {}

  /**
   * A call to AWS, without its parameters.
   *
   * @param error error code of the answer; empty when the call succeeded
   */
  public record Call(double at, String service, String operation, String error) {}

  /** A trust policy as IAM took it, and the call that set it. */
  public record TrustVersion(double at, String operation, List<String> lines) {}

  /** Resources that are left in an account. */
  public record AccountLeft(String account, String use, List<String> arns) {}

  /** Returns all events of all endpoints. */
  Stream<Event> events() {
    return endpoints.stream()
        .flatMap(endpoint -> endpoint.operations().stream())
        .flatMap(operation -> operation.events().stream());
  }

  /** Returns all calls, in no order. */
  Stream<Call> calls() {
    return Stream.concat(events().flatMap(event -> event.calls().stream()), otherCalls.stream());
  }
}
