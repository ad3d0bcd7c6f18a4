package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** What the tool makes of what DMS tells of endpoints. */
class EndpointMigrationTest {

  private static String endpoint(String identifier, String members) {
    return """
    {"EndpointIdentifier": "%s", "EndpointType": "TARGET", "EngineName": "s3",
     "EndpointArn": "arn:aws:dms:eu-central-1:111122223333:endpoint:%s",
     %s}\
    """
        .formatted(identifier, identifier.toUpperCase(Locale.ROOT), members);
  }

  private static String settings(String members) {
    return """
    "S3Settings": {"ServiceAccessRoleArn": "arn:aws:iam::444455556666:role/r",
                   "BucketName": "bucket"%s}\
    """
        .formatted(members.isEmpty() ? "" : ", " + members);
  }

  private static MigrationFiles migrate(String... endpoints) {
    return TemplateMigrationTest.migrate(
        "{\"Endpoints\": [\n" + String.join(",\n", endpoints) + "\n]}");
  }

  private static String template(MigrationFiles files) {
    return files.files().get("template.yaml");
  }

  private static List<String> told(MigrationFiles files, Remark.Kind kind) {
    return files.remarks(kind).stream().map(Remark::toString).toList();
  }

  @Test
  void whatDmsSpellsOtherwiseIsSpelledAsInTheSchema() {
    var migrated =
        migrate(
            endpoint(
                "a",
                settings(
                    """
                    "CompressionType": "GZIP", "EncryptionMode": "SSE_S3",
                    "DatePartitionSequence": "mmyyyydd", "MaxFileSize": 5, "Rfc4180": false,
                    "CsvDelimiter": "\\t", "CsvNullValue": "", "BucketFolder": ""
                    """)));
    assertThat(template(migrated))
        .contains(
            """
                  S3Settings:
                    BucketName: bucket
                    CompressionType: gzip
                    DatePartitionSequence: MMYYYYDD
                    MaxFileSize: 5
                    Rfc4180: false
                    CsvDelimiter: "\\t"
                    CsvNullValue: ""
                  Tags:
            """);
    assertThat(told(migrated, Remark.Kind.LEFT_OUT))
        .anyMatch(r -> r.contains("S3Settings.BucketFolder (line 7): left out: it is not set"));
    assertThat(migrated.remarks(Remark.Kind.NOT_TRANSLATED)).isEmpty();
  }

  @Test
  void attributesThatRepeatSettingsAreNotRepeated() {
    var migrated =
        migrate(
            endpoint(
                "a",
                "\"ExtraConnectionAttributes\": \"bucketName=bucket;compressionType=GZIP;"
                    + "csvRowDelimiter=\\\\n;cdcPath=changes;ignoreHeaderRows=1;NewThing=7;\", "
                    + settings("\"CompressionType\": \"GZIP\"")));
    assertThat(template(migrated))
        .containsOnlyOnce("BucketName")
        .containsOnlyOnce("CompressionType: gzip")
        .contains(
            "        CdcPath: changes\n",
            "      ExtraConnectionAttributes: \"NewThing=7;\"\n",
            "      # not translated: S3Settings.ignoreHeaderRows: \"1\"\n")
        .doesNotContain("csvRowDelimiter", "CsvRowDelimiter");
    assertThat(told(migrated, Remark.Kind.NOT_TRANSLATED))
        .hasSize(1)
        .allMatch(r -> r.contains("ignoreHeaderRows"));
  }

  @Test
  void whatTheTypeDoesNotHaveStaysAsACommentAndIsTold() {
    var migrated =
        migrate(
            endpoint(
                "a",
                "\"CertificateArn\": \"c\", \"KmsKeyId\": \"k\", \"Status\": \"failed\", \"X\":"
                    + " null, "
                    + settings(
                        "\"NewSetting\": {\"a\": 1}, \"ExternalTableDefinition\": null,"
                            + " \"CompressionType\": \"ZSTD\","
                            + " \"ServerSideEncryptionKmsKeyId\": \"1-2\"")));
    assertThat(template(migrated))
        .contains(
            "# not translated: CertificateArn: \"c\"\n",
            "# not translated: S3Settings.NewSetting: {\"a\":1}\n",
            "# not translated: S3Settings.CompressionType: \"ZSTD\"\n",
            "# not translated: S3Settings.ServerSideEncryptionKmsKeyId: \"1-2\"\n")
        .doesNotContain("  KmsKeyId", "  ServerSide");
    assertThat(migrated.remarks(Remark.Kind.NOT_TRANSLATED)).hasSize(4);
    assertThat(told(migrated, Remark.Kind.LEFT_OUT))
        .anyMatch(r -> r.startsWith("A.KmsKeyId"))
        .anyMatch(r -> r.startsWith("A.S3Settings.ExternalTableDefinition"));
    assertThat(told(migrated, Remark.Kind.CHECK))
        .anyMatch(r -> r.startsWith("A.Status") && r.contains("recreates"));
  }

  @Test
  void logicalIdsAreDifferent() {
    var migrated =
        migrate(
            endpoint("sales-lake", settings("")),
            endpoint("SalesLake", settings("")),
            endpoint("a1", settings("")));
    assertThat(template(migrated)).contains("\n  SalesLake:", "\n  SalesLake2:", "\n  A1:");
  }

  @Test
  void theEnvironmentIsThatOfTheAccounts() {
    var configuration =
        Json.object(
            """
            {"Environments": [
              {"Name": "other", "DataLakeRoleArn": "arn:aws:iam::999999999999:role/r"},
              {"Name": "elsewhere", "DataLakeRoleArn": "arn:aws:iam::444455556666:role/r",
               "DmsRoleArn": "arn:aws:iam::888888888888:role/r"},
              {"Name": "mine", "DataLakeRoleArn": "arn:aws:iam::444455556666:role/r"}]}
            """);
    var given = "{\"Endpoints\": [" + endpoint("a", settings("")) + "]}";
    var migrated = Migration.of("given", given, TemplateMigrationTest.options(configuration));
    assertThat(template(migrated)).contains("      Environment: mine\n");
    assertThat(told(migrated, Remark.Kind.CHECK)).noneMatch(r -> r.contains("444455556666"));
    assertThat(told(migrate(endpoint("a", settings(""))), Remark.Kind.CHECK))
        .anyMatch(r -> r.contains("nothing says which role to assume in account 444455556666"));
    assertThat(
            told(
                migrate(endpoint("a", "\"S3Settings\": {\"BucketName\": \"b\"}")),
                Remark.Kind.CHECK))
        .anyMatch(r -> r.startsWith("A.ServiceAccessRoleArn"))
        .anyMatch(r -> r.contains("the schema says otherwise") && r.contains("BucketName"));
  }

  @Test
  void theRoleMustBeOfTheAccountOfTheEndpoint() {
    var given = "{\"Endpoints\": [" + endpoint("a", settings("")) + "]}";
    for (var account : List.of("444455556666", "999999999999")) {
      var role = "arn:aws:iam::" + account + ":role/lake-admin";
      var migrated =
          Migration.of(
              "given",
              given,
              new MigrationOptions(
                  TemplateMigrationTest.TYPE, null, null, role, null, "a", "b", Json.object()));
      var fits = account.startsWith("4");
      assertThat(template(migrated).contains("DataLakeRoleArn: " + role)).isEqualTo(fits);
      assertThat(told(migrated, Remark.Kind.CHECK).stream().anyMatch(r -> r.contains("is not")))
          .isEqualTo(!fits);
    }
  }

  @Test
  void endpointsOfTwoRegionsAreRefused() {
    var other = endpoint("b", settings("")).replace("eu-central-1", "eu-west-1");
    assertThatThrownBy(() -> migrate(endpoint("a", settings("")), other))
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("more than one Region");
    assertThatThrownBy(
            () ->
                Migration.of(
                    "given",
                    "{\"Endpoints\": [" + other + "]}",
                    new MigrationOptions(
                        TemplateMigrationTest.TYPE,
                        null,
                        null,
                        null,
                        "eu-central-1",
                        "a",
                        "b",
                        Json.object())))
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("--region");
  }

  @Test
  void anEndpointThatCantBeRecreatedIsTold() {
    var long32 = "A".repeat(32);
    assertThat(told(migrate(endpoint(long32, settings(""))), Remark.Kind.CHECK))
        .anyMatch(r -> r.contains("EndpointArn") && r.contains("not recreated"));
  }
}
