package software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/**
 * Providers for several threads at once, as Lambda keeps several containers: each runs one
 * invocation at a time and is used again afterwards, unless it threw something.
 */
public final class ProviderPool implements Provider {
  private final Supplier<? extends Provider> factory;
  private final ConcurrentLinkedDeque<Provider> idle = new ConcurrentLinkedDeque<>();

  /** A pool that grows as needed. */
  public ProviderPool(Supplier<? extends Provider> factory) {
    this.factory = factory;
  }

  @Override
  public byte[] invoke(String function, byte[] event) {
    var free = idle.pollFirst();
    var provider = free == null ? factory.get() : free;
    var answer = provider.invoke(function, event);
    idle.addFirst(provider);
    return answer;
  }
}
