package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CfnRegistryException;
import software.amazon.awssdk.services.cloudformation.model.DeprecatedStatus;
import software.amazon.awssdk.services.cloudformation.model.DescribeTypeResponse;
import software.amazon.awssdk.services.cloudformation.model.LoggingConfig;
import software.amazon.awssdk.services.cloudformation.model.RegisterTypeRequest;
import software.amazon.awssdk.services.cloudformation.model.RegistrationStatus;
import software.amazon.awssdk.services.cloudformation.model.RegistryType;
import software.amazon.awssdk.services.cloudformation.model.TypeConfigurationDetails;
import software.amazon.awssdk.services.cloudformation.model.TypeConfigurationIdentifier;
import software.amazon.awssdk.services.cloudformation.model.TypeNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.TypeSummary;
import software.amazon.awssdk.services.cloudformation.model.TypeVersionSummary;
import software.amazon.awssdk.services.cloudformation.model.Visibility;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TypePackages;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;

/** The registry as the SDK sees it. */
class RegistryTest {
  private static final String ACCOUNT = "111122223333";
  private static final String OTHER = "222233334444";
  private static final String NAME = TypePackages.NAME;
  private static final String ARN =
      "arn:aws:cloudformation:eu-central-1:111122223333:type/resource/Acme-DMS-CrossAccountS3Endpoint";
  private static final String EXECUTION = "arn:aws:iam::111122223333:role/execution";
  private static final String LOGGING = "arn:aws:iam::111122223333:role/logging";
  private static final String CONFIGURATION =
      "{\"Environments\":[{\"Name\":\"dev\",\"DataLakeRoleArn\":\"arn:aws:iam::444455556666:role/r\"}]}";

  private LocalClock clock;
  private LocalAws aws;
  private CloudFormationClient registry;

  @BeforeEach
  void start() throws Exception {
    start(b -> {});
  }

  private void start(Consumer<LocalAwsBuilder> options) throws Exception {
    close();
    clock = LocalClock.virtual();
    var builder = LocalAws.builder().clock(clock).account(ACCOUNT).account(OTHER);
    options.accept(builder);
    aws = builder.start();
    aws.createBucket(ACCOUNT, "packages", null);
    registry = registry(aws.administrator(ACCOUNT), "eu-central-1");
    upload("type.zip", TypePackages.named(NAME));
  }

  @AfterEach
  void close() {
    if (aws != null) {
      registry.close();
      aws.close();
    }
  }

  private CloudFormationClient registry(LocalCredentials as, String region) {
    return new Clients(aws, region).cloudFormation(as);
  }

  private HttpResponse<String> put(
      LocalCredentials as, String path, byte[] content, String... headers) throws Exception {
    return TypePackages.put(aws.endpoint(), as, path, content, headers);
  }

  private void upload(String key, byte[] content) throws Exception {
    assertThat(put(aws.administrator(ACCOUNT), "/packages/" + key, content).statusCode())
        .isEqualTo(200);
  }

  private static RegisterTypeRequest.Builder type(String key) {
    return RegisterTypeRequest.builder()
        .type(RegistryType.RESOURCE)
        .typeName(NAME)
        .schemaHandlerPackage("s3://packages/" + key)
        .executionRoleArn(EXECUTION)
        .loggingConfig(l -> l.logRoleArn(LOGGING).logGroupName("type-logs"));
  }

  private String register() {
    var token = registry.registerType(type("type.zip").build()).registrationToken();
    clock.advance(Duration.ofSeconds(1));
    return token;
  }

  private DescribeTypeResponse describe() {
    return registry.describeType(r -> r.type(RegistryType.RESOURCE).typeName(NAME));
  }

  private List<TypeVersionSummary> versions() {
    return registry
        .listTypeVersions(r -> r.type(RegistryType.RESOURCE).typeName(NAME))
        .typeVersionSummaries();
  }

  @Test
  void aVersionIsThereWhenItsRegistrationIsComplete() {
    var token = registry.registerType(type("type.zip").build()).registrationToken();
    var running = registry.describeTypeRegistration(r -> r.registrationToken(token));
    assertThat(running.progressStatus()).isEqualTo(RegistrationStatus.IN_PROGRESS);
    assertThat(running.typeVersionArn()).isNull();
    assertThat(Clients.code(this::describe)).isEqualTo("TypeNotFoundException");

    clock.advance(Duration.ofSeconds(1));

    var complete = registry.describeTypeRegistration(r -> r.registrationToken(token));
    assertThat(complete.progressStatus()).isEqualTo(RegistrationStatus.COMPLETE);
    assertThat(complete.typeArn()).isEqualTo(ARN);
    assertThat(complete.typeVersionArn()).isEqualTo(ARN + "/00000001");
    assertThat(describe().isDefaultVersion()).isTrue();
  }

  @Test
  void aTypeIsDescribedInFull() throws Exception {
    register();
    var described = describe();
    assertThat(described.arn()).isEqualTo(ARN);
    assertThat(described.type()).isEqualTo(RegistryType.RESOURCE);
    assertThat(described.typeName()).isEqualTo(NAME);
    assertThat(described.defaultVersionId()).isEqualTo("00000001");
    assertThat(described.executionRoleArn()).isEqualTo(EXECUTION);
    assertThat(described.loggingConfig().logRoleArn()).isEqualTo(LOGGING);
    assertThat(described.loggingConfig().logGroupName()).isEqualTo("type-logs");
    assertThat(described.deprecatedStatus()).isEqualTo(DeprecatedStatus.LIVE);
    assertThat(described.visibility()).isEqualTo(Visibility.PRIVATE);
    assertThat(described.timeCreated()).isEqualTo(clock.instant());
    assertThat(described.description()).isNotBlank();
    assertThat(new ObjectMapper().readTree(described.schema()).get("typeName").asText())
        .isEqualTo(NAME);

    assertThat(registry.describeType(r -> r.arn(ARN)).typeName()).isEqualTo(NAME);
    assertThat(registry.describeType(r -> r.arn(ARN + "/00000001")).arn())
        .isEqualTo(ARN + "/00000001");
    assertThat(
            registry
                .describeType(
                    r -> r.type(RegistryType.RESOURCE).typeName(NAME).versionId("00000001"))
                .arn())
        .isEqualTo(ARN + "/00000001");
  }

  @Test
  void anotherVersionIsTheDefaultOnlyWhenItIsMadeThat() {
    register();
    register();
    assertThat(versions())
        .extracting(TypeVersionSummary::versionId, TypeVersionSummary::isDefaultVersion)
        .containsExactly(tuple("00000001", true), tuple("00000002", false));

    registry.setTypeDefaultVersion(
        r -> r.type(RegistryType.RESOURCE).typeName(NAME).versionId("00000002"));
    assertThat(describe().defaultVersionId()).isEqualTo("00000002");

    registry.setTypeDefaultVersion(r -> r.arn(ARN + "/00000001"));
    assertThat(describe().defaultVersionId()).isEqualTo("00000001");
    assertThat(Clients.code(() -> registry.setTypeDefaultVersion(r -> r.arn(ARN + "/00000003"))))
        .isEqualTo("TypeNotFoundException");
    assertThat(Clients.code(() -> registry.setTypeDefaultVersion(r -> r.arn(ARN))))
        .isEqualTo("CFNRegistryException");
  }

  @Test
  void eachAccountAndRegionHasItsOwnTypes() throws Exception {
    register();
    var elsewhere = registry(aws.administrator(ACCOUNT), "eu-west-1");
    var others = registry(aws.administrator(OTHER), "eu-central-1");
    for (var client : List.of(elsewhere, others)) {
      assertThat(client.listTypes(r -> {}).typeSummaries()).isEmpty();
      assertThat(
              Clients.error(
                  () -> client.describeType(r -> r.type(RegistryType.RESOURCE).typeName(NAME))))
          .isInstanceOf(TypeNotFoundException.class);
      client.close();
    }
    upload("b.zip", TypePackages.named("Acme::DMS::Another"));
    registry.registerType(type("b.zip").typeName("Acme::DMS::Another").build());
    clock.advance(Duration.ofSeconds(1));
    assertThat(registry.listTypesPaginator(r -> r.maxResults(1)).typeSummaries())
        .extracting(TypeSummary::typeName)
        .containsExactly("Acme::DMS::Another", NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS::Custom::Some", "amazon::DMS::Some", "Custom::DMS::Some"})
  void reservedNamespacesAreRefused(String name) {
    assertThat(Clients.error(() -> registry.registerType(type("type.zip").typeName(name).build())))
        .isInstanceOf(CfnRegistryException.class)
        .hasMessageContaining("reserved");
  }

  @Test
  void aPackageThatCannotBeReadIsRefusedAndOneThatIsNoneFailsLater() throws Exception {
    for (var url : List.of("s3://packages/none.zip", "s3://nowhere/type.zip", "https://x")) {
      assertThat(
              Clients.error(
                  () -> registry.registerType(type("type.zip").schemaHandlerPackage(url).build())))
          .hasMessageContaining("Error validating schemaHandlerPackage");
    }
    upload("empty.zip", TypePackages.holding("readme.txt", "x"));
    upload("other.zip", TypePackages.named("Acme::DMS::Another"));
    upload("text.zip", TypePackages.holding("schema.json", "{"));
    for (var key : List.of("empty.zip", "other.zip", "text.zip")) {
      var token = registry.registerType(type(key).build()).registrationToken();
      clock.advance(Duration.ofSeconds(1));
      assertThat(registry.describeTypeRegistration(r -> r.registrationToken(token)))
          .as(key)
          .matches(r -> r.progressStatus() == RegistrationStatus.FAILED)
          .matches(r -> r.description().contains("FAILED"));
    }
    assertThat(Clients.code(this::describe)).isEqualTo("TypeNotFoundException");
  }

  @Test
  void setTypeConfiguration_otherVersion_keepsIt() {
    assertThat(Clients.code(this::configure)).isEqualTo("TypeNotFoundException");
    register();
    assertThat(configure()).isEqualTo(ARN.replace(":type/", ":type-configuration/") + "/default");
    register();
    var shown =
        registry.batchDescribeTypeConfigurations(
            r ->
                r.typeConfigurationIdentifiers(
                    Stream.of(NAME, "Acme::DMS::Another")
                        .map(n -> TypeConfigurationIdentifier.builder().typeName(n).build())
                        .toList()));
    assertThat(shown.typeConfigurations())
        .extracting(TypeConfigurationDetails::configuration)
        .containsExactly(CONFIGURATION);
    assertThat(shown.errors())
        .extracting(e -> e.typeConfigurationIdentifier().typeName())
        .containsExactly("Acme::DMS::Another");
  }

  private String configure() {
    return registry
        .setTypeConfiguration(
            r ->
                r.type("RESOURCE")
                    .typeName(NAME)
                    .configurationAlias("default")
                    .configuration(CONFIGURATION))
        .configurationArn();
  }

  @Test
  void callsThatNameNothingAreRefused() {
    assertThat(Clients.code(() -> registry.describeType(r -> r.typeName(NAME))))
        .isEqualTo("CFNRegistryException");
    assertThat(Clients.code(() -> registry.registerType(type("type.zip").typeName("Acme").build())))
        .isEqualTo("ValidationError");
    assertThat(
            Clients.code(
                () -> registry.describeTypeRegistration(r -> r.registrationToken("unknown"))))
        .isEqualTo("CFNRegistryException");
    assertThat(Clients.code(() -> registry.listTypes(r -> r.nextToken("x"))))
        .isEqualTo("CFNRegistryException");
  }

  @Test
  void aSnapshotHoldsTypesAndPackages() throws Exception {
    register();
    var before = aws.snapshot();
    register();
    upload("type.zip", TypePackages.holding("readme.txt", "x"));
    aws.restore(before);
    assertThat(versions()).hasSize(1);
    register();
    assertThat(versions()).hasSize(2);
  }

  @Test
  void whoRegistersMustReadThePackageAndPassTheRoles() throws Exception {
    start(b -> b.enforceIam(true));
    aws.createAssumableRole(ACCOUNT, "pipeline", "arn:aws:iam::" + ACCOUNT + ":root", null);
    var pipeline = "arn:aws:iam::" + ACCOUNT + ":role/pipeline";
    try (var iam = new Clients(aws).iam(aws.administrator(ACCOUNT));
        var mine = registry(aws.sessionOf(pipeline), "eu-central-1")) {
      allow(iam, "cloudformation:RegisterType");
      assertThat(Clients.error(() -> mine.registerType(type("type.zip").build())))
          .hasMessageContaining("iam:PassRole");
      allow(iam, "cloudformation:RegisterType\",\"iam:PassRole");
      assertThat(Clients.error(() -> mine.registerType(type("type.zip").build())))
          .hasMessageContaining("Error validating schemaHandlerPackage");
      allow(iam, "cloudformation:RegisterType\",\"iam:PassRole\",\"s3:GetObject");
      mine.registerType(type("type.zip").build());
      assertThat(Clients.code(() -> mine.listTypes(r -> {}))).isEqualTo("AccessDenied");
    }
  }

  private static void allow(IamClient iam, String actions) {
    iam.putRolePolicy(
        r ->
            r.roleName("pipeline")
                .policyName("administrator")
                .policyDocument(
                    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Resource\":\"*\",\"Action\":[\""
                        + actions
                        + "\"]}}"));
  }

  @Test
  void packagesOfAnotherAccountAreReadWhereTheBucketLetsItsCallersIn() throws Exception {
    start(b -> b.enforceIam(true));
    var elsewhere = registry(aws.administrator(OTHER), "eu-central-1");
    var request =
        type("type.zip").executionRoleArn(null).loggingConfig((LoggingConfig) null).build();
    assertThat(Clients.code(() -> elsewhere.registerType(request)))
        .isEqualTo("CFNRegistryException");
    aws.createBucket(
        ACCOUNT,
        "packages",
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::222233334444:root"},
          "Action": "s3:GetObject", "Resource": "arn:aws:s3:::packages/*"}]}
        """);
    upload("type.zip", TypePackages.named(NAME));
    elsewhere.registerType(request);
    assertThat(put(aws.administrator(OTHER), "/packages/mine.zip", new byte[1]).statusCode())
        .isEqualTo(403);
    elsewhere.close();
  }

  @Test
  void anObjectCanBeKeptFromBeingReplaced() throws Exception {
    var administrator = aws.administrator(ACCOUNT);
    var again = put(administrator, "/packages/type.zip", new byte[1], "If-None-Match", "*");
    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(again.body()).contains("<Code>PreconditionFailed</Code>");
    assertThat(
            put(administrator, "/packages/new.zip", new byte[1], "If-None-Match", "*")
                .headers()
                .firstValue("ETag"))
        .hasValue("\"93b885adfe0da089cdf634904fd59f71\"");
    assertThat(put(administrator, "/nowhere/new.zip", new byte[1]).body())
        .contains("<Code>NoSuchBucket</Code>");
    assertThat(
            put(administrator, "/packages/a", new byte[1], "Content-Encoding", "aws-chunked")
                .statusCode())
        .isEqualTo(501);
  }

  @Test
  void putObject_wrongChecksumOrOwner_isRefused() throws Exception {
    var administrator = aws.administrator(ACCOUNT);
    var path = "/packages/new.zip";
    var wrong = put(administrator, path, new byte[1], "x-amz-checksum-sha256", "AAAA");
    assertThat(wrong.body()).contains("<Code>BadDigest</Code>");
    var foreign = put(administrator, path, new byte[1], "x-amz-expected-bucket-owner", OTHER);
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(head(path).statusCode()).isEqualTo(404);
  }

  @Test
  void headObject_checksumMode_returnsTheSha256() throws Exception {
    var path = "/packages/new.zip";
    var sha256 = "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=";
    var put = put(aws.administrator(ACCOUNT), path, new byte[1], "x-amz-checksum-sha256", sha256);
    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(head(path, "x-amz-checksum-mode", "ENABLED").headers())
        .satisfies(
            headers -> assertThat(headers.firstValue("x-amz-checksum-sha256")).hasValue(sha256));
    assertThat(head(path).headers().firstValue("x-amz-checksum-sha256")).isEmpty();
  }

  private HttpResponse<String> head(String path, String... headers) throws Exception {
    return TypePackages.send(
        aws.endpoint(), aws.administrator(ACCOUNT), "HEAD", path, new byte[0], headers);
  }
}
