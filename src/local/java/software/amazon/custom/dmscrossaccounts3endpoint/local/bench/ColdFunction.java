package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.FunctionContext;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/** What Lambda does in a new container: makes the handler, and hands it one event. */
public final class ColdFunction {

  private ColdFunction() {}

  /**
   * Prints the answer, and then the most memory that this JVM had, in KiB.
   *
   * @param args class of the handler, file with the event
   */
  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    var handler =
        Class.forName(args[0])
            .asSubclass(RequestStreamHandler.class)
            .getDeclaredConstructor()
            .newInstance();
    var answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(Files.readAllBytes(Path.of(args[1]))),
        answer,
        FunctionContext.of(Provider.TYPE_FUNCTION, line -> {}));
    System.out.println(answer.toString(StandardCharsets.UTF_8).replace('\n', ' '));
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      lines
          .filter(line -> line.startsWith("VmHWM:"))
          .forEach(line -> System.out.println(line.replaceAll("\\D", "")));
    }
    System.exit(0);
  }
}
