package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Listens on loopback, and on nothing else. */
public final class HttpFront {
  static {
    // Head and body of an answer are written apart; without this each answer waits 40 ms for the
    // client's delayed acknowledgement. The server reads it once, when its first instance is made.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;

  public HttpFront(Function<Incoming, Optional<Reply>> door, int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
    threads =
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "local-aws");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(door, exchange));
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void handle(Function<Incoming, Optional<Reply>> door, HttpExchange exchange)
      throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var incoming =
          new Incoming(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              headers,
              Optional.ofNullable(headers.getFirst("Authorization")),
              Optional.ofNullable(headers.getFirst("X-Amz-Security-Token")),
              Optional.ofNullable(headers.getFirst("X-Amz-Target")),
              ByteBuffer.wrap(body(exchange).readAllBytes()).asReadOnlyBuffer());
      var reply = door.apply(incoming);
      if (reply.isPresent()) {
        send(exchange, reply.get());
      }
      // Closing an exchange that was not answered closes its connection.
    }
  }

  /** CloudWatch's clients compress large requests (Smithy, requestCompression trait). */
  private static InputStream body(HttpExchange exchange) throws IOException {
    var encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    return "gzip".equals(encoding)
        ? new GZIPInputStream(exchange.getRequestBody())
        : exchange.getRequestBody();
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    var body = reply.body();
    exchange.sendResponseHeaders(reply.status(), body.hasRemaining() ? body.remaining() : -1);
    if (body.hasRemaining()) {
      exchange
          .getResponseBody()
          .write(body.array(), body.arrayOffset() + body.position(), body.remaining());
    }
  }
}
