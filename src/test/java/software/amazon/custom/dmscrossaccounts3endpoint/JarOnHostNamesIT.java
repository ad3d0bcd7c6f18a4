package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.LambdaProcess;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch.PublishedMetric;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.VirtualTime;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Credentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.https.AwsHosts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/**
 * The packaged jar as it is in the registry: it finds AWS by AWS's own host names, over TLS, and is
 * registered with a logging role. Whatever of the SDK, of Jackson or of the runtime is entered by
 * reflection on that way, and was taken out of the jar, shows here.
 */
class JarOnHostNamesIT {

  private static final List<String> HOSTS =
      List.of(
          "dms.eu-central-1.amazonaws.com",
          "iam.amazonaws.com",
          "sts.eu-central-1.amazonaws.com",
          "monitoring.eu-central-1.amazonaws.com",
          "logs.eu-central-1.amazonaws.com");

  private static final String LOG_GROUP = "acme-dms-crossaccounts3endpoint-logs";

  @TempDir private Path folder;

  private final TwoAccounts accounts = TwoAccounts.start();
  private AwsHosts hosts;
  private LambdaProcess function;
  private byte[] lastEvent;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    hosts = AwsHosts.start(0, accounts.aws().endpoint(), HOSTS, folder);
    function =
        new LambdaProcess(
            Path.of("target", "tmp", "hosts"),
            List.of(
                "-Djavax.net.ssl.trustStore=" + trustStore(),
                "-Djavax.net.ssl.trustStorePassword=changeit",
                // The SDK takes its proxy from here, the JDK from there.
                "-Dhttp.proxyHost=" + hosts.uri().getHost(),
                "-Dhttp.proxyPort=" + hosts.uri().getPort(),
                "-Dhttps.proxyHost=" + hosts.uri().getHost(),
                "-Dhttps.proxyPort=" + hosts.uri().getPort()),
            // The runtime's own clients take the Region from there (Lambda, runtime variables).
            Map.of("AWS_REGION", "eu-central-1"),
            new VirtualTime(accounts.clock()));
  }

  @AfterEach
  void close() {
    function.close();
    hosts.close();
    accounts.close();
  }

  private Path trustStore() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var in = Files.newInputStream(hosts.certificate())) {
      store.setCertificateEntry(
          "local", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var file = folder.resolve("trust.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
    return file;
  }

  private CloudFormation cloudFormation() {
    return accounts.cloudFormation(
        (name, event) -> {
          lastEvent = event;
          return function.invoke(name, event);
        },
        b -> b.logging(this::loggingRole, LOG_GROUP));
  }

  private Credentials loggingRole() {
    var session =
        accounts
            .aws()
            .sessionOf(
                accounts
                    .aws()
                    .createAssumableRole(
                        TwoAccounts.DMS,
                        "logging" + System.nanoTime(),
                        "arn:aws:iam::" + TwoAccounts.DMS + ":root",
                        null));
    return new Credentials(
        session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
  }

  @Test
  void anEndpointLivesAndTheRuntimeWritesMetricsAndLogs() {
    var cloudFormation = cloudFormation();
    var created = succeeded(cloudFormation.create(model()));
    accounts.assertOneHealthyEndpoint();
    assertThat(succeeded(cloudFormation.read(byArn(created)))).isEqualTo(created);
    succeeded(cloudFormation.delete(byArn(created)));
    accounts.assertNothingLeft();

    assertThat(accounts.aws().metrics(TwoAccounts.DMS))
        .extracting(PublishedMetric::name)
        .contains(
            "HandlerInvocationCount", "HandlerInvocationDuration", "HandlerExceptionByErrorCode");
    assertThat(accounts.aws().logEvents(TwoAccounts.DMS, LOG_GROUP))
        .anyMatch(line -> line.contains("\"dms:CreateEndpoint\""))
        .anyMatch(line -> line.contains("\"iam:CreateRole\""))
        .anyMatch(line -> line.contains("Handler returned SUCCESS"));
  }

  @Test
  void whatIsWrongIsToldAsOnTheClassPath() {
    var cloudFormation = cloudFormation();

    assertThat(
            failed(
                cloudFormation.create(model().put("EndpointIdentifier", "-")),
                HandlerErrorCode.InvalidRequest))
        .contains("EndpointIdentifier");
    assertThat(
            failed(
                cloudFormation.create(
                    model()
                        .put(
                            "DataLakeRoleArn",
                            "arn:aws:iam::%s:role/no".formatted("1".repeat(12)))),
                HandlerErrorCode.AccessDenied))
        .contains("sts:AssumeRole");
    assertThat(
            failed(
                cloudFormation.read(byArn("arn:aws:dms:eu-central-1:111122223333:endpoint:no")),
                HandlerErrorCode.NotFound))
        .contains("no");
  }

  /** The registry compresses large requests (Serializer.decompress). */
  @Test
  void aCompressedRequestIsRead() throws IOException {
    cloudFormation().read(byArn("arn:aws:dms:eu-central-1:111122223333:endpoint:no"));
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(lastEvent);
    }
    var envelope =
        json("{'__COMPRESSION_METHOD__': 'gzip_base64'}")
            .put("__COMPRESSED__", Base64.getEncoder().encodeToString(packed.toByteArray()));

    var answer = function.invoke(Provider.TYPE_FUNCTION, Json.bytes(envelope));

    assertThat(new String(answer, StandardCharsets.UTF_8)).contains("\"NotFound\"");
  }
}
