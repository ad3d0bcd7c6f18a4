package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch.PublishedMetric;

/** CloudWatch of the local AWS, in both of its protocols. */
class CloudWatchTest {
  private static final String ACCOUNT = "111122223333";
  private static final String OPERATION =
      "/service/GraniteServiceVersion20100801/operation/PutMetricData";
  private static final CBORMapper CBOR = new CBORMapper();

  private LocalAws aws;
  private CloudWatchClient cloudWatch;

  @BeforeEach
  void start() {
    aws = LocalAws.builder().account(ACCOUNT).start();
    cloudWatch = new Clients(aws).cloudWatch(aws.administrator(ACCOUNT));
  }

  @AfterEach
  void stop() {
    cloudWatch.close();
    aws.close();
  }

  private void put(String namespace, double value) {
    var datum =
        MetricDatum.builder()
            .metricName("Duration")
            .dimensions(Dimension.builder().name("Action").value("CREATE").build())
            .timestamp(Instant.EPOCH)
            .value(value)
            .build();
    cloudWatch.putMetricData(r -> r.namespace(namespace).metricData(datum));
  }

  private HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(aws.endpoint().resolve(path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s/20260101/eu-central-1/monitoring/aws4_request"
                    .formatted(aws.administrator(ACCOUNT).accessKeyId()));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private JsonNode cborError(String path, byte[] body) throws Exception {
    var answer = post(path, body, "smithy-protocol", "rpc-v2-cbor");
    assertThat(answer.headers().firstValue("smithy-protocol")).hasValue("rpc-v2-cbor");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/cbor");
    return CBOR.readTree(answer.body());
  }

  @Test
  void putMetricData_clientOfTheSdk_keepsTheMetric() {
    put("Type", 1.5);
    assertThat(aws.metrics(ACCOUNT))
        .containsExactly(new PublishedMetric("Type", "Duration", Map.of("Action", "CREATE"), 1.5));
  }

  @Test
  void putMetricData_form_keepsTheMetric() throws Exception {
    var form =
        "Action=PutMetricData&Version=2010-08-01&Namespace=Type"
            + "&MetricData.member.1.MetricName=Duration&MetricData.member.1.Value=1.5";
    assertThat(post("/", form.getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(200);
    assertThat(aws.metrics(ACCOUNT))
        .containsExactly(new PublishedMetric("Type", "Duration", Map.of(), 1.5));
  }

  @Test
  void putMetricData_throttled_hasTheCodeOfTheQueryProtocol() {
    aws.faults().onOperation("monitoring", "PutMetricData", Fault.throttled(1));
    var error = Clients.error(() -> put("Type", 1));
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("Throttling");
    assertThat(error.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
    assertThat(error.requestId()).isNotEmpty();
    assertThat(error.isThrottlingException()).isTrue();
  }

  @Test
  void putMetricData_emptyNamespace_isAValidationError() {
    assertThat(Clients.code(() -> put("", 1))).isEqualTo("ValidationError");
  }

  @Test
  void cborRequest_unknownOperation_isRefused() throws Exception {
    var none = CBOR.writeValueAsBytes(JsonNodeFactory.instance.objectNode());
    var operation = "/service/GraniteServiceVersion20100801/operation/None";
    assertThat(cborError(operation, none).get("__type").asText()).isEqualTo("InvalidAction");
    assertThat(cborError("/", none).get("__type").asText()).isEqualTo("InvalidAction");
  }

  @Test
  void cborRequest_bodyIsNoMap_isRefused() throws Exception {
    var list = CBOR.writeValueAsBytes(JsonNodeFactory.instance.arrayNode());
    for (var body : new byte[][] {list, {}, {(byte) 0xff}}) {
      assertThat(cborError(OPERATION, body).get("__type").asText())
          .isEqualTo("SerializationException");
    }
  }
}
