package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.RoleView;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.SystemProperty;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Credentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/** A local AWS with two accounts, and CloudFormation in one of them. */
final class BenchWorld implements AutoCloseable {
  private static final String DMS = "111122223333";
  private static final String LAKE = "444455556666";
  private static final String LAKE_ROLE = "lake-admin";

  private final LocalAws aws;
  private final String executionRole;
  private final SystemProperty endpointUrl;

  /** A world by the machine's clock in which nothing takes time and nothing is throttled. */
  BenchWorld() {
    this(
        LocalClock.system(),
        LocalAws.builder().propagation(Duration.ZERO).settleTime(Duration.ZERO).noQuota("dms"));
  }

  /** A world with these habits. */
  BenchWorld(LocalClock clock, LocalAwsBuilder habits) {
    aws = habits.clock(clock).account(DMS).account(LAKE).allowList(DMS, LAKE).start();
    endpointUrl = SystemProperty.set("aws.endpointUrl", aws.endpoint().toString());
    executionRole =
        aws.createAssumableRole(DMS, "type-execution", "arn:aws:iam::" + DMS + ":root", null);
    aws.createAssumableRole(LAKE, LAKE_ROLE, executionRole, null);
  }

  /** A model that names its role itself. */
  static ObjectNode model(String identifier) {
    var model =
        Json.object()
            .put("EndpointIdentifier", identifier)
            .put("DataLakeRoleArn", "arn:aws:iam::" + LAKE + ":role/" + LAKE_ROLE);
    model.putObject("S3Settings").put("BucketName", "example-data-lake");
    return model;
  }

  CloudFormation cloudFormation(Provider provider, Time time) {
    return builder(provider).time(time).build();
  }

  private CloudFormation.Builder builder(Provider provider) {
    return CloudFormation.calling(provider)
        .account(DMS)
        .credentials(this::session)
        .retries(RetryPolicy.NEVER);
  }

  private Credentials session() {
    var session = aws.sessionOf(executionRole);
    return new Credentials(
        session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
  }

  /**
   * Creates an endpoint and asks for it.
   *
   * @param loggingRole whether the type is registered with one
   * @return the event that asked
   */
  byte[] read(String identifier, boolean loggingRole) {
    var provider = new Recorder(new HandlerProvider(line -> {}));
    var builder = builder(provider);
    var created = builder.build().create(model(identifier)).model().orElseThrow();
    if (loggingRole) {
      builder.logging(this::session, "acme-dms-crossaccounts3endpoint-logs");
    }
    builder.build().read(Json.object().put("EndpointArn", created.get("EndpointArn").asText()));
    return provider.last;
  }

  private static final class Recorder implements Provider {
    private final Provider provider;
    private byte[] last;

    private Recorder(Provider provider) {
      this.provider = provider;
    }

    @Override
    public byte[] invoke(String function, byte[] event) {
      last = event;
      return provider.invoke(function, event);
    }
  }

  /**
   * The calls of a READ of that endpoint, with clients of the SDK that are made once, on the HTTP
   * client of the handlers.
   */
  Runnable callsOfARead(String identifier) {
    var session = session();
    var http = UrlConnectionHttpClient.builder().build();
    var dms =
        DatabaseMigrationClient.builder()
            .region(Region.EU_CENTRAL_1)
            .httpClient(http)
            .credentialsProvider(of(session))
            .build();
    var admin = aws.administrator(LAKE);
    var iam =
        IamClient.builder()
            .region(Region.AWS_GLOBAL)
            .httpClient(http)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(admin.accessKeyId(), admin.secretAccessKey())))
            .build();
    var role =
        aws.roles(LAKE).stream()
            .map(RoleView::name)
            .filter(name -> name.startsWith(identifier))
            .findFirst()
            .orElseThrow();
    var filter = Filter.builder().name("endpoint-id").values(identifier).build();
    return () -> {
      var endpoint = dms.describeEndpoints(r -> r.filters(filter)).endpoints().get(0);
      dms.listTagsForResource(r -> r.resourceArn(endpoint.endpointArn()));
      iam.getRole(r -> r.roleName(role));
      iam.listAttachedRolePolicies(r -> r.roleName(role));
    };
  }

  private static StaticCredentialsProvider of(Credentials session) {
    return StaticCredentialsProvider.create(
        AwsSessionCredentials.create(
            session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
  }

  /** The calls so far. */
  List<Call> calls() {
    return aws.calls();
  }

  void forgetCalls() {
    aws.forgetCalls();
  }

  /** How many endpoints, and roles and policies of endpoints, there are. */
  int things() {
    var roles = aws.roles(LAKE).stream().filter(role -> !role.name().equals(LAKE_ROLE)).count();
    return aws.endpoints(DMS).size() + (int) roles + aws.policies(LAKE).size();
  }

  /** The size of an event's callback context, in bytes. */
  static int sizeOfContext(byte[] event) {
    var text = new String(event, StandardCharsets.UTF_8);
    return Json.bytes(Json.object(text).path("callbackContext")).length;
  }

  URI endpoint() {
    return aws.endpoint();
  }

  @Override
  public void close() {
    endpointUrl.close();
    aws.close();
  }
}
