package software.amazon.custom.dmscrossaccounts3endpoint.local.run.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsHostsTest {
  private static final String STS = "sts.eu-central-1.amazonaws.com";

  @TempDir private static Path folder;

  private static HttpServer aws;
  private static AwsHosts hosts;

  @BeforeAll
  static void start() throws IOException {
    aws = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    aws.createContext(
        "/",
        exchange -> {
          var body = exchange.getRequestBody().readAllBytes();
          var answer =
              "%s %s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization"),
                      new String(body, StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("x-amzn-RequestId", "1");
          exchange.sendResponseHeaders(body.length == 0 ? 403 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    aws.start();
    var target = URI.create("http://127.0.0.1:" + aws.getAddress().getPort());
    hosts = AwsHosts.start(0, target, List.of(STS, "sts.us-east-1.amazonaws.com"), folder);
  }

  @AfterAll
  static void stop() {
    hosts.close();
    aws.stop(0);
  }

  @Test
  void aRequestToAnAwsHostReachesTheLocalAwsWhole() throws Exception {
    var response =
        client(trusting(hosts.certificate()))
            .send(
                HttpRequest.newBuilder(URI.create("https://" + STS + "/path?a=b"))
                    .header("Authorization", "AWS4-HMAC-SHA256 x")
                    .POST(BodyPublishers.ofString("Action=GetCallerIdentity"))
                    .build(),
                BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("POST /path?a=b AWS4-HMAC-SHA256 x Action=GetCallerIdentity");
    assertThat(response.headers().firstValue("x-amzn-RequestId")).contains("1");
  }

  @Test
  void anErrorOfTheLocalAwsComesBackAsItIs() throws Exception {
    assertThat(get("https://sts.us-east-1.amazonaws.com/").statusCode()).isEqualTo(403);
  }

  @Test
  void aHostThatIsNotNamedIsRefused() {
    assertThatThrownBy(() -> get("https://example.com/")).isInstanceOf(IOException.class);
    assertThat(answerTo("CONNECT example.com:443 HTTP/1.1")).isEqualTo("HTTP/1.1 403 Forbidden");
  }

  @Test
  void onlyConnectIsAllowed() {
    assertThat(answerTo("GET http://" + STS + "/ HTTP/1.1"))
        .isEqualTo("HTTP/1.1 405 Method Not Allowed");
  }

  @Test
  void aClientThatHangsUpStopsNothing() throws Exception {
    new Socket("127.0.0.1", hosts.uri().getPort()).close();
    try (var socket = new Socket("127.0.0.1", hosts.uri().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("CONNECT " + STS + ":443 HTTP/1.1\r\n\r\nno TLS").getBytes(StandardCharsets.UTF_8));
    }

    assertThat(get("https://" + STS + "/").statusCode()).isEqualTo(403);
  }

  @Test
  void aClientThatDoesNotTrustTheCertificateIsNotServed() throws Exception {
    var client = client(SSLContext.getDefault());

    assertThatThrownBy(
            () ->
                client.send(
                    HttpRequest.newBuilder(URI.create("https://" + STS)).build(),
                    BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aPortThatIsTakenIsAnError() {
    assertThatThrownBy(
            () ->
                AwsHosts.start(
                    hosts.uri().getPort(),
                    hosts.uri(),
                    List.of(STS),
                    Files.createDirectory(folder.resolve("second"))))
        .isInstanceOf(IOException.class);
  }

  private HttpResponse<String> get(String uri) throws Exception {
    return client(trusting(hosts.certificate()))
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
  }

  private String answerTo(String requestLine) {
    try (var socket = new Socket("127.0.0.1", hosts.uri().getPort())) {
      socket.getOutputStream().write((requestLine + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpClient client(SSLContext context) {
    return HttpClient.newBuilder()
        .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", hosts.uri().getPort())))
        .sslContext(context)
        .connectTimeout(Duration.ofSeconds(20))
        .build();
  }

  private static SSLContext trusting(Path certificate) throws Exception {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    try (var in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "local", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
