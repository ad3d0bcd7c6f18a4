package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Credentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;

/** A local AWS with one endpoint, and the events with which CloudFormation asks for it. */
final class BenchWorld implements AutoCloseable {
  private static final String DMS = "111122223333";
  private static final String LAKE = "444455556666";

  private final LocalAws aws;
  private final String executionRole;
  private final String before = System.getProperty("aws.endpointUrl");
  private final ObjectNode endpoint;
  private byte[] lastEvent;

  BenchWorld() {
    aws =
        LocalAws.builder()
            .account(DMS)
            .account(LAKE)
            .allowList(DMS, LAKE)
            .propagation(Duration.ZERO)
            .settleTime(Duration.ZERO)
            .start();
    System.setProperty("aws.endpointUrl", aws.endpoint().toString());
    executionRole =
        aws.createAssumableRole(DMS, "type-execution", "arn:aws:iam::" + DMS + ":root", null);
    aws.createAssumableRole(LAKE, "lake-admin", executionRole, null);
    var model =
        Json.object()
            .put("EndpointIdentifier", "sales-lake")
            .put("DataLakeRoleArn", "arn:aws:iam::" + LAKE + ":role/lake-admin");
    model.putObject("S3Settings").put("BucketName", "example-data-lake");
    var created = cloudFormation(false).create(model).model().orElseThrow();
    endpoint = Json.object().put("EndpointArn", created.get("EndpointArn").asText());
  }

  private CloudFormation cloudFormation(boolean loggingRole) {
    var provider = new HandlerProvider(line -> {});
    var builder =
        CloudFormation.calling(
                (function, event) -> {
                  lastEvent = event;
                  return provider.invoke(function, event);
                })
            .account(DMS)
            .credentials(this::session);
    if (loggingRole) {
      builder.logging(this::session, "acme-dms-crossaccounts3endpoint-logs");
    }
    return builder.build();
  }

  private Credentials session() {
    var session = aws.sessionOf(executionRole);
    return new Credentials(
        session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
  }

  /** The event that asks for the endpoint. */
  byte[] read(boolean loggingRole) {
    cloudFormation(loggingRole).read(endpoint);
    return lastEvent;
  }

  URI endpoint() {
    return aws.endpoint();
  }

  @Override
  public void close() {
    aws.close();
    if (before == null) {
      System.clearProperty("aws.endpointUrl");
    } else {
      System.setProperty("aws.endpointUrl", before);
    }
  }
}
