package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.TemplateMigrationTest.TYPE;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.TemplateMigrationTest.rows;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.migrate.TemplateMigrationTest.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Migration of endpoints that were made by hand. */
class EndpointMigrationTest {
  private static final JsonNode ENVIRONMENTS =
      Json.object(
          """
          {"Environments": [
            {"Name": "other", "DataLakeRoleArn": "arn:aws:iam::999999999999:role/r"},
            {"Name": "elsewhere", "DataLakeRoleArn": "arn:aws:iam::444455556666:role/r",
             "DmsRoleArn": "arn:aws:iam::888888888888:role/r"},
            {"Name": "mine", "DataLakeRoleArn": "arn:aws:iam::444455556666:role/r"}]}
          """);

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

  private static String described(String... endpoints) {
    return "{\"Endpoints\": [\n" + String.join(",\n", endpoints) + "\n]}";
  }

  private static MigrationResult migrate(String... endpoints) {
    return Migration.of("given", described(endpoints), TemplateMigrationTest.options(ENVIRONMENTS));
  }

  @Test
  void dmsSpellings_becomeTheSchemasAndDefaultsAreLeftOut() {
    var result =
        migrate(
            endpoint(
                "a",
                settings(
                    """
                    "CompressionType": "GZIP", "EncryptionMode": "SSE_S3",
                    "DatePartitionSequence": "yyyymmddhh", "MaxFileSize": 5, "Rfc4180": false,
                    "CsvDelimiter": "\\t", "CsvRowDelimiter": "\\\\n", "CsvNullValue": "",
                    "BucketFolder": "", "CdcPath": null, "EnableStatistics": true
                    """)));

    assertThat(template(result))
        .contains(
            """
                  S3Settings:
                    BucketName: bucket
                    CompressionType: gzip
                    DatePartitionSequence: YYYYMMDDHH
                    MaxFileSize: 5
                    Rfc4180: false
                    CsvDelimiter: "\\t"
                    CsvNullValue: ""
                  Tags: # after the import
            """);
    assertThat(rows(result, Row.Status.LEFT_OUT))
        .contains(
            "A.S3Settings.EncryptionMode (line 5): SSE_S3 is DMS's default",
            "A.S3Settings.CsvRowDelimiter (line 7): \\n is DMS's default",
            "A.S3Settings.EnableStatistics (line 8): true is DMS's default",
            "A.S3Settings.BucketFolder (line 8): it is empty, and so not set",
            "A.S3Settings.CdcPath (line 8): it is empty, and so not set");
    assertThat(result.hasProblems()).isFalse();
  }

  @Test
  void attributesThatNameASetting_becomeSettingsOrRepeatThem() {
    var result =
        migrate(
            endpoint(
                "a",
                "\"ExtraConnectionAttributes\": \"bucketName=bucket;compressionType=GZIP;"
                    + "dataFormat=csv;cdcPath=changes;csvDelimiter=|;encryptionMode=sse-kms;"
                    + "serverSideEncryptionKmsKeyId=1-2;NewThing=7;serviceAccessRoleArn=arn;\", "
                    + settings(
                        "\"CompressionType\": \"GZIP\", \"CsvDelimiter\": \";\","
                            + " \"EncryptionMode\": \"SSE_S3\"")));

    assertThat(template(result))
        .containsOnlyOnce("BucketName")
        .contains(
            "CompressionType: gzip\n",
            "CdcPath: changes\n",
            "CsvDelimiter: \";\"\n",
            "EncryptionMode: sse-kms\n",
            "ServerSideEncryptionKmsKeyId: \"1-2\"\n",
            "      ExtraConnectionAttributes: \"NewThing=7;\"\n")
        .doesNotContain("DataFormat", "serviceAccessRoleArn");
    assertThat(rows(result, Row.Status.CHECK))
        .anyMatch(r -> r.contains("csvDelimiter (line 4): it is | here and ; in S3Settings.Csv"))
        .anyMatch(r -> r.contains("encryptionMode (line 4): it is sse-kms here and SSE_S3 in"));
    assertThat(rows(result, Row.Status.TRANSLATED)).anyMatch(r -> r.endsWith("2 repeat settings"));
  }

  @Test
  void unknownMembersAndValues_areTold() {
    var result =
        migrate(
            endpoint(
                "a",
                "\"CertificateArn\": \"c\", \"KmsKeyId\": \"k\", \"Status\": \"failed\", \"X\":"
                    + " null, "
                    + settings(
                        "\"NewSetting\": {\"a\": 1}, \"CompressionType\": \"ZSTD\","
                            + " \"ServerSideEncryptionKmsKeyId\": \"1-2\"")));

    assertThat(template(result)).doesNotContain("KmsKeyId");
    assertThat(rows(result, Row.Status.NOT_TRANSLATED))
        .hasSize(2)
        .anyMatch(r -> r.startsWith("A.CertificateArn (line 4)"))
        .anyMatch(r -> r.startsWith("A.S3Settings.NewSetting (line 5)"));
    assertThat(rows(result, Row.Status.PROBLEM))
        .containsExactly(
            "A.S3Settings.CompressionType (line 5): \"ZSTD\" is not possible:"
                + " S3Settings.CompressionType is one of none, gzip");
    assertThat(rows(result, Row.Status.CHECK))
        .anyMatch(r -> r.startsWith("A.Status") && r.contains("recreates"));
  }

  @Test
  void tags_comeFromTheEndpointOrFromListTagsForResource() {
    var inside =
        migrate(
            endpoint("a", "\"Tags\": [{\"Key\": \"team\", \"Value\": \"b\"}], " + settings("")));
    assertThat(template(inside)).contains("- Key: team\n          Value: b\n");
    var beside =
        described(endpoint("a", settings("")), endpoint("b", settings("")))
            .replaceFirst(
                "}$",
                ", \"TagList\": [{\"Key\": \"aws:cloudformation:stack-name\", \"Value\": \"old\","
                    + " \"ResourceArn\": \"arn:aws:dms:eu-central-1:111122223333:endpoint:B\"}]}");
    var result = Migration.of("given", beside, TemplateMigrationTest.options(ENVIRONMENTS));
    assertThat(rows(result, Row.Status.CHECK))
        .anyMatch(r -> r.startsWith("B.TagList") && r.contains("it is in stack old"));
    assertThat(template(result)).doesNotContain("stack-name");
  }

  @Test
  void logicalIds_areUnique() {
    var result =
        migrate(
            endpoint("sales-lake", settings("")),
            endpoint("SalesLake", settings("")),
            endpoint("a1", settings("")));
    assertThat(template(result)).contains("\n  SalesLake:", "\n  SalesLake2:", "\n  A1:");
  }

  @Test
  void environment_isThatOfTheAccounts() {
    assertThat(template(migrate(endpoint("a", settings(""))))).contains("Environment: mine\n");
    var none =
        Migration.of(
            "given",
            described(endpoint("a", settings(""))),
            TemplateMigrationTest.options(Json.object()));
    assertThat(rows(none, Row.Status.PROBLEM))
        .containsExactly(
            "A.DataLakeRoleArn (line 2): nothing says which role to assume in the data-lake"
                + " account 444455556666: give --environment, --data-lake-role-arn or"
                + " --type-configuration");
  }

  @Test
  void roleOfAnotherAccount_isNotUsed() {
    for (var account : List.of("444455556666", "999999999999")) {
      var role = "arn:aws:iam::" + account + ":role/lake-admin";
      var options = new MigrationOptions(TYPE, null, null, role, null, "a=b", Json.object());
      var result = Migration.of("given", described(endpoint("a", settings(""))), options);
      var fits = account.startsWith("4");
      assertThat(template(result).contains("DataLakeRoleArn: " + role)).isEqualTo(fits);
      assertThat(result.hasProblems()).isEqualTo(!fits);
    }
  }

  @Test
  void endpointsOfAnotherRegion_areRefused() {
    var other = endpoint("b", settings("")).replace("eu-central-1", "eu-west-1");
    assertThatThrownBy(() -> migrate(endpoint("a", settings("")), other))
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("more than one Region");
    var options =
        new MigrationOptions(TYPE, null, null, null, "eu-central-1", "a=b", Json.object());
    assertThatThrownBy(() -> Migration.of("given", described(other), options))
        .hasMessageContaining("--region: the endpoints are in [eu-west-1], not in eu-central-1");
  }

  @Test
  void endpointThatCantBeRecreated_isTold() {
    assertThat(rows(migrate(endpoint("A".repeat(32), settings(""))), Row.Status.CHECK))
        .anyMatch(r -> r.contains("EndpointArn") && r.contains("not recreated"));
  }

  @Test
  void manyEndpoints_areSummarizedAndDividedByTheLimitsOfCloudFormation() {
    var endpoints =
        IntStream.range(0, 480)
            .mapToObj(i -> endpoint("lake-" + i, settings(i == 7 ? "\"DataFormat\": \"x\"" : "")))
            .toArray(String[]::new);
    var result = migrate(endpoints);

    assertThat(result.summary().lines()).hasSizeLessThan(12);
    assertThat(result.summary())
        .contains("480 endpoints\nProblems: 1\n  Lake7.S3Settings.DataFormat (line 33): \"x\"");
    var parts = result.files().keySet().stream().filter(f -> f.endsWith(".yaml")).toList();
    assertThat(parts).startsWith("endpoints.yaml", "endpoints-2.yaml").hasSizeGreaterThan(2);
    assertThat(parts).allMatch(p -> result.files().get(p).length() <= 51_200);
    assertThat(result.files().get("commands.sh"))
        .contains("\"$NEW_STACK-2\" endpoints-2.yaml resources-to-import-2.json");
    var imported =
        result.files().entrySet().stream()
            .filter(f -> f.getKey().startsWith("resources-to-import"))
            .map(f -> f.getValue().split("EndpointArn").length - 1)
            .toList();
    assertThat(imported).allMatch(n -> n <= 200);
    assertThat(imported.stream().mapToInt(n -> n).sum()).isEqualTo(480);
  }

  @Test
  void otherEndpoints_areNotTouched() {
    var source = endpoint("b", settings("")).replace("TARGET", "SOURCE");
    var result = migrate(endpoint("a", settings("")), source);
    assertThat(rows(result, Row.Status.LEFT_OUT))
        .contains("b (line 6): a source endpoint of engine s3, not an S3 target");
    assertThat(result.endpoints()).isEqualTo(1);
  }
}
