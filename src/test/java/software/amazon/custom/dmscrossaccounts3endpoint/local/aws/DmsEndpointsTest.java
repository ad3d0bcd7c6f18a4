package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ResourceNotFoundException;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;

class DmsEndpointsTest {
  private DmsFixture f = new DmsFixture(options -> options.dialect(HandshakeDialect.KEPT_ACTIVE));
  private String role = roleIn(f);

  private static String roleIn(DmsFixture fixture) {
    var arn = fixture.role("r", Documents.TRUSTS_DMS);
    fixture.settle();
    return arn;
  }

  @AfterEach
  void close() {
    f.close();
  }

  private void restart(java.util.function.Consumer<LocalAwsBuilder> options) {
    f.close();
    f = new DmsFixture(options.andThen(o -> o.dialect(HandshakeDialect.KEPT_ACTIVE)));
    role = roleIn(f);
  }

  @Test
  void anEndpointIsShownInTheSpellingOfDms() {
    restart(options -> options.knownAttributes(Set.of("odd")));
    f.create(
        "Endpoint-1",
        role,
        r -> r.kmsKeyId("some-key").extraConnectionAttributes("maxFileSize=512;odd=1;"),
        s ->
            s.compressionType("gzip")
                .encryptionMode("sse-s3")
                .dataFormat("parquet")
                .parquetVersion("parquet-1-0")
                .datePartitionSequence("YYYYMMDDHH")
                .cannedAclForObjects("bucket-owner-full-control")
                .bucketFolder("folder"));
    f.settle();
    var endpoint = f.described("endpoint-1");
    assertThat(endpoint.endpointIdentifier()).isEqualTo("endpoint-1");
    assertThat(endpoint.endpointTypeAsString()).isEqualTo("TARGET");
    assertThat(endpoint.endpointType())
        .isEqualTo(ReplicationEndpointTypeValue.UNKNOWN_TO_SDK_VERSION);
    assertThat(endpoint.engineName()).isEqualTo("s3");
    assertThat(endpoint.engineDisplayName()).isEqualTo("Amazon S3");
    assertThat(endpoint.sslModeAsString()).isEqualTo("none");
    assertThat(endpoint.kmsKeyId()).isNull();
    var s3 = endpoint.s3Settings();
    assertThat(s3.compressionTypeAsString()).isEqualTo("GZIP");
    assertThat(s3.encryptionModeAsString()).isEqualTo("SSE_S3");
    assertThat(s3.dataFormatAsString()).isEqualTo("parquet");
    assertThat(s3.parquetVersionAsString()).isEqualTo("PARQUET_1_0");
    assertThat(s3.datePartitionSequenceAsString()).isEqualTo("yyyymmddhh");
    assertThat(s3.cannedAclForObjectsAsString()).isEqualTo("BUCKET_OWNER_FULL_CONTROL");
    assertThat(s3.maxFileSize()).isEqualTo(512);
    assertThat(endpoint.extraConnectionAttributes())
        .isEqualTo(
            "bucketFolder=folder;bucketName=lake;cannedAclForObjects=BUCKET_OWNER_FULL_CONTROL;compressionType=GZIP;csvDelimiter=,;csvRowDelimiter=\\n"
                + ";datePartitionEnabled=false;datePartitionSequence=yyyymmddhh;enableStatistics=true;"
                + "encryptionMode=SSE_S3;maxFileSize=512;odd=1;parquetVersion=PARQUET_1_0;");
  }

  @Test
  void defaultsAreFilledIn() {
    var s3 = f.create("e", role).s3Settings();
    assertThat(s3.compressionTypeAsString()).isEqualTo("NONE");
    assertThat(s3.csvDelimiter()).isEqualTo(",");
    assertThat(s3.csvRowDelimiter()).isEqualTo("\\n");
    assertThat(s3.bucketFolder()).isEmpty();
    assertThat(s3.datePartitionEnabled()).isFalse();
    assertThat(s3.enableStatistics()).isTrue();
    assertThat(s3.encryptionMode()).isNull();
  }

  @Test
  void withoutShoutingEnumerationsKeepTheModelsSpelling() {
    restart(options -> options.shoutingEnums(false));
    var endpoint = f.create("UPPER", role, r -> {}, s -> s.encryptionMode("SSE_S3"));
    assertThat(endpoint.s3Settings().encryptionModeAsString()).isEqualTo("sse-s3");
    assertThat(endpoint.s3Settings().compressionTypeAsString()).isEqualTo("none");
  }

  @Test
  void create_identifierWithUpperCase_isStoredInLowerCase() {
    var endpoint = f.create("UPPER", role);
    assertThat(endpoint.endpointIdentifier()).isEqualTo("upper");
    assertThat(endpoint.endpointArn()).endsWith(":endpoint:UPPER");
  }

  @Test
  void create_identifiersKeepTheirCase_comesBackAsGiven() {
    restart(options -> options.lowerCaseIdentifiers(false));
    assertThat(f.create("UPPER", role).endpointIdentifier()).isEqualTo("UPPER");
  }

  @Test
  void create_identifierTaken_saysThatItIsInUse() {
    f.create("e", role);
    var refused =
        Clients.error(() -> f.create("other", role, r -> r.endpointIdentifier("E"), s -> {}))
            .awsErrorDetails();
    assertThat(refused.errorCode()).isEqualTo("ResourceAlreadyExistsFault");
    assertThat(refused.errorMessage()).isEqualTo("ReplicationEndpoint \"e\" already in use");
  }

  @Test
  void create_identifierOfADeletedEndpoint_isInUseUntilTheDelayIsOver() {
    restart(options -> options.identifierReuseDelay(Duration.ofSeconds(30)));
    f.create("e", role);
    f.settle();
    f.dms.deleteEndpoint(r -> r.endpointArn(f.described("e").endpointArn()));
    f.settle();
    assertThat(f.isThere("e")).isFalse();
    assertThat(
            Clients.error(() -> f.create("other", role, r -> r.endpointIdentifier("e"), s -> {}))
                .awsErrorDetails()
                .errorMessage())
        .isEqualTo("ReplicationEndpoint \"e\" already in use");
    f.aws.clock().advance(Duration.ofSeconds(21));
    f.create("e", role);
    assertThat(f.isThere("e")).isTrue();
  }

  @Test
  void create_targetThatSaysNothing_showsTheDefaultsAndNothingElse() {
    var endpoint = f.create("e", role);
    assertThat(endpoint.endpointTypeAsString()).isEqualTo("TARGET");
    assertThat(f.aws.endpoints(DmsFixture.DMS).get(0).settings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "BucketName", "lake",
                "ServiceAccessRoleArn", role,
                "BucketFolder", "",
                "CompressionType", "NONE",
                "CsvDelimiter", ",",
                "CsvRowDelimiter", "\\n",
                "DatePartitionEnabled", false,
                "EnableStatistics", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Not_A_Bucket", "x", "a..b", "arn:aws:s3:::lake"})
  void create_nameThatNoBucketCanHave_isAccepted(String name) {
    assertThat(f.create("e", role, r -> {}, s -> s.bucketName(name)).s3Settings().bucketName())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"odd=1", "maxFileSize=512;odd=1;"})
  void create_unknownExtraConnectionAttribute_isRefused(String attributes) {
    var refused =
        Clients.error(
                () -> f.create("e", role, r -> r.extraConnectionAttributes(attributes), s -> {}))
            .awsErrorDetails();
    assertThat(refused.errorCode()).isEqualTo("InvalidParameterValueException");
    assertThat(refused.errorMessage())
        .isEqualTo("Unsupported value 'odd' for extra connection attributes");
    assertThat(f.isThere("e")).isFalse();
  }

  @Test
  void create_bareKeyId_isShownAsTheArnOfAKeyOfTheCaller() {
    var arn = "arn:aws:kms:eu-central-1:111111111111:key/1234";
    assertThat(withKey("as-setting", "1234").s3Settings().serverSideEncryptionKmsKeyId())
        .isEqualTo(arn);
    assertThat(f.described("as-setting").extraConnectionAttributes())
        .contains("serverSideEncryptionKmsKeyId=" + arn + ";");
    var asAttribute =
        f.create(
            "as-attribute",
            role,
            r ->
                r.extraConnectionAttributes(
                    "encryptionMode=sse-kms;serverSideEncryptionKmsKeyId=1234"),
            s -> {});
    assertThat(asAttribute.s3Settings().serverSideEncryptionKmsKeyId()).isEqualTo(arn);
  }

  @ParameterizedTest
  @ValueSource(strings = {"arn:aws:kms:us-east-1:222222222222:key/1234", "alias/lake"})
  void create_otherNameOfAKey_isShownAsGiven(String key) {
    assertThat(withKey("e", key).s3Settings().serverSideEncryptionKmsKeyId()).isEqualTo(key);
  }

  @Test
  void create_keyIdsAreKept_bareKeyIdIsShownAsGiven() {
    restart(options -> options.keyIdsAsGiven(true));
    assertThat(withKey("e", "1234").s3Settings().serverSideEncryptionKmsKeyId()).isEqualTo("1234");
  }

  private Endpoint withKey(String id, String key) {
    return f.create(
        id, role, r -> {}, s -> s.encryptionMode("sse-kms").serverSideEncryptionKmsKeyId(key));
  }

  @Test
  void droppedSettingsAreHonouredAsExtraConnectionAttributesOnly() {
    var dropped = Set.of("ServerSideEncryptionKmsKeyId", "EncryptionMode", "CdcPath");
    restart(options -> options.droppedOnCreate(dropped));
    var ignored =
        f.create(
            "ignored",
            role,
            r -> {},
            s -> s.encryptionMode("sse-kms").serverSideEncryptionKmsKeyId("k").cdcPath("p"));
    assertThat(ignored.s3Settings().encryptionMode()).isNull();
    assertThat(ignored.s3Settings().cdcPath()).isNull();
    assertThat(ignored.extraConnectionAttributes()).doesNotContain("CdcPath", "encryptionMode");
    var attributes = "serverSideEncryptionKmsKeyId=alias/k;encryptionMode=sse-kms;CdcPath=p";
    var honoured =
        f.create("honoured", role, r -> r.extraConnectionAttributes(attributes), s -> {});
    assertThat(honoured.s3Settings().cdcPath()).isNull();
    assertThat(honoured.extraConnectionAttributes())
        .contains("serverSideEncryptionKmsKeyId=alias/k;", "encryptionMode=SSE_KMS;", "CdcPath=p;");
    restart(options -> options.droppedOnCreate(dropped).droppedShowInSettings(true));
    var shown = f.create("shown", role, r -> r.extraConnectionAttributes(attributes), s -> {});
    assertThat(shown.s3Settings().cdcPath()).isEqualTo("p");
    assertThat(shown.s3Settings().encryptionModeAsString()).isEqualTo("SSE_KMS");
  }

  @Test
  void filtersFindOrAnswerNotFoundAndUnknownOnesAreRefused() {
    assertThat(f.dms.describeEndpoints().endpoints()).isEmpty();
    assertThat(
            Clients.error(
                () ->
                    f.dms.describeEndpoints(r -> r.filters(DmsFixture.filter("endpoint-id", "e")))))
        .isInstanceOf(ResourceNotFoundException.class);
    var endpoint = f.create("e", role);
    for (var filter :
        new String[][] {
          {"endpoint-arn", endpoint.endpointArn()},
          {"endpoint-id", "E"},
          {"endpoint-type", "target"},
          {"engine-name", "s3"}
        }) {
      assertThat(
              f.dms
                  .describeEndpoints(
                      r -> r.filters(DmsFixture.filter(filter[0], "other", filter[1])))
                  .endpoints())
          .hasSize(1);
    }
    assertThat(
            Clients.code(
                () -> f.dms.describeEndpoints(r -> r.filters(DmsFixture.filter("colour", "red")))))
        .isEqualTo("InvalidParameterValueException");
  }

  @Test
  void describe_filterMatchesNothing_isNotFound() {
    f.create("e", role);
    var refused =
        Clients.error(
                () ->
                    f.dms.describeEndpoints(r -> r.filters(DmsFixture.filter("endpoint-id", "x"))))
            .awsErrorDetails();
    assertThat(refused.errorCode()).isEqualTo("ResourceNotFoundFault");
    assertThat(refused.errorMessage()).isEqualTo("No Endpoints found matching provided filters");
  }

  @Test
  void describe_arnOfAnotherRegion_isInvalid() {
    var arn = f.create("e", role).endpointArn();
    var elsewhere = arn.replace("eu-central-1", "us-east-1");
    assertThat(
            Clients.code(
                () ->
                    f.dms.describeEndpoints(
                        r -> r.filters(DmsFixture.filter("endpoint-arn", arn, elsewhere)))))
        .isEqualTo("InvalidParameterValueException");
    restart(options -> options.filters(false));
    f.create("e", role);
    assertThat(
            f.dms
                .describeEndpoints(r -> r.filters(DmsFixture.filter("endpoint-arn", elsewhere)))
                .endpoints())
        .hasSize(1);
  }

  @Test
  void endpointsAreDescribedPageByPage() {
    IntStream.range(0, 45).forEach(i -> f.create("e" + i, role));
    var first = f.dms.describeEndpoints(r -> r.maxRecords(20));
    assertThat(first.endpoints()).hasSize(20);
    assertThat(f.dms.describeEndpointsPaginator(r -> r.maxRecords(20)).stream())
        .hasSize(3)
        .flatMap(page -> page.endpoints())
        .extracting(Endpoint::endpointArn)
        .doesNotHaveDuplicates()
        .hasSize(45);
    assertThat(Clients.code(() -> f.dms.describeEndpoints(r -> r.maxRecords(19))))
        .isEqualTo("ValidationException");
    assertThat(Clients.code(() -> f.dms.describeEndpoints(r -> r.marker("nonsense"))))
        .isEqualTo("InvalidParameterValueException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1a", "a-", "a--b", "a_b", "ä", "a b", ""})
  void identifiersFollowTheirRules(String bad) {
    assertThat(Clients.code(() -> f.create("fine", role, r -> r.endpointIdentifier(bad), s -> {})))
        .isEqualTo("InvalidParameterValueException");
    assertThat(Clients.code(() -> f.create("fine", role, r -> r.resourceIdentifier(bad), s -> {})))
        .isEqualTo("InvalidParameterValueException");
  }

  @Test
  void identifiersAreUniqueRegardlessOfCaseAndNotTooLong() {
    f.create("e", role);
    assertThat(Clients.code(() -> f.create("other", role, r -> r.endpointIdentifier("E"), s -> {})))
        .isEqualTo("ResourceAlreadyExistsFault");
    assertThat(Clients.code(() -> f.create("other", role, r -> r.resourceIdentifier("E"), s -> {})))
        .isEqualTo("ResourceAlreadyExistsFault");
    assertThat(Clients.code(() -> f.create("x".repeat(32), role)))
        .isEqualTo("InvalidParameterValueException");
    var unnamed = f.create("unnamed", role, r -> r.resourceIdentifier(null), s -> {});
    assertThat(unnamed.endpointArn()).matches(".*:endpoint:[A-Z2-7]{39}");
  }

  @Test
  void settingsOfAnS3EndpointAreChecked() {
    assertThat(Clients.code(() -> f.create("e", null)))
        .isEqualTo("InvalidParameterCombinationException");
    assertThat(Clients.code(() -> f.create("e", role, r -> {}, s -> s.bucketName(null))))
        .isEqualTo("InvalidParameterCombinationException");
    assertThat(Clients.code(() -> f.create("e", "arn:aws:iam::1:role/x")))
        .isEqualTo("InvalidParameterValueException");
    assertThat(Clients.code(() -> f.create("e", role, r -> {}, s -> s.compressionType("zip"))))
        .isEqualTo("ValidationException");
    assertThat(Clients.code(() -> f.create("e", role, r -> {}, s -> s.maxFileSize(0))))
        .isEqualTo("InvalidParameterValueException");
    assertThat(Clients.code(() -> f.create("e", role, r -> {}, s -> s.encryptionMode("sse-kms"))))
        .isEqualTo("InvalidParameterCombinationException");
    assertThat(Clients.code(() -> f.create("e", role, r -> r.engineName("punchcards"), s -> {})))
        .isEqualTo("InvalidParameterValueException");
    assertThat(Clients.code(() -> f.create("e", role, r -> r.endpointType("sideways"), s -> {})))
        .isEqualTo("ValidationException");
    assertThat(
            Clients.code(
                () -> f.create("e", role, r -> r.extraConnectionAttributes("nonsense"), s -> {})))
        .isEqualTo("InvalidParameterValueException");
    assertThat(f.aws.endpoints(DmsFixture.DMS)).isEmpty();
  }

  @Test
  void aDeletedEndpointIsDeletingAndThenGone() {
    var arn = f.create("e", role).endpointArn();
    assertThat(Clients.code(() -> f.dms.deleteEndpoint(r -> r.endpointArn(arn))))
        .as("while it is creating")
        .isEqualTo("InvalidResourceStateFault");
    f.settle();
    assertThat(f.dms.deleteEndpoint(r -> r.endpointArn(arn)).endpoint().status())
        .isEqualTo("deleting");
    assertThat(f.described("e").status()).isEqualTo("deleting");
    assertThat(Clients.code(() -> f.dms.deleteEndpoint(r -> r.endpointArn(arn))))
        .isEqualTo("InvalidResourceStateFault");
    assertThat(Clients.code(() -> f.create("e", role))).isEqualTo("ResourceAlreadyExistsFault");
    f.settle();
    assertThat(f.isThere("e")).isFalse();
    assertThat(Clients.code(() -> f.dms.deleteEndpoint(r -> r.endpointArn(arn))))
        .isEqualTo("ResourceNotFoundFault");
  }

  @Test
  void anEndpointThatATaskUsesCanNotBeDeleted() {
    var arn = f.create("e", role).endpointArn();
    f.settle();
    var task = f.aws.createReplicationTask(DmsFixture.DMS, "task", arn);
    assertThat(Clients.error(() -> f.dms.deleteEndpoint(r -> r.endpointArn(arn))))
        .hasMessageContaining("is part of one or more ReplicationTasks");
    assertThat(
            f.dms
                .describeReplicationTasks(r -> r.filters(DmsFixture.filter("endpoint-arn", arn)))
                .replicationTasks())
        .singleElement()
        .satisfies(t -> assertThat(t.replicationTaskArn()).isEqualTo(task));
    f.dms.deleteReplicationTask(r -> r.replicationTaskArn(task));
    f.settle();
    f.dms.deleteEndpoint(r -> r.endpointArn(arn));
  }

  @Test
  void anEndpointOfAnotherAccountsRoleCanNotBeModified() {
    var arn = f.create("e", role).endpointArn();
    f.settle();
    assertThat(
            Clients.code(
                () ->
                    f.dms.modifyEndpoint(
                        r -> r.endpointArn(arn).s3Settings(s -> s.bucketFolder("x")))))
        .isEqualTo("AccessDeniedFault");
    var iam = new Clients(f.aws).iam(f.aws.administrator(DmsFixture.DMS));
    var own =
        iam.createRole(r -> r.roleName("own").assumeRolePolicyDocument(Documents.TRUSTS_DMS))
            .role()
            .arn();
    f.settle();
    var mine = f.create("mine", own).endpointArn();
    f.settle();
    var modified =
        f.dms
            .modifyEndpoint(r -> r.endpointArn(mine).s3Settings(s -> s.bucketFolder("x")))
            .endpoint();
    assertThat(modified.s3Settings().bucketFolder()).isEqualTo("x");
    assertThat(modified.s3Settings().bucketName()).isEqualTo("lake");
  }

  @Test
  void endpointsLivePerAccountAndRegion() {
    f.create("e", role);
    var elsewhere = new Clients(f.aws, "us-east-1").dms(f.aws.administrator(DmsFixture.DMS));
    assertThat(elsewhere.describeEndpoints().endpoints()).isEmpty();
    var lake = new Clients(f.aws).dms(f.aws.administrator(DmsFixture.LAKE));
    assertThat(lake.describeEndpoints().endpoints()).isEmpty();
    assertThat(f.aws.endpoints(DmsFixture.DMS))
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.region()).isEqualTo("eu-central-1");
              assertThat(view.identifier()).isEqualTo("e");
              assertThat(view.settings()).containsEntry("BucketName", "lake");
              assertThat(view.externalId()).isNotBlank();
            });
  }

  @Test
  void sourceEndpointsInstancesAndTasksWorkTogether() {
    var target = f.create("e", role).endpointArn();
    var source =
        f.dms
            .createEndpoint(
                r ->
                    r.endpointIdentifier("db")
                        .endpointType("source")
                        .engineName("postgres")
                        .serverName("db.example.com")
                        .port(5432)
                        .username("u")
                        .password("p")
                        .databaseName("d"))
            .endpoint();
    assertThat(source.port()).isEqualTo(5432);
    assertThat(source.serverName()).isEqualTo("db.example.com");
    var instance =
        f.dms
            .createReplicationInstance(
                r ->
                    r.replicationInstanceIdentifier("rep")
                        .replicationInstanceClass("dms.t3.medium")
                        .allocatedStorage(50))
            .replicationInstance();
    f.settle();
    assertThat(
            f.dms
                .describeReplicationInstances(
                    r -> r.filters(DmsFixture.filter("replication-instance-id", "rep")))
                .replicationInstances()
                .get(0)
                .replicationInstanceStatus())
        .isEqualTo("available");
    var task =
        f.dms
            .createReplicationTask(
                r ->
                    r.replicationTaskIdentifier("task")
                        .sourceEndpointArn(source.endpointArn())
                        .targetEndpointArn(target)
                        .replicationInstanceArn(instance.replicationInstanceArn())
                        .migrationType("cdc")
                        .tableMappings("{}"))
            .replicationTask();
    assertThat(
            Clients.code(
                () ->
                    f.dms.deleteReplicationInstance(
                        r -> r.replicationInstanceArn(instance.replicationInstanceArn()))))
        .isEqualTo("InvalidResourceStateFault");
    f.settle();
    f.dms.deleteReplicationTask(r -> r.replicationTaskArn(task.replicationTaskArn()));
    f.settle();
    f.dms.deleteReplicationInstance(
        r -> r.replicationInstanceArn(instance.replicationInstanceArn()));
    f.settle();
    assertThat(f.dms.describeReplicationInstances().replicationInstances()).isEmpty();
    assertThat(f.dms.describeReplicationTasks().replicationTasks()).isEmpty();
    f.dms.modifyEndpoint(r -> r.endpointArn(source.endpointArn()).serverName("other"));
    assertThat(f.described("db").serverName()).isEqualTo("other");
  }
}
