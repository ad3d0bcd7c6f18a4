package software.amazon.custom.dmscrossaccounts3endpoint.local.run.https;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** An HTTP proxy that knows nothing but {@code CONNECT}, and leads some hosts to one port here. */
final class ConnectProxy implements AutoCloseable {
  private static final Pattern CONNECT = Pattern.compile("CONNECT ([^ :]+):\\d+ HTTP/1\\.[01]");
  private static final int MAX_HEAD = 16 * 1024;
  private static final int PATIENCE = 60_000;

  private final ServerSocket listener;
  private final Predicate<String> hosts;
  private final int targetPort;
  private final ExecutorService threads = Executors.newCachedThreadPool(ConnectProxy::daemon);

  private ConnectProxy(ServerSocket listener, Predicate<String> hosts, int targetPort) {
    this.listener = listener;
    this.hosts = hosts;
    this.targetPort = targetPort;
  }

  static ConnectProxy start(int port, Predicate<String> hosts, int targetPort) throws IOException {
    var loopback = InetAddress.getByName("127.0.0.1");
    var proxy = new ConnectProxy(new ServerSocket(port, 50, loopback), hosts, targetPort);
    proxy.threads.execute(proxy::listen);
    return proxy;
  }

  static Thread daemon(Runnable work) {
    var thread = new Thread(work, "https-proxy");
    thread.setDaemon(true);
    return thread;
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      listener.close();
    } catch (IOException e) {
      // It was not listening any more.
    }
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(PATIENCE);
      var head = head(client.getInputStream());
      var connect = CONNECT.matcher(head.lines().findFirst().orElse(""));
      if (!connect.matches()) {
        say(client, "405 Method Not Allowed");
      } else if (!hosts.test(connect.group(1))) {
        say(client, "403 Forbidden");
      } else {
        try (var target = new Socket(listener.getInetAddress(), targetPort)) {
          say(client, "200 Connection established");
          var back = threads.submit(() -> pipe(target, client));
          pipe(client, target);
          back.cancel(true);
        }
      }
    } catch (IOException e) {
      // The client has gone; the next one is served.
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (head.size() < MAX_HEAD) {
      var read = in.read();
      if (read < 0) {
        break;
      }
      head.write(read);
      if (read == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void say(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Copies until one side closes, then tells the other. */
  private static void pipe(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One side has gone, and both are closed after this.
    }
  }
}
