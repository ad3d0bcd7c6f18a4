package software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import software.amazon.custom.dmscrossaccounts3endpoint.HandlerWrapper;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/**
 * The provider in this JVM, entered where Lambda enters it. Like a Lambda container it runs one
 * invocation at a time; {@link ProviderPool} has one for each thread.
 *
 * <p>The runtime empties {@code java.io.tmpdir} at every invocation of {@link #TYPE_FUNCTION}.
 * Outside Lambda the wrapper sets that property to a folder of its own, which stays until the JVM
 * ends.
 */
public final class HandlerProvider implements Provider {
  private final HandlerWrapper wrapper;
  private final Consumer<String> log;

  /** A provider whose deadlines run by the machine's clock. */
  public HandlerProvider(Consumer<String> log) {
    this(Time.ofMachine(), log);
  }

  /**
   * A provider whose deadlines run by this time.
   *
   * @param time what deadlines run by, and what a handler lets pass within an invocation
   */
  public HandlerProvider(Time time, Consumer<String> log) {
    this.wrapper = new HandlerWrapper(time, true);
    this.log = log;
  }

  @Override
  public byte[] invoke(String function, byte[] event) {
    var input = new ByteArrayInputStream(event);
    var output = new ByteArrayOutputStream();
    var context = FunctionContext.of(function, log);
    try {
      switch (function) {
        case TYPE_FUNCTION -> wrapper.handleRequest(input, output, context);
        case TEST_ENTRYPOINT -> wrapper.testEntrypoint(input, output, context);
        default -> throw new IllegalArgumentException("no function is named " + function);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return output.toByteArray();
  }
}
