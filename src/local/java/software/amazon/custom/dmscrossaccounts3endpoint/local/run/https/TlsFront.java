package software.amazon.custom.dmscrossaccounts3endpoint.local.run.https;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Takes requests over TLS and hands them on, without it, to another server on loopback. */
final class TlsFront implements AutoCloseable {
  private static final Duration TIME = Duration.ofSeconds(60);

  /** Headers that belong to one connection; the client of the JDK sets its own. */
  private static final Set<String> OF_A_CONNECTION =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final HttpsServer server;
  private final URI target;
  private final ExecutorService threads = Executors.newCachedThreadPool(ConnectProxy::daemon);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIME).build();

  private TlsFront(HttpsServer server, URI target) {
    this.server = server;
    this.target = target;
  }

  static TlsFront start(SSLContext context, URI target) throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    var front = new TlsFront(HttpsServer.create(loopback, 0), target);
    front.server.setHttpsConfigurator(new HttpsConfigurator(context));
    front.server.createContext("/", front::handle);
    front.server.setExecutor(front.threads);
    front.server.start();
    return front;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      var response = client.send(request(exchange), BodyHandlers.ofByteArray());
      answer(exchange, response);
    } catch (IOException e) {
      // Either side has gone; closing the exchange tells the other one.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(HttpExchange exchange) throws IOException {
    var request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .timeout(TIME)
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    var body = response.body();
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
