package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/** A READ over the local AWS in a container that has answered many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class WarmRead {
  private BenchAws aws;
  private Provider provider;
  private byte[] event;

  /** Creates an endpoint and a container. */
  @Setup
  public void begin() {
    aws = new BenchAws();
    event = aws.read("warm", false);
    provider = new HandlerProvider(line -> {});
  }

  /** Ends the local AWS. */
  @TearDown
  public void end() {
    aws.close();
  }

  /** A READ with all that the runtime does around it. */
  @Benchmark
  public byte[] read() {
    aws.aws().forgetCalls();
    return provider.invoke(Provider.TYPE_FUNCTION, event);
  }

  /** Measures in JVMs of their own, whose temporary files the runtime may delete. */
  static List<List<String>> table(int forks) throws IOException {
    var folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "warm");
    var options =
        new OptionsBuilder()
            .include(WarmRead.class.getName() + ".read$")
            .forks(forks)
            .jvmArgsAppend("-Djava.io.tmpdir=" + folder)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    try {
      var result = new Runner(options).runSingle().getPrimaryResult().getStatistics();
      return List.of(
          List.of("median, ms", "nine of ten within, ms"),
          List.of(milliseconds(result.getPercentile(50)), milliseconds(result.getPercentile(90))));
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String milliseconds(double microseconds) {
    return String.format(Locale.ROOT, "%.2f", microseconds / 1000);
  }
}
