package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

class ServeCommandTest {
  private static final Output output = new Output();
  private static final Thread server = server(output);

  @BeforeAll
  static void start() throws InterruptedException {
    start(server, output);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    stop(server);
  }

  @Test
  void theProviderAnswersToWhatIsExported() throws Exception {
    var event =
        Json.object(
            """
            {"action": "LIST", "region": "eu-central-1", "awsAccountId": "111122223333",
             "bearerToken": "1", "resourceType": "AWS::Custom::DmsCrossAccountS3Endpoint",
             "requestData": {"resourceProperties": {}, "callerCredentials": {
               "accessKeyId": "%s", "secretAccessKey": "%s", "sessionToken": "%s"}}}
            """
                .formatted(
                    exported("AWS_ACCESS_KEY_ID"),
                    exported("AWS_SECRET_ACCESS_KEY"),
                    exported("AWS_SESSION_TOKEN")));
    var functions = find("TestEntrypoint at (http\\S+)");

    var response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(functions + "/2015-03-31/functions/TypeFunction/invocations"))
                    .POST(BodyPublishers.ofByteArray(Json.bytes(event)))
                    .build(),
                BodyHandlers.ofByteArray());

    assertThat(Json.parse(response.body()).path("status").asText()).isEqualTo("SUCCESS");
    assertThat(output.out()).containsPattern("TypeFunction  LIST    SUCCESS");
  }

  @Test
  void whatToExportAndToTypeIsPrinted() {
    assertThat(exported("AWS_ENDPOINT_URL")).startsWith("http://127.0.0.1:");
    assertThat(exported("AWS_DEFAULT_REGION")).isEqualTo("eu-central-1");
    assertThat(output.out())
        .contains("cfn test --endpoint http", "cfn invoke", "aws lambda invoke --endpoint-url");
  }

  @Test
  void aPortThatIsTakenIsOneLineAndExitCodeOne() {
    var taken = URI.create(find("TestEntrypoint at (http\\S+)")).getPort();

    var second =
        Output.of("serve", "--aws-port", "0", "--proxy-port", "0", "--port", String.valueOf(taken));
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.errorLines()).singleElement().asString().contains(String.valueOf(taken));

    var third =
        Output.of("serve", "--port", "0", "--proxy-port", "0", "--aws-port", String.valueOf(taken));
    assertThat(third.exitCode()).isEqualTo(1);
    assertThat(third.errorLines()).singleElement().asString().contains(String.valueOf(taken));
  }

  @Test
  void whenStoppedItEndsWell() throws InterruptedException {
    var ending = new Output();
    var thread = server(ending);
    start(thread, ending);
    var certificate = Path.of(find(ending, "export AWS_CA_BUNDLE=(\\S+)"));
    assertThat(certificate).exists();
    stop(thread);

    assertThat(ending.exitCode()).isZero();
    assertThat(ending.errorLines()).isEmpty();
    assertThat(certificate.getParent()).doesNotExist();
  }

  private static Thread server(Output output) {
    return new Thread(
        () -> output.run("serve", "--port", "0", "--aws-port", "0", "--proxy-port", "0"));
  }

  private static void start(Thread server, Output output) throws InterruptedException {
    server.start();
    var deadline = Instant.now().plusSeconds(60);
    while (!output.out().contains("Ctrl-C") && Instant.now().isBefore(deadline)) {
      Thread.sleep(20);
    }
  }

  private static void stop(Thread server) throws InterruptedException {
    server.interrupt();
    server.join(Duration.ofSeconds(60).toMillis());
  }

  private String exported(String name) {
    return find("export " + name + "=(\\S+)");
  }

  private String find(String pattern) {
    return find(output, pattern);
  }

  private static String find(Output output, String pattern) {
    var matcher = Pattern.compile(pattern).matcher(output.out());
    assertThat(matcher.find()).as(pattern + " in " + output.out()).isTrue();
    return matcher.group(1);
  }
}
