package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The calls so far, in the order in which they were answered. */
final class CallLog {
  private final List<Call> calls = new ArrayList<>();
  private final List<Consumer<Call>> observers = new ArrayList<>();

  void add(Call call) {
    calls.add(call);
    List.copyOf(observers).forEach(observer -> observer.accept(call));
  }

  void observe(Consumer<Call> observer) {
    observers.add(observer);
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  void forget() {
    calls.clear();
  }
}
