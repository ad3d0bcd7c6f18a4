package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The calls so far, in the order in which they were answered. */
public final class CallLog {
  private final List<Call> calls = new ArrayList<>();
  private final List<Consumer<Call>> observers = new ArrayList<>();

  void add(Call call) {
    calls.add(call);
    List.copyOf(observers).forEach(observer -> observer.accept(call));
  }

  public void observe(Consumer<Call> observer) {
    observers.add(observer);
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  public void forget() {
    calls.clear();
  }
}
