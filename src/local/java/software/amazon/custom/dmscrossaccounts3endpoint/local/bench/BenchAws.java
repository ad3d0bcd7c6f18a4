package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.SystemProperty;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Credentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/** A local AWS with pairs of a DMS account and a data-lake account. */
final class BenchAws implements AutoCloseable {
  private static final String LAKE_ROLE = "lake-admin";

  private final LocalAws aws;
  private final List<String> executionRoles;
  private final SystemProperty endpointUrl;

  /** Creates one pair by the machine's clock; nothing takes time and nothing is throttled. */
  BenchAws() {
    this(
        LocalClock.system(),
        LocalAws.builder().propagation(Duration.ZERO).settleTime(Duration.ZERO).noQuota("dms"),
        1);
  }

  BenchAws(LocalClock clock, LocalAwsBuilder builder, int pairs) {
    builder.clock(clock);
    for (var pair = 0; pair < pairs; pair++) {
      builder.account(dms(pair)).account(lake(pair)).allowList(dms(pair), lake(pair));
    }
    aws = builder.start();
    endpointUrl = SystemProperty.set("aws.endpointUrl", aws.endpoint().toString());
    executionRoles =
        IntStream.range(0, pairs)
            .mapToObj(
                pair -> {
                  var root = "arn:aws:iam::" + dms(pair) + ":root";
                  var role = aws.createAssumableRole(dms(pair), "type-execution", root, null);
                  aws.createAssumableRole(lake(pair), LAKE_ROLE, role, null);
                  return role;
                })
            .toList();
  }

  private static String dms(int pair) {
    return "1111222233%02d".formatted(pair);
  }

  private static String lake(int pair) {
    return "4444555566%02d".formatted(pair);
  }

  /** Returns a model that names its role itself. */
  static ObjectNode model(int pair, String identifier) {
    var model =
        Json.object()
            .put("EndpointIdentifier", identifier)
            .put("DataLakeRoleArn", "arn:aws:iam::" + lake(pair) + ":role/" + LAKE_ROLE);
    model.putObject("S3Settings").put("BucketName", "example-data-lake");
    return model;
  }

  /** Returns CloudFormation in the DMS account of a pair. */
  CloudFormation.Builder cloudFormation(int pair, Provider provider) {
    return CloudFormation.calling(provider)
        .account(dms(pair))
        .credentials(() -> session(pair))
        .retries(RetryPolicy.NEVER);
  }

  CloudFormation cloudFormation(int pair, Provider provider, Time time) {
    return cloudFormation(pair, provider).time(time).build();
  }

  private Credentials session(int pair) {
    var session = aws.sessionOf(executionRoles.get(pair));
    return new Credentials(
        session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
  }

  /**
   * Creates an endpoint and reads it.
   *
   * @return the event of the READ
   */
  byte[] read(String identifier, boolean loggingRole) {
    var handlers = new HandlerProvider(line -> {});
    var last = new AtomicReference<byte[]>();
    var builder =
        cloudFormation(
            0,
            (function, event) -> {
              last.set(event);
              return handlers.invoke(function, event);
            });
    var created = builder.build().create(model(0, identifier)).model().orElseThrow();
    if (loggingRole) {
      builder.logging(() -> session(0), "acme-dms-crossaccounts3endpoint-logs");
    }
    builder.build().read(Json.object().put("EndpointArn", created.get("EndpointArn").asText()));
    return last.get();
  }

  /** Returns how many endpoints, and roles and policies of endpoints, there are. */
  int resources() {
    return IntStream.range(0, executionRoles.size())
        .map(
            pair ->
                aws.endpoints(dms(pair)).size()
                    + aws.roles(lake(pair)).size()
                    - 1
                    + aws.policies(lake(pair)).size())
        .sum();
  }

  LocalAws aws() {
    return aws;
  }

  @Override
  public void close() {
    endpointUrl.close();
    aws.close();
  }
}
