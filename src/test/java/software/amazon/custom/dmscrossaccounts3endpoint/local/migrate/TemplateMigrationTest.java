package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Migration of templates with custom resources. */
class TemplateMigrationTest {
  static final String TYPE = "Acme::DMS::CrossAccountS3Endpoint";

  private static final String ONE =
      """
      Resources:
        Sales:
          Type: Custom::Endpoint
          Properties:
            ServiceToken: arn
            ENDPOINTIDENTIFIER: sales
            BUCKETNAME: example-data-lake
            ENVIRONMENT: dev
      %s\
      """;

  private static final JsonNode ENVIRONMENTS =
      Json.object("{\"Environments\": [{\"Name\": \"dev\"}, {\"Name\": \"prod\"}]}");

  static MigrationOptions options(JsonNode typeConfiguration) {
    return new MigrationOptions(
        TYPE, "lake", null, null, null, "managed-by=cloudformation", typeConfiguration);
  }

  static MigrationResult migrate(String text) {
    return Migration.of("given", text, options(Json.object()));
  }

  private static MigrationResult oneWith(String properties) {
    return migrate(ONE.formatted(properties.indent(6)));
  }

  static String template(MigrationResult result) {
    return result.files().get("endpoints.yaml");
  }

  static List<String> rows(MigrationResult result, Row.Status status) {
    return result.rows(status).stream().map(Row::toString).toList();
  }

  @Test
  void template_everyPropertyHasOneRowWithItsLine() {
    var result =
        oneWith(
            """
            POLICYNAME: the-policy
            COMPRESSIONTTYPE: GZIP
            COMPRESSIONTYPE: GZIP
            BUCKETFOLDER: ""
            RETRIES: 3
            """);

    assertThat(result.files().get("report.md"))
        .contains(
            "| Sales.ServiceToken | 5 |",
            "| Sales.COMPRESSIONTTYPE | 10 | S3Settings.CompressionType, GZIP as gzip |",
            "| Sales.COMPRESSIONTYPE | 11 | COMPRESSIONTTYPE says the same |",
            "| Sales.BUCKETFOLDER | 12 | it is empty, and so not set |",
            "| Sales.RETRIES | 13 | the type has no such property |");
    assertThat(result.rows().stream().map(Row::where).filter(w -> w.startsWith("Sales.")))
        .doesNotHaveDuplicates()
        .hasSize(9);
    assertThat(template(result))
        .isEqualTo(
            """
            AWSTemplateFormatVersion: "2010-09-09"
            Description: "DMS endpoints that write to an S3 bucket in another account"

            Resources:
              Sales:
                Type: %s
                DeletionPolicy: Retain
                UpdateReplacePolicy: Retain
                Properties:
                  EndpointIdentifier: sales
                  Environment: dev
                  S3Settings:
                    BucketName: example-data-lake
                    CompressionType: gzip
                  Tags: # after the import
                    - {Key: managed-by, Value: cloudformation} # after the import
            """
                .formatted(TYPE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S3SETTINGS: {BUCKETNAME: bucket-1, DATAFORMAT: PARQUET}",
        "S3Settings: {BucketName: bucket-1, DataFormat: parquet}",
        "Target: {s3: {bucket_name: bucket-1, data-format: Parquet}}"
      })
  void nestedSettings_areTranslated(String settings) {
    var result =
        migrate(
            """
            Resources:
              Sales:
                Type: Custom::Endpoint
                Properties: {ServiceToken: a, endpoint_identifier: sales, ENVIRONMENT: dev, %s}
            """
                .formatted(settings));

    assertThat(template(result))
        .contains("S3Settings:\n        BucketName: bucket-1\n        DataFormat: parquet\n");
    assertThat(result.hasProblems()).isFalse();
    assertThat(result.rows(Row.Status.NOT_TRANSLATED)).isEmpty();
  }

  @Test
  void valuesInDmsSpelling_becomeTheSchemas() {
    var result =
        oneWith(
            """
            ENCRYPTIONMODE: SSE_KMS
            SSEKMSKEYID: arn:aws:kms:eu-central-1:444455556666:key/1-2
            ParquetVersion: PARQUET_2_0
            date_partition_sequence: yyyymmddhh
            CDCMAXBATCHINTERVAL: "60"
            ADDCOLUMNNAME: 'True'
            CSVDELIMITER: ";"
            """);

    assertThat(template(result))
        .contains(
            "EncryptionMode: sse-kms\n",
            "ServerSideEncryptionKmsKeyId: arn:aws:kms:eu-central-1:444455556666:key/1-2\n",
            "ParquetVersion: parquet-2-0\n",
            "DatePartitionSequence: YYYYMMDDHH\n",
            "CdcMaxBatchInterval: 60\n",
            "AddColumnName: true\n",
            "CsvDelimiter: \";\"\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATAFORMAT: ORC | DATAFORMAT (line 9): \"ORC\" is not possible | one of csv, parquet",
        "MAXFILESIZE: 0 | MAXFILESIZE (line 9): \"0\" is not | a number from 1 to 1048576",
        "CDCPATH: [a] | CDCPATH (line 9): a list or a map | S3Settings.CdcPath is one value",
        "ENCRYPTIONMODE: sse-kms | ENCRYPTIONMODE (line 9) | needs S3Settings.ServerSide",
        "PRESERVETRANSACTIONS: true | PRESERVETRANSACTIONS (line 9) | needs S3Settings.CdcPath",
        "DataLakeRoleArn: not-an-arn-of-a-role | DataLakeRoleArn (line 9): the schema says | ARN",
      })
  void valueThatCantBeDeployed_isAProblem(String property, String where, String why) {
    var result = oneWith(property);

    assertThat(result.hasProblems()).isTrue();
    assertThat(rows(result, Row.Status.PROBLEM))
        .hasSize(1)
        .allMatch(r -> r.startsWith("Sales." + where));
    assertThat(rows(result, Row.Status.PROBLEM).get(0).replace("DataLakeRoleArn:", "ARN"))
        .contains(why);
    assertThat(result.summary()).contains("Problems: 1\n  Sales." + where);
  }

  @Test
  void missingBucketAndRole_areProblems() {
    var result =
        migrate(
            """
            Resources:
              Sales:
                Type: Custom::Endpoint
                Properties: {ServiceToken: a, ENDPOINTIDENTIFIER: sales, BUKETNAME: b, CDCPATH: c}
            """);

    assertThat(rows(result, Row.Status.PROBLEM))
        .anyMatch(r -> r.startsWith("Sales.BucketName (line 2): S3Settings.BucketName is missing"))
        .anyMatch(r -> r.startsWith("Sales.DataLakeRoleArn (line 2): nothing says which role"));
    assertThat(rows(result, Row.Status.NOT_TRANSLATED))
        .containsExactly(
            "Sales.BUKETNAME (line 4): the type has no such property; did you mean BucketName?");
  }

  @Test
  void parametersInAnotherSpelling_areToldApartByConditions() {
    var given =
        """
        Parameters:
          Stage: {Type: String, AllowedValues: [Dev, prod]}
          Compression: {Type: String, Default: GZIP}
          Mode: {Type: String, AllowedValues: [SSE_S3, sse-s3]}
          Folder: {Type: String, Default: ""}
          Unused: {Type: String}
        Resources:
          Sales:
            Type: Custom::Endpoint
            Properties:
              ENDPOINTIDENTIFIER: sales
              BUCKETNAME: !Sub "bucket-${Stage}"
              BUCKETFOLDER: !Ref Folder
              ENVIRONMENT: {Ref: Stage}
              COMPRESSIONTYPE: !Sub "${Compression}"
              ENCRYPTIONMODE: !Ref Mode
        """;
    var result = Migration.of("given", given, options(ENVIRONMENTS));

    assertThat(template(result))
        .contains(
            "  StageIsDev: !Equals [!Ref Stage, Dev]\n",
            "  FolderIsEmpty: !Equals [!Ref Folder, \"\"]\n",
            "  CompressionIsGzip: !Or [!Equals [!Ref Compression, GZIP]",
            "BucketName: !Sub \"bucket-${Stage}\"\n",
            "BucketFolder: !If [FolderIsEmpty, !Ref AWS::NoValue, !Ref Folder]\n",
            "Environment: !If [StageIsDev, dev, {Ref: Stage}]\n",
            "CompressionType: !If [CompressionIsNone, none, !If [CompressionIsGzip, gzip, !Sub"
                + " \"${Compression}\"]]\n",
            "EncryptionMode: sse-s3\n")
        .doesNotContain("Unused", "Mode:\n    Type");
    assertThat(result.hasProblems()).isFalse();
    assertThat(rows(result, Row.Status.CHECK))
        .containsExactly(
            "Sales.COMPRESSIONTYPE (line 15): the template does not tell the value;"
                + " S3Settings.CompressionType is one of none, gzip");
  }

  @Test
  void parameterWithoutAnExactValue_needsOneConditionLess() {
    var given =
        "Parameters:\n  Format: {Type: String, AllowedValues: [CSV, PARQUET]}\n"
            + ONE.formatted("      DATAFORMAT: !Ref Format\n");
    assertThat(template(migrate(given)))
        .contains("  FormatIsParquet: !Equals [!Ref Format, PARQUET]\n")
        .contains("DataFormat: !If [FormatIsParquet, parquet, csv]\n")
        .doesNotContain("FormatIsCsv");
  }

  @Test
  void parameterWithValuesThatAreNotPossible_isToldApart() {
    var parameter =
        "Parameters:\n  Format: {Type: String, AllowedValues: [csv, %s]}\n"
            + ONE.formatted("      DATAFORMAT: !Ref Format\n");
    assertThat(rows(migrate(parameter.formatted("orc")), Row.Status.CHECK))
        .anyMatch(
            r -> r.startsWith("Sales.DATAFORMAT (line 11): \"orc\" of parameter Format is not"));
    var all = migrate(parameter.formatted("orc").replace("[csv", "[avro"));
    assertThat(rows(all, Row.Status.PROBLEM)).anyMatch(r -> r.contains("\"avro\", \"orc\""));
  }

  @Test
  void mappingsAndCasesInAnotherSpelling_areRespelled() {
    var result =
        migrate(
            """
            Mappings:
              Modes:
                dev: {Mode: SSE_S3, Other: x}
                prod: {Mode: sse-kms, Other: y}
              Unused: {a: {b: c}}
            Conditions:
              IsBig: !And [!Condition IsProd, {Condition: IsOn}]
              IsProd: !Equals [!Ref "AWS::Region", eu-central-1]
              IsOn: !Not [!Equals [!FindInMap [Modes, dev, Other], z]]
              Unused: !Equals [a, b]
            """
                + ONE.formatted(
                    """
                    ENCRYPTIONMODE: !FindInMap [Modes, !Ref "AWS::Region", Mode]
                    SSEKMSKEYID: !If [IsBig, key-1, ""]
                    DATAFORMAT: {"Fn::If": [IsBig, PARQUET, CSV]}
                    """
                        .indent(6)));

    assertThat(template(result))
        .contains(
            "EncryptionMode: !FindInMap [Modes, !Ref AWS::Region, ModeForEncryptionMode]\n",
            "ServerSideEncryptionKmsKeyId: !If [IsBig, key-1, !Ref AWS::NoValue]\n",
            "DataFormat: !If [IsBig, parquet, csv]\n",
            "      Mode: SSE_S3\n      Other: x\n      ModeForEncryptionMode: sse-s3\n",
            "  IsBig: !And [!Condition IsProd, {Condition: IsOn}]\n",
            "  IsProd: ",
            "  IsOn: ")
        .doesNotContain("Unused");
    assertThat(rows(result, Row.Status.CHECK))
        .anyMatch(r -> r.startsWith("Sales.SSEKMSKEYID") && r.contains("AWS::NoValue"));
  }

  @Test
  void environmentsInAnotherCase_areThoseOfTheTypeConfiguration() {
    var given = ONE.formatted("").replace("ENVIRONMENT: dev", "ENVIRONMENT: Prod");
    assertThat(template(Migration.of("given", given, options(ENVIRONMENTS))))
        .contains("Environment: prod\n");
    var unknown = Migration.of("given", given.replace("Prod", "qa"), options(ENVIRONMENTS));
    assertThat(rows(unknown, Row.Status.PROBLEM)).anyMatch(r -> r.contains("one of dev, prod"));
    assertThat(rows(migrate(given), Row.Status.CHECK))
        .anyMatch(r -> r.contains("--type-configuration"));
  }

  @Test
  void attributesThatNameASetting_becomeSettings() {
    var result =
        oneWith(
            "ExtraConnectionAttributes:"
                + " dataFormat=PARQUET;someAttribute=7;bucketName=example-data-lake");

    assertThat(template(result))
        .contains("DataFormat: parquet\n", "ExtraConnectionAttributes: \"someAttribute=7;\"\n");
    assertThat(rows(result, Row.Status.TRANSLATED))
        .anyMatch(r -> r.contains("ExtraConnectionAttributes.dataFormat (line 9)"))
        .anyMatch(r -> r.endsWith("someAttribute; 1 repeat settings"));
  }

  @Test
  void tags_areTranslated() {
    var list = oneWith("Tags: [{Key: team, Value: !Ref AWS::Region}, {Key: 'aws:x', Value: y}]");
    assertThat(template(list))
        .contains(
            """
                  Tags:
                    - Key: team
                      Value: !Ref AWS::Region
                    - {Key: managed-by, Value: cloudformation} # after the import
            """);
    assertThat(template(oneWith("TAGS: {team: sales}"))).contains("Key: team", "Value: sales");
    assertThat(rows(oneWith("TAGS: {managed-by: me}"), Row.Status.PROBLEM))
        .anyMatch(r -> r.contains("give another with --tag"));
  }

  private static final String REFERRED =
      """
      Resources:
        Sales:
          Type: Custom::Endpoint
          Condition: Big
          DependsOn: [Topic, Orders]
          Version: "1.0"
          Properties:
            ENDPOINTIDENTIFIER: !Sub "${AWS::StackName}-sales"
            BUCKETNAME: !Ref Bucket
            SSEKMSKEYID: !GetAtt Key.Arn
            ENCRYPTIONMODE: SSE_KMS
            ENVIRONMENT: dev
        Orders:
          Type: Custom::Endpoint
          Properties: {ENDPOINTIDENTIFIER: orders, BUCKETNAME: bucket-1, ENVIRONMENT: dev}
        Task:
          Type: AWS::DMS::ReplicationTask
          DependsOn: [Topic, Sales]
          Properties:
            TargetEndpointArn: !Ref Sales
            Other: !GetAtt
              - Sales
              - RoleArn
            Own: !Sub
              - "${Sales} ${!Sales} ${Orders.Arn}"
              - Sales: own
        Topic: {Type: AWS::SNS::Topic}
      Outputs:
        Message: {Value: !GetAtt Sales.Message}
      """;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void references_areReportedWithLineAndReplacement(boolean isJson) {
    var given = isJson ? Json.pretty(JsonTemplates.tree(REFERRED)) : REFERRED;
    var result = migrate(given);
    var lines = given.lines().toList();

    assertThat(result.rows(Row.Status.CHANGE).stream().map(r -> r.where() + " " + r.text()))
        .startsWith(
            "before step 1 add `MigrationStep: {Type: AWS::CloudFormation::WaitConditionHandle}`,"
                + " which does nothing, so that the stack changes now and is not empty later",
            "before step 1 give Sales `DeletionPolicy: Retain` and `UpdateReplacePolicy: Retain`")
        .endsWith(
            "before step 2 `!Ref Sales` must be `!Ref SalesRef` (in a Fn::Sub `${SalesRef}`)",
            "before step 2 `!GetAtt Sales.RoleArn` must be `!Ref SalesRoleArn`"
                + " (in a Fn::Sub `${SalesRoleArn}`)",
            "before step 2 `!GetAtt Orders.Arn` must be `!Ref OrdersArn`"
                + " (in a Fn::Sub `${OrdersArn}`)",
            "before step 2 remove Sales from DependsOn of Task",
            "before step 2 `!GetAtt Sales.Message` must be `!Ref SalesMessage`"
                + " (in a Fn::Sub `${SalesMessage}`)",
            "before step 2 add the parameter `SalesRef` (Type: String); the commands give its"
                + " value",
            "before step 2 add the parameter `SalesRoleArn` (Type: String); the commands give its"
                + " value",
            "before step 2 add the parameter `OrdersArn` (Type: String); the commands give its"
                + " value",
            "before step 2 add the parameter `SalesMessage` (Type: String); the commands give its"
                + " value");
    if (!isJson) {
      assertThat(result.rows(Row.Status.CHANGE))
          .extracting(Row::toString)
          .contains(
              "before step 2 (line 2): remove Sales, to line 12",
              "before step 2 (line 13): remove Orders, to line 15");
      assertThat(result.rows(Row.Status.CHANGE).stream().skip(5).map(Row::line))
          .startsWith(20, 21, 25, 18, 29);
    }
    assertThat(lines.get(result.rows().get(0).line() - 1)).contains("ENDPOINTIDENTIFIER");
  }

  @Test
  void referencesToTheOtherStack_becomeParameters() {
    var result = migrate(REFERRED);

    assertThat(template(result))
        .contains(
            "  AWSStackNameRef:\n    Type: String\n",
            "EndpointIdentifier: !Sub \"${AWSStackNameRef}-sales\"\n",
            "BucketName: !Ref BucketRef\n",
            "ServerSideEncryptionKmsKeyId: !Ref KeyArn\n",
            "    Condition: Big\n    DependsOn:\n      - Orders\n")
        .doesNotContain("Topic");
    assertThat(rows(result, Row.Status.NOT_TRANSLATED))
        .anyMatch(r -> r.startsWith("Sales.Version"));
    assertThat(result.files().get("commands.sh"))
        .contains("was_AWSStackNameRef=$STACK", "was_BucketRef=$(physical_id Bucket)")
        .contains("was_KeyArn=${was_KeyArn:?set it to what Key.Arn was}");
  }

  @Test
  void jsonAndYaml_giveTheSame() {
    var json = Json.pretty(JsonTemplates.tree(REFERRED)).replace("  ", "\t").replace("/", "\\/");
    assertThat(JsonTemplates.tree(template(migrate(json))))
        .isEqualTo(JsonTemplates.tree(template(migrate(REFERRED))));
  }

  @Test
  void loops_areMentioned() {
    var loop =
        """
          Fn::ForEach::Lakes: [Name, [a], {"S${Name}": {Type: Custom::Endpoint, Properties: {
            ENDPOINTIDENTIFIER: a, BUCKETNAME: b}}}]
        """;
    var result = migrate(ONE.formatted(loop));
    assertThat(result.summary())
        .contains("Fn::ForEach::Lakes (line 9): custom resources in a loop", "Processed");
    assertThat(result.files().get("report.md")).contains("| Fn::ForEach::Lakes | 9 |");
    assertThatThrownBy(() -> migrate("Resources:\n" + loop))
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("Fn::ForEach::Lakes (line 2)");
  }

  @Test
  void samTemplates_haveCapabilitiesAndLocalCodeIsTold() {
    var result =
        migrate(
            "Transform: AWS::Serverless-2016-10-31\n"
                + ONE.formatted(
                    """
                      Function:
                        Type: AWS::Serverless::Function
                        Properties: {CodeUri: src/}
                    """));
    assertThat(result.files().get("commands.sh"))
        .contains(
            "UPDATE \"$TEMPLATE\" \\\n    --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND\n");
    assertThat(rows(result, Row.Status.CHECK))
        .anyMatch(r -> r.startsWith("Function.CodeUri (line 12): src/ is a local path"));
    assertThat(template(result)).doesNotContain("Transform");
  }

  @Test
  void otherCustomResources_areNotTouched() {
    var result =
        migrate(ONE.formatted("  Other: {Type: Custom::Other, Properties: {BucketName: a}}\n"));
    assertThat(rows(result, Row.Status.LEFT_OUT))
        .contains("Other (line 9): a custom resource, but not for an endpoint");
    assertThat(template(result)).doesNotContain("Other");
  }
}
