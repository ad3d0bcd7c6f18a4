package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.LambdaProcess;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.VirtualTime;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Credentials;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/**
 * The packaged jar against another emulator, moto, whose endpoints stay in {@code creating} and
 * have no external id, and which can't change tags. Skipped where {@code moto_server} is not on the
 * PATH.
 */
class MotoIT {

  /** moto gives an S3 endpoint no external id and leaves it in creating. */
  private static final Map<String, String> NO_EXTERNAL_IDS =
      Map.of("DMS_S3_ENDPOINT_LENIENT_EMULATOR", "true");

  private static final String DMS = "123456789012";
  private static final String LAKE = "444455556666";

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitReady(URI moto) throws InterruptedException {
    var request = HttpRequest.newBuilder(moto.resolve("/moto-api/")).timeout(Duration.ofSeconds(2));
    var client = HttpClient.newHttpClient();
    for (var attempt = 0; attempt < 120; attempt++) {
      try {
        client.send(request.build(), BodyHandlers.discarding());
        return;
      } catch (IOException e) {
        Thread.sleep(500);
      }
    }
    throw new AssertionError("moto_server did not start");
  }

  @Test
  void anEndpointLivesFromCreateToDelete() throws Exception {
    var program = Programs.required("moto_server", "the jar against moto");
    var moto = URI.create("http://127.0.0.1:" + freePort());
    var server =
        new ProcessBuilder(program.toString(), "-H", "127.0.0.1", "-p", "" + moto.getPort())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      awaitReady(moto);
      var time = new VirtualTime(LocalClock.virtual());
      try (var function =
          new LambdaProcess(Path.of("target", "tmp", "moto"), List.of(), NO_EXTERNAL_IDS, time)) {
        function.restart(moto, time, line -> {});
        live(function, moto, time);
      }
    } finally {
      server.descendants().forEach(ProcessHandle::destroy);
      server.destroy();
      server.onExit().join();
    }
  }

  private static void live(LambdaProcess function, URI moto, Time time) {
    var credentials =
        new Credentials(
            "AKIAIOSFODNN7EXAMPLE", "secret-access-key-of-nobody", "session-token-of-nobody");
    var cloudFormation =
        CloudFormation.calling(function)
            .account(DMS)
            .region("eu-central-1")
            .credentials(() -> credentials)
            .time(time)
            .build();
    var model =
        json(
            """
            {'EndpointIdentifier': 'sales-lake', 'DataLakeRoleArn': 'arn:aws:iam::%s:role/lake-admin',
             'S3Settings': {'BucketName': 'example-data-lake', 'CompressionType': 'gzip'},
             'Tags': [{'Key': 'team', 'Value': 'sales'}]}
            """
                .formatted(LAKE));

    var created = succeeded(cloudFormation.create(model));
    assertThat(created.get("EndpointArn").asText())
        .isEqualTo("arn:aws:dms:eu-central-1:%s:endpoint:sales-lake".formatted(DMS));
    assertThat(created.get("Tags")).isEqualTo(model.get("Tags"));
    var identifier = byArn(created);
    assertThat(succeeded(cloudFormation.read(identifier))).isEqualTo(created);
    assertThat(cloudFormation.list().get(0).models()).contains(identifier);

    var wanted = model.deepCopy().put("EndpointArn", created.get("EndpointArn").asText());
    ((ObjectNode) wanted.get("S3Settings")).put("CompressionType", "none");
    var updated = succeeded(cloudFormation.update(wanted, model));
    assertThat(updated.at("/S3Settings/CompressionType").asText()).isEqualTo("none");

    succeeded(cloudFormation.delete(updated));
    assertThat(cloudFormation.read(identifier).failedWith(HandlerErrorCode.NotFound)).isTrue();
    assertThat(rolesIn(moto, LAKE)).doesNotContain(created.get("RoleName").asText());
  }

  /** The names of the roles of another account, where moto's assumed sessions lead. */
  private static List<String> rolesIn(URI moto, String account) {
    try (var sts =
        StsClient.builder()
            .region(Region.EU_CENTRAL_1)
            .endpointOverride(moto)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .build()) {
      var given =
          sts.assumeRole(
                  r ->
                      r.roleArn("arn:aws:iam::" + account + ":role/looker").roleSessionName("look"))
              .credentials();
      try (var iam =
          IamClient.builder()
              .region(Region.AWS_GLOBAL)
              .endpointOverride(moto)
              .credentialsProvider(
                  StaticCredentialsProvider.create(
                      software.amazon.awssdk.auth.credentials.AwsSessionCredentials.create(
                          given.accessKeyId(), given.secretAccessKey(), given.sessionToken())))
              .build()) {
        return iam.listRoles().roles().stream().map(r -> r.roleName()).toList();
      }
    }
  }
}
