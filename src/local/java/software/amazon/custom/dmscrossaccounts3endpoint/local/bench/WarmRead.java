package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/** A READ in a container that has answered many, and its calls alone, over the local AWS. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class WarmRead {
  private BenchWorld world;
  private Provider provider;
  private byte[] event;
  private Runnable calls;

  /** Makes an endpoint and a container. */
  @Setup
  public void begin() {
    world = new BenchWorld();
    event = world.read("warm", false);
    provider = new HandlerProvider(line -> {});
    calls = world.callsOfARead("warm");
  }

  /** Ends the local AWS. */
  @TearDown
  public void end() {
    world.close();
  }

  /** A READ with all that the runtime does around it. */
  @Benchmark
  public byte[] read() {
    world.forgetCalls();
    return provider.invoke(Provider.TYPE_FUNCTION, event);
  }

  /** The same calls with clients of the SDK on the same HTTP client. */
  @Benchmark
  public void callsAlone() {
    world.forgetCalls();
    calls.run();
  }
}
