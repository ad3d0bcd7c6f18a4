package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which calls go wrong, and how. Calls are told apart by their position since {@link #reset()}, so
 * that the same plan strikes the same calls of a driver that calls in the same order. Thread-safe.
 *
 * <pre>{@code
 * aws.faults().reset()
 *     .onCall(7, Fault.lost())
 *     .onOperation("iam", "CreateRole", 1, Fault.throttled(3))
 *     .on(call -> call.service().equals("dms") && call.ordinal() > 20, Fault.refused());
 * }</pre>
 *
 * <p>A rule strikes the first call that it matches; one that strikes several times holds on to that
 * call's operation. Of several rules that match, the one that was added first strikes.
 */
public final class FaultPlan {
  /**
   * Where a call stands.
   *
   * @param ordinal its number among all calls, from 1
   * @param occurrence its number among the calls of this operation, from 1
   */
  public record Position(int ordinal, String service, String operation, int occurrence) {
    /** The usual spelling, for instance {@code iam:CreateRole}. */
    public String action() {
      return service + ":" + operation;
    }
  }

  private static final class Rule {
    private final Predicate<Position> where;
    private final Fault fault;
    private int left;
    private String heldAction;

    private Rule(Predicate<Position> where, Fault fault) {
      this.where = where;
      this.fault = fault;
      this.left = fault.times();
    }

    private boolean strikes(Position position) {
      if (left == 0) {
        return false;
      }
      if (heldAction == null ? !where.test(position) : !heldAction.equals(position.action())) {
        return false;
      }
      heldAction = position.action();
      left--;
      return true;
    }
  }

  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Integer> occurrences = new HashMap<>();
  private final List<Position> struck = new ArrayList<>();
  private final List<Consumer<Call>> onKill = new ArrayList<>();
  private int count;
  private boolean killed;

  public FaultPlan() {}

  /** Forgets all rules and listeners, counts from the beginning, and lets callers live. */
  public synchronized FaultPlan reset() {
    rules.clear();
    occurrences.clear();
    struck.clear();
    onKill.clear();
    count = 0;
    killed = false;
    return this;
  }

  /** Adds a rule for the first call that stands where {@code where} says. */
  public synchronized FaultPlan on(Predicate<Position> where, Fault fault) {
    rules.add(new Rule(where, fault));
    return this;
  }

  /** Adds a rule for the call with that number, from 1. */
  public FaultPlan onCall(int ordinal, Fault fault) {
    return on(position -> position.ordinal() == ordinal, fault);
  }

  /** Adds a rule for the next call of an operation. */
  public FaultPlan onOperation(String service, String operation, Fault fault) {
    return on(position -> position.action().equals(service + ":" + operation), fault);
  }

  /** Adds a rule for the call of an operation with that number, from 1. */
  public FaultPlan onOperation(String service, String operation, int occurrence, Fault fault) {
    return on(
        position ->
            position.action().equals(service + ":" + operation)
                && position.occurrence() == occurrence,
        fault);
  }

  /**
   * Adds a listener that hears of a {@link Fault.Kind#KILL} right after the call took effect and
   * before anything is answered.
   */
  public synchronized FaultPlan onKill(Consumer<Call> listener) {
    onKill.add(listener);
    return this;
  }

  /** Whether a caller was killed and not revived since. */
  public synchronized boolean killed() {
    return killed;
  }

  /** Lets calls through again: the next invocation begins. */
  public synchronized FaultPlan revive() {
    killed = false;
    return this;
  }

  /** How many calls there were since {@link #reset()}. */
  public synchronized int count() {
    return count;
  }

  /** The calls that went wrong since {@link #reset()}, in order. */
  public synchronized List<Position> struck() {
    return List.copyOf(struck);
  }

  /** Counts a call and says what goes wrong with it. */
  synchronized Optional<Fault> next(String service, String operation) {
    count++;
    var occurrence = occurrences.merge(service + ":" + operation, 1, Integer::sum);
    var position = new Position(count, service, operation, occurrence);
    for (var rule : rules) {
      if (rule.strikes(position)) {
        struck.add(position);
        return Optional.of(rule.fault);
      }
    }
    return Optional.empty();
  }

  synchronized void kill(Call call) {
    killed = true;
    List.copyOf(onKill).forEach(listener -> listener.accept(call));
  }
}
