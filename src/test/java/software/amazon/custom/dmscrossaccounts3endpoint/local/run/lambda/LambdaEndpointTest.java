package software.amazon.custom.dmscrossaccounts3endpoint.local.run.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

class LambdaEndpointTest {
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private volatile Provider provider = (function, event) -> event;
  private LambdaEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    endpoint = LambdaEndpoint.start(0, (function, event) -> provider.invoke(function, event));
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void aFunctionAnswersWithWhatTheProviderAnswers() throws Exception {
    provider =
        (function, event) ->
            (function + " got " + new String(event, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);

    var response = invoke("TypeFunction", "{\"action\": \"READ\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("TypeFunction got {\"action\": \"READ\"}");
    assertThat(response.headers().firstValue("X-Amz-Executed-Version")).contains("$LATEST");
    assertThat(response.headers().firstValue("X-Amz-Function-Error")).isEmpty();
    assertThat(invoke("TestEntrypoint", "{}").body()).isEqualTo("TestEntrypoint got {}");
  }

  @Test
  void aFunctionCanBeNamedByItsArn() throws Exception {
    for (var name :
        new String[] {
          "arn%3Aaws%3Alambda%3Aeu-central-1%3A111122223333%3Afunction%3ATypeFunction",
          "arn:aws:lambda:eu-central-1:111122223333:function:TypeFunction:$LATEST",
          "111122223333:function:TypeFunction",
          "TypeFunction:live"
        }) {
      assertThat(invoke(name, "{}").statusCode()).as(name).isEqualTo(200);
    }
  }

  @Test
  void anUnknownFunctionIsNotFound() throws Exception {
    var response = invoke("TypeFunctio", "{}");

    assertError(response, 404, "ResourceNotFoundException");
    assertThat(response.body()).contains("TypeFunctio", "TestEntrypoint");
  }

  @Test
  void aBodyThatIsNotJsonIsRefused() throws Exception {
    assertError(invoke("TypeFunction", "{\"action\": "), 400, "InvalidRequestContentException");
    assertError(invoke("TypeFunction", "{} {}"), 400, "InvalidRequestContentException");
  }

  @Test
  void noBodyIsAnEmptyObject() throws Exception {
    assertThat(invoke("TypeFunction", "").body()).isEqualTo("{}");
  }

  @Test
  void aBodyOfTenMegabytesIsRefused() throws Exception {
    var response = invoke("TypeFunction", '"' + "x".repeat(10_000_000) + '"');

    assertError(response, 413, "RequestEntityTooLargeException");
  }

  @Test
  void aBodyOfSixMegabytesIsTaken() throws Exception {
    var body = '"' + "x".repeat(LambdaEndpoint.MAX_PAYLOAD - 2) + '"';

    assertThat(invoke("TypeFunction", body).body()).isEqualTo(body);
  }

  @Test
  void onlyPostIsAllowed() throws Exception {
    var get = HttpRequest.newBuilder(path("TypeFunction")).GET().build();

    var response = client.send(get, BodyHandlers.ofString());

    assertError(response, 405, "UnknownOperationException");
    assertThat(response.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void anyOtherPathIsNotFound() throws Exception {
    var request = HttpRequest.newBuilder(endpoint.uri().resolve("/2015-03-31/functions/")).build();

    var response = client.send(request, BodyHandlers.ofString());

    assertError(response, 404, "UnknownOperationException");
    assertThat(response.body()).contains("/2015-03-31/functions/TypeFunction/invocations");
  }

  @Test
  void whatAFunctionThrowsIsReportedAsItsError() throws Exception {
    provider =
        (function, event) -> {
          throw new IllegalStateException("out of order");
        };

    var response = invoke("TypeFunction", "{}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
    assertThat(json(response).path("errorMessage").asText()).isEqualTo("out of order");
  }

  @Test
  void anEventIsTakenBeforeItIsHandled() throws Exception {
    var mayEnd = new CountDownLatch(1);
    var ended = new CompletableFuture<String>();
    provider =
        (function, event) -> {
          await(mayEnd);
          ended.complete(function);
          return event;
        };

    assertThat(invoke("TypeFunction", "{}", "Event").statusCode()).isEqualTo(202);
    assertThat(ended).isNotDone();
    mayEnd.countDown();
    assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo("TypeFunction");
  }

  @Test
  void aDryRunInvokesNothing() throws Exception {
    provider =
        (function, event) -> {
          throw new AssertionError("invoked");
        };

    assertThat(invoke("TypeFunction", "{}", "DryRun").statusCode()).isEqualTo(204);
  }

  @Test
  void anUnknownInvocationTypeIsRefused() throws Exception {
    assertError(invoke("TypeFunction", "{}", "Later"), 400, "InvalidParameterValueException");
  }

  @Test
  void severalClientsAreServedAtOnce() throws Exception {
    var allAreIn = new CyclicBarrier(8);
    provider =
        (function, event) -> {
          try {
            allAreIn.await(10, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException("not served at once", e);
          }
          return event;
        };

    var responses = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 8; i++) {
      responses.add(client.sendAsync(request("TypeFunction", "{}", null), BodyHandlers.ofString()));
    }

    for (var response : responses) {
      assertThat(response.get(20, TimeUnit.SECONDS).headers().firstValue("X-Amz-Function-Error"))
          .isEmpty();
    }
  }

  @Test
  void aClientThatHangsUpHalfwayThroughItsRequestStopsNothing() throws Exception {
    try (var socket = new Socket("127.0.0.1", endpoint.uri().getPort())) {
      socket
          .getOutputStream()
          .write(
              """
              POST /2015-03-31/functions/TypeFunction/invocations HTTP/1.1\r
              Host: 127.0.0.1\r
              Content-Length: 100000\r
              \r
              {"action":"""
                  .getBytes(StandardCharsets.US_ASCII));
    }

    assertThat(invoke("TypeFunction", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void aClientThatHangsUpBeforeTheAnswerStopsNothing() throws Exception {
    var isIn = new CountDownLatch(1);
    var isGone = new CountDownLatch(1);
    provider =
        (function, event) -> {
          isIn.countDown();
          await(isGone);
          return new byte[4 * 1024 * 1024];
        };
    try (var socket = new Socket("127.0.0.1", endpoint.uri().getPort())) {
      socket
          .getOutputStream()
          .write(
              "POST /2015-03-31/functions/TypeFunction/invocations HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"
                  .getBytes(StandardCharsets.US_ASCII));
      await(isIn);
      socket.setSoLinger(true, 0);
    }
    isGone.countDown();

    provider = (function, event) -> event;
    assertThat(invoke("TypeFunction", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void aPortThatIsTakenIsAnError() {
    assertThatThrownBy(() -> LambdaEndpoint.start(endpoint.uri().getPort(), provider))
        .isInstanceOf(IOException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertError(HttpResponse<String> response, int status, String type)
      throws Exception {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains(type);
    assertThat(json(response).path("Type").asText()).isEqualTo("User");
    assertThat(json(response).path("Message").asText()).isNotEmpty();
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> invoke(String function, String body) throws Exception {
    return invoke(function, body, null);
  }

  private HttpResponse<String> invoke(String function, String body, String type) throws Exception {
    return client.send(request(function, body, type), BodyHandlers.ofString());
  }

  private HttpRequest request(String function, String body, String type) {
    var request =
        HttpRequest.newBuilder(path(function))
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(body));
    if (type != null) {
      request.header("X-Amz-Invocation-Type", type);
    }
    return request.build();
  }

  private URI path(String function) {
    return endpoint.uri().resolve("/2015-03-31/functions/" + function + "/invocations");
  }
}
