package software.amazon.custom.dmscrossaccounts3endpoint.local.run.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/**
 * Serves a provider on loopback as Lambda would: {@code POST
 * /2015-03-31/functions/{function}/invocations}. Signatures are not looked at.
 *
 * <p>Whatever one client does, the others are served: every request has a thread of its own, and
 * requests that can't be answered are refused with the errors of the Lambda API.
 */
public final class LambdaEndpoint implements AutoCloseable {
  /** Lambda's own limit for synchronous invocations. */
  static final int MAX_PAYLOAD = 6 * 1024 * 1024;

  /**
   * How much of an oversized body is read before it is refused: a client that is still sending
   * would see a broken connection in place of the refusal.
   */
  private static final int MAX_DISCARDED = 64 * 1024 * 1024;

  private static final Pattern INVOCATIONS =
      Pattern.compile("/2015-03-31/functions/([^/]+)/invocations/?");

  /** {@code arn:aws:lambda:region:account:function:name:qualifier} and its shorter forms. */
  private static final Pattern FUNCTION =
      Pattern.compile("(?:.*:?function:)?([A-Za-z0-9_-]+)(?::[$A-Za-z0-9_-]+)?");

  private static final Set<String> FUNCTIONS =
      Set.of(Provider.TYPE_FUNCTION, Provider.TEST_ENTRYPOINT);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(LambdaEndpoint::daemon);
  private final Provider provider;

  private LambdaEndpoint(HttpServer server, Provider provider) {
    this.server = server;
    this.provider = provider;
  }

  /**
   * Starts to serve.
   *
   * @param port the port, or 0 for any that is free
   * @param provider what to serve; used by several threads at once
   * @throws IOException when the port is taken
   */
  public static LambdaEndpoint start(int port, Provider provider) throws IOException {
    var address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    var endpoint = new LambdaEndpoint(HttpServer.create(address, 0), provider);
    endpoint.server.createContext("/", endpoint::handle);
    endpoint.server.setExecutor(endpoint.threads);
    endpoint.server.start();
    return endpoint;
  }

  /**
   * Where it serves.
   *
   * @return the address that clients give as their endpoint URL
   */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Stops at once; invocations that are running get no answer. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
      serve(exchange);
    } catch (IOException e) {
      // The client has gone; there is nobody to tell, and the next one is served.
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    var invocations = INVOCATIONS.matcher(path);
    if (!invocations.matches()) {
      refuse(exchange, LambdaError.unknownPath(path));
      return;
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      refuse(exchange, LambdaError.methodNotAllowed(exchange.getRequestMethod()));
      return;
    }
    var named = URLDecoder.decode(invocations.group(1), StandardCharsets.UTF_8);
    var function = FUNCTION.matcher(named);
    if (!function.matches() || !FUNCTIONS.contains(function.group(1))) {
      refuse(exchange, LambdaError.functionNotFound(named));
      return;
    }
    var payload = exchange.getRequestBody().readNBytes(MAX_PAYLOAD + 1);
    if (payload.length > MAX_PAYLOAD) {
      refuse(exchange, LambdaError.tooLarge(MAX_PAYLOAD));
      return;
    }
    try {
      Json.parse(payload);
    } catch (JsonProcessingException e) {
      refuse(exchange, LambdaError.notJson(e.getOriginalMessage()));
      return;
    }
    invoke(exchange, function.group(1), payload.length == 0 ? Json.bytes(Json.object()) : payload);
  }

  private void invoke(HttpExchange exchange, String function, byte[] payload) throws IOException {
    var type = exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type");
    switch (type == null ? "RequestResponse" : type) {
      case "RequestResponse" -> {
        exchange.getResponseHeaders().set("X-Amz-Executed-Version", "$LATEST");
        answer(exchange, 200, run(exchange, function, payload));
      }
      case "Event" -> {
        answer(exchange, 202, new byte[0]);
        run(exchange, function, payload);
      }
      case "DryRun" -> answer(exchange, 204, new byte[0]);
      default -> refuse(exchange, LambdaError.unknownInvocationType(type));
    }
  }

  private byte[] run(HttpExchange exchange, String function, byte[] payload) {
    try {
      return provider.invoke(function, payload);
    } catch (RuntimeException e) { // Lambda reports whatever a function throws, and goes on
      exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
      return Json.bytes(
          Json.object()
              .put("errorMessage", String.valueOf(e.getMessage()))
              .put("errorType", e.getClass().getName()));
    }
  }

  private static void refuse(HttpExchange exchange, LambdaError error) throws IOException {
    discard(exchange.getRequestBody());
    exchange.getResponseHeaders().set("x-amzn-ErrorType", error.type());
    answer(exchange, error.status(), Json.bytes(error.json()));
  }

  private static void discard(InputStream body) throws IOException {
    var buffer = new byte[64 * 1024];
    int discarded = 0;
    int read = 0;
    while (read >= 0 && discarded < MAX_DISCARDED) {
      read = body.read(buffer);
      discarded += read;
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (body.length == 0) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "lambda-endpoint");
    thread.setDaemon(true);
    return thread;
  }
}
