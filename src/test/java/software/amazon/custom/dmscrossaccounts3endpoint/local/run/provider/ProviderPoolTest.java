package software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProviderPoolTest {
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void oneCallAfterTheOtherIsServedByOneProvider() {
    var pool = new ProviderPool(() -> numbered(made.incrementAndGet()));

    assertThat(pool.invoke(Provider.TYPE_FUNCTION, new byte[0])).containsExactly(1);
    assertThat(pool.invoke(Provider.TYPE_FUNCTION, new byte[0])).containsExactly(1);
  }

  @Test
  void callsAtTheSameTimeAreServedByDifferentProviders() throws Exception {
    var bothAreIn = new CountDownLatch(2);
    var pool =
        new ProviderPool(
            () -> {
              var provider = numbered(made.incrementAndGet());
              return (function, event) -> {
                bothAreIn.countDown();
                return await(bothAreIn) ? provider.invoke(function, event) : new byte[0];
              };
            });
    var threads = Executors.newFixedThreadPool(2);
    try {
      var one = threads.submit(() -> pool.invoke(Provider.TYPE_FUNCTION, new byte[0]));
      var two = threads.submit(() -> pool.invoke(Provider.TYPE_FUNCTION, new byte[0]));

      assertThat(new byte[] {one.get()[0], two.get()[0]}).containsExactlyInAnyOrder(1, 2);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aProviderThatThrewIsNotUsedAgain() {
    var pool =
        new ProviderPool(
            () -> {
              var number = made.incrementAndGet();
              return (function, event) -> {
                if (number == 1) {
                  throw new InvocationAborted("killed");
                }
                return new byte[] {(byte) number};
              };
            });

    assertThatThrownBy(() -> pool.invoke(Provider.TYPE_FUNCTION, new byte[0]))
        .isInstanceOf(InvocationAborted.class);
    assertThat(pool.invoke(Provider.TYPE_FUNCTION, new byte[0])).containsExactly(2);
  }

  private static Provider numbered(int number) {
    return (function, event) -> new byte[] {(byte) number};
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
