package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.databasemigration.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.EndpointView;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.Migration;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.MigrationOptions;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.MigrationResult;
import software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.Row;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * Migrated templates, run: endpoints that were made by hand or by a function are read as an import
 * reads them, show no drift, and are adopted by the last update without being recreated.
 */
class MigrationTest {
  private static final String TYPE = "AWS::Custom::DmsCrossAccountS3Endpoint";
  private static final String CONFIGURATION =
      """
      {'Environments': [
         {'Name': 'dev', 'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/lake-admin'},
         {'Name': 'prod', 'DataLakeRoleArn': 'arn:aws:iam::777788889999:role/lake-admin'}]}
      """;

  @TempDir private Path folder;
  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  private static MigrationOptions options() {
    return new MigrationOptions(
        TYPE, "lake", null, null, null, "managed-by=cloudformation", json(CONFIGURATION));
  }

  private CloudFormation cloudFormation(String logicalId) {
    return accounts.cloudFormation(
        b -> b.logicalId(logicalId).typeConfiguration(json(CONFIGURATION)));
  }

  /** As a person or the function makes it: a role that trusts DMS, and the endpoint. */
  private String made(String identifier, Consumer<S3Settings.Builder> settings, String attributes) {
    try (var iam = accounts.iamByHand();
        var dms = accounts.dmsByHand()) {
      var trust =
          TwoAccounts.TRUST_IN_DMS.replace(
              "\"Action\":",
              "\"Condition\":{\"StringLike\":{\"sts:ExternalId\":\"*\"}},\"Action\":");
      var role = iam.createRole(r -> r.roleName(identifier).assumeRolePolicyDocument(trust)).role();
      accounts.clock().advance(Duration.ofMinutes(1));
      var endpoint =
          dms.createEndpoint(
                  e ->
                      e.endpointIdentifier(identifier)
                          .endpointType(ReplicationEndpointTypeValue.TARGET)
                          .engineName("s3")
                          .extraConnectionAttributes(attributes)
                          .s3Settings(s -> settings.accept(s.serviceAccessRoleArn(role.arn()))))
              .endpoint();
      accounts.clock().advance(Duration.ofMinutes(1));
      return endpoint.endpointArn();
    }
  }

  /** The resource as it is imported, and as it is in the template in the end. */
  private record Stages(ObjectNode imported, ObjectNode wanted) {}

  private Stages stages(MigrationResult migrated, String id, Map<String, String> parameters)
      throws IOException {
    var text = migrated.files().get("endpoints.yaml");
    var importing = text.replaceAll("(?m)^.* # after the import$\\n", "");
    return new Stages(
        resources(importing, parameters).get(id), resources(text, parameters).get(id));
  }

  /** Resources as CloudFormation resolves them. */
  private Map<String, ObjectNode> resources(String template, Map<String, String> parameters)
      throws IOException {
    var path = Files.writeString(folder.resolve("template.yaml"), template);
    return DeployedTemplate.of(TemplateFile.read(path), TwoAccounts.DMS, parameters)
        .resources(TYPE);
  }

  /** Imports, looks for drift, and adopts. */
  private void adopt(String id, String arn, Stages stages) {
    var imported = stages.imported();
    var wanted = stages.wanted();
    var cloudFormation = cloudFormation(id);
    var read = succeeded(cloudFormation.read(byArn(arn)));
    assertShown(read, imported, List.of("EndpointIdentifier", "S3Settings"));
    assertThat(read.has("Environment")).isFalse(); // Nothing has it on record yet.
    var before = endpoint(arn);
    accounts.aws().forgetCalls();

    var updated =
        succeeded(
            cloudFormation.update(
                wanted.put("EndpointArn", arn), imported.put("EndpointArn", arn)));

    assertThat(accounts.calls())
        .contains("dms:AddTagsToResource")
        .noneMatch(c -> c.matches("dms:(Create|Delete|Modify)Endpoint|iam:[CDPUTA].*"));
    assertThat(endpoint(arn)).isEqualTo(before);
    assertThat(updated.get("RoleName").asText())
        .isEqualToIgnoringCase(wanted.get("EndpointIdentifier").asText());
    var again = succeeded(cloudFormation.read(byArn(arn)));
    assertShown(again, wanted, List.of("EndpointIdentifier", "Environment", "S3Settings", "Tags"));
    accounts.aws().forgetCalls();
    succeeded(cloudFormation.update(wanted, wanted));
    assertThat(accounts.calls()).noneMatch(c -> c.matches("dms:(Add|Remove|Create|Delete).*"));
  }

  /** The endpoint as it is, but for its tags. */
  private EndpointView endpoint(String arn) {
    return accounts.endpoints().stream()
        .filter(e -> e.arn().equals(arn))
        .map(
            e ->
                new EndpointView(
                    e.arn(),
                    e.identifier(),
                    e.status(),
                    e.settings(),
                    e.externalId(),
                    Map.of(),
                    e.region()))
        .findFirst()
        .orElseThrow();
  }

  /** What the template says is what is there: there is no drift. */
  private static void assertShown(ObjectNode read, ObjectNode template, List<String> properties) {
    for (var property : properties) {
      if (template.path(property).isObject()) {
        template
            .get(property)
            .properties()
            .forEach(
                s ->
                    assertThat(read.get(property).get(s.getKey()))
                        .as(s.getKey())
                        .isEqualTo(s.getValue()));
      } else {
        assertThat(read.get(property)).as(property).isEqualTo(template.get(property));
      }
    }
  }

  @Test
  void exampleOfACustomResource_isAdopted() throws IOException {
    var arn =
        made(
            "sales-lake",
            s ->
                s.bucketName("example-data-lake-dev")
                    .bucketFolder("sales")
                    .compressionType("none")
                    .timestampColumnName("loaded_at")
                    .dataFormat("parquet")
                    .encryptionMode("sse-s3"),
            null);
    var migrated =
        Migration.of(
            "custom-resource.yaml",
            Files.readString(Path.of("examples", "migrate", "custom-resource.yaml")),
            options());

    adopt("SalesEndpoint", arn, stages(migrated, "SalesEndpoint", Map.of("Environment", "dev")));
  }

  @Test
  void everyKindOfValueOfACustomResource_isAdopted() throws IOException {
    var key = "arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-3333-4444-555555555555";
    var arn =
        made(
            "orders-lake",
            s ->
                s.bucketName("example-data-lake")
                    .compressionType("gzip")
                    .dataFormat("csv")
                    .encryptionMode("sse-kms")
                    .serverSideEncryptionKmsKeyId(key)
                    .cdcMaxBatchInterval(90)
                    .addColumnName(true),
            null);
    var migrated =
        Migration.of(
            "given",
            """
            {"Parameters": {"Name": {"Type": "String", "Default": "orders"}},
             "Resources": {"Orders": {"Type": "AWS::CloudFormation::CustomResource", "Properties": {
               "ServiceToken": "arn", "ROLENAME": "orders-lake", "ENVIRONMENT": "Dev",
               "ENDPOINTIDENTIFIER": {"Fn::Sub": "${Name}-lake"}, "BUCKETNAME": "example-data-lake",
               "COMPRESSIONTYPE": "GZIP", "DATAFORMAT": "CSV", "ENCRYPTIONMODE": "SSE_KMS",
               "SSEKMSKEYID": {"Fn::Join": ["/", ["arn:aws:kms:eu-central-1:444455556666:key",
                 "11111111-2222-3333-4444-555555555555"]]},
               "CDCMAXBATCHINTERVAL": "90", "ADDCOLUMNNAME": "true"}}}}
            """,
            options());

    adopt("Orders", arn, stages(migrated, "Orders", Map.of()));
  }

  @Test
  void endpointsThatWereMadeByHand_areAdopted() throws IOException {
    var sales =
        made(
            "sales-lake",
            s ->
                s.bucketName("example-data-lake")
                    .bucketFolder("sales/2026")
                    .compressionType("gzip")
                    .dataFormat("parquet")
                    .parquetVersion("parquet-2-0")
                    .encryptionMode("sse-s3")
                    .datePartitionEnabled(true)
                    .datePartitionSequence("YYYYMMDDHH")
                    .datePartitionDelimiter("NONE")
                    .cdcPath("changes")
                    .preserveTransactions(true)
                    .timestampColumnName("loaded at")
                    .cannedAclForObjects("bucket-owner-full-control"),
            "someAttribute=7");
    var plain = made("Plain", s -> s.bucketName("example-data-lake").csvDelimiter(";"), null);
    accounts.databaseByHand("database", "database");
    var migrated = Migration.of("endpoints.json", described(), options());

    assertThat(migrated.rows(Row.Status.NOT_TRANSLATED)).isEmpty();
    assertThat(migrated.rows(Row.Status.LEFT_OUT))
        .extracting(Row::toString)
        .anyMatch(r -> r.contains("a target endpoint of engine postgres, not an S3 target"));
    var wanted = resources(migrated.files().get("endpoints.yaml"), Map.of());
    assertThat(wanted.keySet()).containsExactlyInAnyOrder("SalesLake", "Plain");
    assertThat(wanted.get("SalesLake").get("ExtraConnectionAttributes").asText())
        .isEqualTo("someAttribute=7;");
    assertThat(wanted.get("SalesLake").get("S3Settings"))
        .isEqualTo(
            json(
                """
                {'BucketName': 'example-data-lake', 'BucketFolder': 'sales/2026',
                 'CompressionType': 'gzip', 'DataFormat': 'parquet',
                 'ParquetVersion': 'parquet-2-0',
                 'DatePartitionEnabled': true, 'DatePartitionSequence': 'YYYYMMDDHH',
                 'DatePartitionDelimiter': 'NONE', 'CdcPath': 'changes',
                 'PreserveTransactions': true, 'TimestampColumnName': 'loaded at',
                 'CannedAclForObjects': 'bucket-owner-full-control'}
                """));
    assertThat(migrated.files().get("resources-to-import.json")).contains(sales, plain);
    adopt("SalesLake", sales, stages(migrated, "SalesLake", Map.of()));
    adopt("Plain", plain, stages(migrated, "Plain", Map.of()));
  }

  /** What the AWS CLI prints of all endpoints. */
  private String described() {
    try (var dms = accounts.dmsByHand()) {
      var answer = Json.object();
      var endpoints = answer.putArray("Endpoints");
      dms.describeEndpoints().endpoints().forEach(e -> endpoints.add(printed(e)));
      return Json.pretty(answer);
    }
  }

  private static ObjectNode printed(SdkPojo pojo) {
    var printed = Json.object();
    pojo.sdkFields()
        .forEach(
            field -> {
              var value = field.getValueOrDefault(pojo);
              if (value instanceof SdkPojo inner) {
                printed.set(field.memberName(), printed(inner));
              } else if (value != null && !(value instanceof List<?>)) {
                printed.set(field.memberName(), Json.tree(value));
              }
            });
    return printed;
  }

  @Test
  void answerOfTheAwsCli_isRead() throws Exception {
    var program = Programs.required("aws", "what migrate reads of the AWS CLI");
    var arn = made("sales-lake", s -> s.bucketName("example-data-lake").rfc4180(false), "a=b");
    var builder =
        new ProcessBuilder(program.toString(), "dms", "describe-endpoints", "--output", "json");
    var administrator = accounts.aws().administrator(TwoAccounts.DMS);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ENDPOINT_URL", accounts.aws().endpoint().toString(),
                "AWS_DEFAULT_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", administrator.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", administrator.secretAccessKey()));
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();

    var migrated = Migration.of("endpoints.json", printed, options());

    assertThat(migrated.rows(Row.Status.NOT_TRANSLATED)).isEmpty();
    adopt("SalesLake", arn, stages(migrated, "SalesLake", Map.of()));
  }

  @Test
  void cfnLint_findsNothingWrong() throws Exception {
    Programs.required("cfn-lint", "what cfn-lint says of migrated templates");
    Files.copy(
        Path.of("resource-schema.json"),
        Files.createDirectory(folder.resolve("schemas")).resolve("type.json"));
    made("sales-lake", s -> s.bucketName("example-data-lake").csvDelimiter("\t"), "a=b");
    var command =
        new ArrayList<>(
            List.of(
                "cfn-lint",
                "--registry-schemas",
                folder.resolve("schemas").toString(),
                "--append-rules",
                "examples/lint",
                "--template"));
    var example = Files.readString(Path.of("examples", "migrate", "custom-resource.yaml"));
    var all =
        Map.of(
            "example", Migration.of("given", example, options()),
            "described", Migration.of("given", described(), options()));
    for (var migrated : all.entrySet()) {
      for (var file : migrated.getValue().files().entrySet()) {
        if (file.getKey().endsWith(".yaml")) {
          var path = folder.resolve(migrated.getKey() + "-" + file.getKey());
          command.add(Files.writeString(path, file.getValue()).toString());
        }
      }
    }
    assertThat(command).hasSize(8);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isBlank();
  }
}
