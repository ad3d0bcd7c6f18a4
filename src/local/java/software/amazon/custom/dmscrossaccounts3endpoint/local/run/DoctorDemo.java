package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Diagnosis;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Doctor;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Credentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * Set-up on a local AWS for the doctor: a registered type, one environment and two endpoints that
 * the provider creates; then the same with faults.
 */
final class DoctorDemo implements AutoCloseable {
  private static final String TYPE_NAME = "Acme::DMS::CrossAccountS3Endpoint";
  private static final String REGION = "eu-central-1";
  private static final String TYPE = "999900001111";
  private static final String DMS = "111122223333";
  private static final String LAKE = "444455556666";
  private static final String PROVIDER = "dms-s3-endpoint-provider";
  private static final String EXTERNAL_ID = "dms-s3-endpoints";

  private final LocalClock clock = LocalClock.virtual();
  private final LocalAws aws;
  private final SystemProperty endpointUrl;
  private final String executionRole;
  private final ObjectNode configuration;

  private DoctorDemo() {
    aws =
        LocalAws.builder()
            .region(REGION)
            .clock(clock)
            .enforceIam(true)
            .account(TYPE)
            .allowList(DMS, LAKE)
            .start();
    endpointUrl = SystemProperty.set("aws.endpointUrl", aws.endpoint().toString());
    executionRole =
        aws.createAssumableRole(
            TYPE, "dms-s3-endpoint-type-execution", "arn:aws:iam::" + TYPE + ":root", null);
    configuration = typeConfiguration();
    register();
    createEndpoint("orders-lake");
    createEndpoint("sales-lake");
    // No create is under way any more.
    clock.advance(Duration.ofHours(3));
  }

  /** Returns the reports by their titles. */
  static Map<String, Diagnosis> reports() {
    var reports = new LinkedHashMap<String, Diagnosis>();
    try (var demo = new DoctorDemo()) {
      reports.put("A healthy set-up on the local AWS:", demo.examine());
      demo.breakThings();
      reports.put(
          "The same after a permission was denied to the data-lake role, a policy was detached from"
              + " an endpoint's role and an endpoint was deleted by hand:",
          demo.examine());
    }
    return reports;
  }

  private ObjectNode typeConfiguration() {
    var configuration = Json.object();
    configuration
        .putArray("Environments")
        .addObject()
        .put("Name", "dev")
        .put("DataLakeRoleArn", role(LAKE))
        .put("DmsRoleArn", role(DMS))
        .put("AssumeRoleExternalId", EXTERNAL_ID)
        .put("PermissionsBoundaryArn", createBoundary());
    return configuration;
  }

  private String role(String account) {
    return aws.createAssumableRole(account, PROVIDER, executionRole, EXTERNAL_ID);
  }

  private String createBoundary() {
    try (var iam = iam()) {
      return iam.createPolicy(
              r ->
                  r.policyName("dms-s3-endpoint-boundary")
                      .policyDocument(document(IamEffect.ALLOW, "s3:*")))
          .policy()
          .arn();
    }
  }

  private static String document(IamEffect effect, String action) {
    return IamPolicy.builder()
        .addStatement(s -> s.effect(effect).addAction(action).addResource("*"))
        .build()
        .toJson();
  }

  private void register() {
    var schema = Json.object(HandlerSchema.asJsonObject().toString()).put("typeName", TYPE_NAME);
    var loggingRole =
        aws.createAssumableRole(
            TYPE, "dms-s3-endpoint-type-logging", "arn:aws:iam::" + TYPE + ":root", null);
    aws.registerType(
        TYPE,
        TYPE_NAME,
        schema.toString(),
        executionRole,
        loggingRole,
        "dms-cross-account-s3-endpoint");
    aws.configureType(TYPE, TYPE_NAME, configuration.toString());
  }

  private void createEndpoint(String identifier) {
    var model = Json.object().put("EndpointIdentifier", identifier).put("Environment", "dev");
    model.putObject("S3Settings").put("BucketName", "example-data-lake");
    var time = new VirtualTime(clock);
    var session = aws.sessionOf(executionRole);
    var credentials =
        new Credentials(session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
    var outcome =
        CloudFormation.calling(new HandlerProvider(time, line -> {}))
            .region(REGION)
            .account(TYPE)
            .logicalId(identifier)
            .typeConfiguration(configuration)
            .credentials(() -> credentials)
            .time(time)
            .build()
            .create(model);
    if (!outcome.succeeded()) {
      throw new StepFailed(outcome.toString());
    }
  }

  private void breakThings() {
    try (var iam = iam();
        var dms =
            DatabaseMigrationClient.builder()
                .region(Region.of(REGION))
                .endpointOverride(aws.endpoint())
                .credentialsProvider(administrator(DMS))
                .build()) {
      iam.putRolePolicy(
          r ->
              r.roleName(PROVIDER)
                  .policyName("by-hand")
                  .policyDocument(document(IamEffect.DENY, "iam:TagRole")));
      var role =
          aws.roles(LAKE).stream().filter(r -> r.name().startsWith("sales-lake")).findFirst();
      iam.detachRolePolicy(
          r -> r.roleName(role.orElseThrow().name()).policyArn(role.get().attached().get(0)));
      dms.deleteEndpoint(
          r -> r.endpointArn("arn:aws:dms:%s:%s:endpoint:orders-lake".formatted(REGION, DMS)));
    }
    clock.advance(Duration.ofMinutes(5));
  }

  private Diagnosis examine() {
    return new Doctor(
            configuration,
            "type-configuration.json",
            TYPE_NAME,
            REGION,
            List.of(),
            administrator(TYPE),
            clock::instant)
        .examine();
  }

  private IamClient iam() {
    return IamClient.builder()
        .region(Region.AWS_GLOBAL)
        .endpointOverride(aws.endpoint())
        .credentialsProvider(administrator(LAKE))
        .build();
  }

  private StaticCredentialsProvider administrator(String account) {
    var key = aws.administrator(account);
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  @Override
  public void close() {
    endpointUrl.close();
    aws.close();
  }
}
