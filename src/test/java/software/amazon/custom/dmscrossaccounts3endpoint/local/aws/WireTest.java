package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What clients never send, but somebody might. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireTest {
  private static final String ACCOUNT = "111111111111";

  private final LocalAws aws = LocalAws.builder().account(ACCOUNT).start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterAll
  void close() {
    aws.close();
  }

  private HttpResponse<String> post(String service, String body, Map<String, String> headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(aws.endpoint()).POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (service != null) {
      request.header(
          "Authorization",
          "AWS4-HMAC-SHA256 Credential=%s/20260101/eu-central-1/%s/aws4_request, SignedHeaders=host, Signature=0"
              .formatted(aws.administrator(ACCOUNT).accessKeyId(), service));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void callsWithoutASignatureMissTheirAuthenticationToken() throws Exception {
    var query = post(null, "Action=GetCallerIdentity&Version=2011-06-15", Map.of());
    assertThat(query.statusCode()).isEqualTo(403);
    assertThat(query.body()).contains("<Code>MissingAuthenticationToken</Code>");
    var json = post(null, "{}", Map.of("X-Amz-Target", "AmazonDMSv20160101.DescribeEndpoints"));
    assertThat(new ObjectMapper().readTree(json.body()).get("__type").asText())
        .isEqualTo("MissingAuthenticationTokenException");
  }

  @Test
  void errorsHaveTheShapesOfTheirProtocols() throws Exception {
    var query = post("iam", "Action=GetRole&Version=2010-05-08&RoleName=none", Map.of());
    assertThat(query.body())
        .contains("<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">")
        .contains("<Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>")
        .contains("</Error><RequestId>");
    var json =
        post(
            "dms",
            "{\"EndpointArn\":\"x\"}",
            Map.of("X-Amz-Target", "AmazonDMSv20160101.DeleteEndpoint"));
    assertThat(json.headers().firstValue("x-amzn-ErrorType")).hasValue("ResourceNotFoundFault");
    assertThat(json.headers().firstValue("Content-Type")).hasValue("application/x-amz-json-1.1");
    assertThat(new ObjectMapper().readTree(json.body()).get("message").asText())
        .isEqualTo("Endpoint x not found.");
  }

  @Test
  void unknownOperationsVersionsAndServicesAreNeverASilentSuccess() throws Exception {
    assertThat(post("iam", "Action=ListUsers&Version=2010-05-08", Map.of()).body())
        .contains("<Code>InvalidAction</Code>");
    assertThat(post("iam", "Action=GetRole&Version=1999-01-01", Map.of()).body())
        .contains("<Code>InvalidAction</Code>");
    assertThat(post("iam", "", Map.of()).body()).contains("<Code>MissingAction</Code>");
    assertThat(post("sqs", "", Map.of()).body()).contains("<Code>InvalidAction</Code>");
    assertThat(post("s3", "", Map.of()).body()).contains("<Code>NotImplemented</Code>");
    assertThat(post("events", "{}", Map.of("X-Amz-Target", "AWSEvents.PutEvents")).body())
        .contains("UnknownOperationException");
    assertThat(post("dms", "{}", Map.of("X-Amz-Target", "AmazonDMSv20160101.Nothing")).body())
        .contains("UnknownOperationException");
    assertThat(post("dms", "{}", Map.of("X-Amz-Target", "Other.DescribeEndpoints")).body())
        .contains("UnknownOperationException");
  }

  @Test
  void bodiesThatCanNotBeReadAreRefused() throws Exception {
    var describe = Map.of("X-Amz-Target", "AmazonDMSv20160101.DescribeEndpoints");
    for (var body :
        new String[] {
          "{",
          "[]",
          "{\"Filters\":1}",
          "{\"Filters\":[1]}",
          "{\"MaxRecords\":\"x\"}",
          "{\"Marker\":1}"
        }) {
      assertThat(post("dms", body, describe).body()).as(body).contains("SerializationException");
    }
    assertThat(post("dms", "", describe).statusCode()).isEqualTo(200);
    var create = Map.of("X-Amz-Target", "AmazonDMSv20160101.CreateEndpoint");
    for (var settings :
        new String[] {
          "[]", "{\"BucketName\":1}", "{\"MaxFileSize\":\"1\"}", "{\"Rfc4180\":\"y\"}"
        }) {
      var body =
          "{\"EndpointIdentifier\":\"e\",\"EndpointType\":\"target\",\"EngineName\":\"s3\",\"S3Settings\":"
              + settings
              + "}";
      assertThat(post("dms", body, create).body()).as(body).contains("SerializationException");
    }
    var tags = "Action=UntagRole&Version=2010-05-08&RoleName=x&TagKeys.member.";
    assertThat(post("iam", tags + "one=x", Map.of()).body()).contains("MalformedInput");
    assertThat(post("iam", tags + "1.Key=x", Map.of()).body()).contains("MalformedInput");
    assertThat(post("iam", "Action=ListRoles&Version=2010-05-08&MaxItems=x", Map.of()).body())
        .contains("MalformedInput");
    assertThat(post("iam", "Action=%zz", Map.of()).body()).contains("MalformedQueryString");
  }

  @Test
  void controlCharactersInAnErrorDoNotBreakTheXml() throws Exception {
    var answer = post("iam", "Action=GetRole&Version=2010-05-08&RoleName=%01", Map.of());
    assertThat(answer.body()).contains("ValidationError").doesNotContain("\u0001");
  }
}
