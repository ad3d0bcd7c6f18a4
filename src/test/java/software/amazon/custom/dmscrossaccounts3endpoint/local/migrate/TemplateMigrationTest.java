package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** What the tool makes of templates with custom resources. */
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

  static MigrationOptions options(JsonNode typeConfiguration) {
    return new MigrationOptions(
        TYPE, "lake", null, null, null, "managed-by", "cloudformation", typeConfiguration);
  }

  static MigrationFiles migrate(String text) {
    return Migration.of("given", text, options(Json.object()));
  }

  private static MigrationFiles oneWith(String properties) {
    return migrate(ONE.formatted(properties.indent(6)));
  }

  private static String template(MigrationFiles files) {
    return files.files().entrySet().stream()
        .filter(f -> f.getKey().startsWith("template."))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static List<String> told(MigrationFiles files, Remark.Kind kind) {
    return files.remarks(kind).stream().map(Remark::toString).toList();
  }

  @Test
  void everythingElseOfATemplateStaysToTheLetter() {
    var before =
        """
        # At the top
        AWSTemplateFormatVersion: '2010-09-09'   # quoted so


        Resources:

          Bucket:    {Type: "AWS::S3::Bucket"}

        """;
    var after =
        """
          # Of the topic
          Topic:
              Type: AWS::SNS::Topic
              Properties:
                DisplayName: >-
                  größer 😀
                    # no comment
        # At the end
        """;
    var migrated =
        template(
            migrate(
                before
                    + """
                      # 😀 before
                      Sales: # of the resource
                        # before the type
                        Type: Custom::Endpoint # of the type
                        Condition: Big
                        Properties: # of the properties
                          # before all
                          ServiceToken: x # of the token
                          ENDPOINTIDENTIFIER: 'sales' # of the identifier

                          # before the bucket
                          # in two lines
                          BUCKETNAME: "example-data-lake"
                          BUCKETFOLDER: >- # of the folder
                            a
                            b
                          ENVIRONMENT: dev
                          # at the end
                        # after the properties
                    """
                    + after));
    assertThat(migrated)
        .isEqualTo(
            before
                + """
                  # 😀 before
                  Sales: # of the resource
                    # before the type
                    Type: %s # of the type
                    DeletionPolicy: Retain
                    UpdateReplacePolicy: Retain
                    Condition: Big
                    Properties: # of the properties
                      # before all
                      # of the token
                      EndpointIdentifier: 'sales' # of the identifier
                      S3Settings:

                        # before the bucket
                        # in two lines
                        BucketName: "example-data-lake"
                        BucketFolder: >- # of the folder
                          a
                          b
                      Environment: dev
                      Tags:
                        - Key: managed-by
                          Value: cloudformation
                      # at the end
                    # after the properties
                """
                    .formatted(TYPE)
                + after);
  }

  @Test
  void windowsLineEndsStay() {
    var migrated = template(migrate(ONE.formatted("# end\n").replace("\n", "\r\n")));
    assertThat(migrated.replace("\r\n", "")).doesNotContain("\n");
    assertThat(migrated).contains("S3Settings:\r\n        BucketName");
  }

  @Test
  void bothSpellingsOfCompressionAreKnownAndNotTwice() {
    assertThat(template(oneWith("COMPRESSIONTTYPE: GZIP"))).contains("  CompressionType: gzip");
    assertThat(template(oneWith("COMPRESSIONTYPE: GZIP"))).contains("  CompressionType: gzip");
    assertThat(template(oneWith("CompressionType: GZIP"))).contains("  CompressionType: gzip");

    var same = oneWith("COMPRESSIONTTYPE: GZIP\nCOMPRESSIONTYPE: GZIP");
    assertThat(template(same)).containsOnlyOnce("CompressionType: gzip");
    assertThat(told(same, Remark.Kind.LEFT_OUT)).anyMatch(r -> r.contains("says the same"));
    var other = oneWith("COMPRESSIONTTYPE: GZIP\nCOMPRESSIONTYPE: NONE");
    assertThat(template(other)).contains("# not translated: COMPRESSIONTYPE: NONE");
    assertThat(told(other, Remark.Kind.NOT_TRANSLATED))
        .containsExactly(
            "Sales.COMPRESSIONTYPE (line 10): stays as a comment: COMPRESSIONTTYPE is the same"
                + " setting, and has another value");
  }

  @Test
  void valuesAreSpelledAsTheSchemaSpellsThem() {
    var migrated =
        oneWith(
            """
            DATAFORMAT: "PARQUET"
            ENCRYPTIONMODE: SSE_KMS
            SSEKMSKEYID: arn:aws:kms:eu-central-1:444455556666:key/1-2
            PARQUET_VERSION: PARQUET_2_0
            DatePartitionSequence: yyyymmddhh
            CDCMAXBATCHINTERVAL: "60"
            ADDCOLUMNNAME: 'True'
            """);
    assertThat(template(migrated))
        .contains(
            "DataFormat: parquet\n",
            "EncryptionMode: sse-kms\n",
            "ServerSideEncryptionKmsKeyId: arn:aws:kms:eu-central-1:444455556666:key/1-2\n",
            "ParquetVersion: parquet-2-0\n",
            "DatePartitionSequence: YYYYMMDDHH\n",
            "CdcMaxBatchInterval: 60\n",
            "AddColumnName: true\n");
    assertThat(migrated.remarks(Remark.Kind.NOT_TRANSLATED)).isEmpty();
  }

  @Test
  void whatTheSchemaCantSayStaysAsACommentAndIsTold() {
    var migrated =
        oneWith(
            """
            # our own
            RETRIES: 3 # times
            COMPRESSIONTTYPE: snappy
            BUCKETFOLDER:
              - a
            ENCRYPTIONMODE: SSE_S3
            SSEKMSKEYID: alias/lake
            POLICYNAME: the-policy
            TIMESTAMPCOLUMNNAME: ''
            """);
    assertThat(template(migrated))
        .contains(
            "      # our own\n      # not translated: RETRIES: 3 # times\n",
            "# not translated: COMPRESSIONTTYPE: snappy\n",
            "# not translated: BUCKETFOLDER:\n        #   - a\n",
            "# not translated: SSEKMSKEYID: alias/lake\n",
            "# left out: POLICYNAME: the-policy\n")
        .doesNotContain(
            "  CompressionType", "  ServerSide", "  TimestampColumnName", "  PolicyName");
    assertThat(migrated.remarks(Remark.Kind.NOT_TRANSLATED))
        .extracting(r -> r.where() + " " + r.line())
        .containsExactly(
            "Sales.RETRIES 10",
            "Sales.COMPRESSIONTTYPE 11",
            "Sales.BUCKETFOLDER 12",
            "Sales.SSEKMSKEYID 15");
    assertThat(told(migrated, Remark.Kind.LEFT_OUT))
        .anyMatch(r -> r.startsWith("Sales.TIMESTAMPCOLUMNNAME (line 17): left out: it is empty"));
  }

  @Test
  void aKeyWithoutTheModeForItIsNotInTheTemplate() {
    var migrated =
        oneWith("ENCRYPTIONMODE: SSE_S3\nSSEKMSKEYID: arn:aws:kms:eu-central-1:444455556666:key/1");
    assertThat(template(migrated)).contains("# not translated: SSEKMSKEYID:");
    assertThat(told(oneWith("ENCRYPTIONMODE: SSE_KMS"), Remark.Kind.CHECK))
        .anyMatch(r -> r.contains("sse-kms needs S3Settings.ServerSideEncryptionKmsKeyId"));
    assertThat(told(oneWith("ENCRYPTIONMODE: !Ref X\nSSEKMSKEYID: !Ref Y"), Remark.Kind.CHECK))
        .anyMatch(r -> r.contains("only where EncryptionMode is sse-kms"));
  }

  @Test
  void functionsPassAndTheirValuesAreLookedAt() {
    var migrated =
        migrate(
            """
            Parameters:
              Compression: {Type: String, Default: GZIP, AllowedValues: [GZIP, none, lzo]}
              Format: {Type: String, AllowedValues: [csv, parquet]}
              Anything: {Type: String}
            Mappings:
              Modes:
                dev: {Mode: SSE_S3}
                prod: {Mode: sse-kms}
            Resources:
              Sales:
                Type: Custom::Endpoint
                Properties:
                  ServiceToken: !ImportValue endpoint-function
                  ENDPOINTIDENTIFIER: !Sub "${AWS::StackName}-sales"
                  BUCKETNAME: {"Fn::ImportValue": !Sub "${Anything}-bucket"}
                  BUCKETFOLDER:
                    Fn::Join:
                      - /
                      - [a, !Ref Anything]
                  COMPRESSIONTTYPE: !Ref Compression
                  DATAFORMAT:
                    Ref: Format
                  ENCRYPTIONMODE: !FindInMap [Modes, !Ref "Anything", Mode]
                  ENVIRONMENT: !Ref Anything
                  ADDCOLUMNNAME: !If [C, "TRUE", !If [D, "n", !Ref "AWS::NoValue"]]
                  CDCPATH: !Ref Anything
            """);
    assertThat(template(migrated))
        .contains(
            """
                  EndpointIdentifier: !Sub "${AWS::StackName}-sales"
                  S3Settings:
                    BucketName: {"Fn::ImportValue": !Sub "${Anything}-bucket"}
                    BucketFolder:
                      Fn::Join:
                        - /
                        - [a, !Ref Anything]
                    CompressionType: !Ref Compression
                    DataFormat:
                      Ref: Format
                    EncryptionMode: !FindInMap [Modes, !Ref "Anything", Mode]
                    AddColumnName: !If [C, true, !If [D, false, !Ref "AWS::NoValue"]]
                    CdcPath: !Ref Anything
                  Environment: !Ref Anything
            """);
    assertThat(told(migrated, Remark.Kind.CHECK))
        .anyMatch(r -> r.startsWith("Sales.BUCKETNAME (line 15): check the value"))
        .anyMatch(r -> r.contains("parameter Compression has \"GZIP\" (line 2), which is \"gzip\""))
        .anyMatch(r -> r.contains("parameter Compression has \"lzo\" (line 2), but S3Settings"))
        .anyMatch(r -> r.contains("mapping Modes has \"SSE_S3\" (line 7), which is \"sse-s3\""))
        .noneMatch(r -> r.contains("DATAFORMAT"))
        .noneMatch(r -> r.contains("ADDCOLUMNNAME"));
    assertThat(migrated.remarks(Remark.Kind.NOT_TRANSLATED)).isEmpty();
  }

  private static final String REFERRED =
      """
      Resources:
        Sales:
          Type: Custom::Endpoint
          Properties: {ServiceToken: a, ENDPOINTIDENTIFIER: sales, BUCKETNAME: bucket, ENVIRONMENT: dev}
        Orders:
          Type: Custom::Endpoint
          DependsOn: Sales
          Properties: {ServiceToken: a, ENDPOINTIDENTIFIER: orders, BUCKETNAME: bucket, ENVIRONMENT: dev}
        Task:
          Type: AWS::DMS::ReplicationTask
          DependsOn:
            - Topic
            - Sales
          Properties:
            TargetEndpointArn: !Ref Sales
            TaskData:
              Fn::GetAtt: [Sales, EndpointArn]
            Other: !GetAtt
              - Sales
              - RoleArn
            More: !Sub "${Sales} ${Sales.Arn} ${!Sales} ${Topic} ${Salesman}"
            Own: !Sub
              - "${Sales} ${x}"
              - Sales: own
                x: !GetAtt Sales.Message
        Topic:
          Type: AWS::SNS::Topic
      Outputs:
        Orders:
          Value: !GetAtt Orders.ExternalId
      """;

  @Test
  void whatRefersToAResourceRefersToTheNewOneInTheEnd() {
    var migrated = migrate(REFERRED);
    assertThat(template(migrated))
        .contains(
            "Parameters:\n  SalesMessage:\n    Type: String\n",
            "    DependsOn: Sales\n",
            "      - Topic\n      - Sales\n",
            "TargetEndpointArn: !Ref Sales\n",
            "Fn::GetAtt: [Sales, EndpointArn]\n",
            "Other: !GetAtt Sales.ServiceAccessRoleArn\n",
            "\"${Sales} ${Sales.EndpointArn} ${!Sales} ${Topic} ${Salesman}\"",
            "- \"${Sales} ${x}\"",
            "x: !Ref SalesMessage\n",
            "Value: !GetAtt Orders.ExternalId\n");
    assertThat(told(migrated, Remark.Kind.NOT_TRANSLATED))
        .containsExactly(
            "GetAtt Sales.Message (line 25): the type returns nothing like it; the parameter"
                + " SalesMessage stands for it, with the value that the function gave");
  }

  @Test
  void nothingRefersToAResourceWhileItIsNotThere() {
    var files = migrate(REFERRED).files();
    for (var file : List.of("step-2-remove.yaml", "step-3-import.yaml")) {
      assertThat(files.get(file))
          .contains(
              "[Topic]\n",
              "TargetEndpointArn: !Ref SalesRef\n",
              "        Ref: SalesEndpointArn\n",
              "Other: !Ref SalesRoleArn\n",
              "\"${SalesRef} ${SalesArn} ${!Sales} ${Topic} ${Salesman}\"",
              "- \"${Sales} ${x}\"",
              "x: !Ref SalesMessage\n",
              "Value: !Ref OrdersExternalId\n");
    }
    assertThat(files.get("step-2-remove.yaml")).doesNotContain("Custom::", "\n  Sales:");
    assertThat(files.get("step-3-import.yaml")).contains("\n  Sales:\n    Type: " + TYPE);
  }

  /** An import may change nothing that is there. */
  @Test
  void theImportAddsTheResourcesAndNothingElse() throws IOException {
    for (var text :
        List.of(
            REFERRED,
            Files.readString(Path.of("examples", "migrate", "custom-resource.yaml")),
            JsonTemplates.of(REFERRED))) {
      var files = migrate(text).files();
      var ending = text.startsWith("{") ? ".json" : ".yaml";
      var before = JsonTemplates.tree(files.get("step-2-remove" + ending));
      var importing = JsonTemplates.tree(files.get("step-3-import" + ending));
      var added = importing.get("Resources").deepCopy();
      before.get("Resources").fieldNames().forEachRemaining(((ObjectNode) added)::remove);
      assertThat(added).isNotEmpty();
      assertThat(added)
          .allSatisfy(r -> assertThat(r.get("DeletionPolicy").asText()).isEqualTo("Retain"));
      assertThat(added).allSatisfy(r -> assertThat(r.get("Type").asText()).isEqualTo(TYPE));
      added.fieldNames().forEachRemaining(((ObjectNode) importing.get("Resources"))::remove);
      assertThat(importing).isEqualTo(before);
    }
  }

  @Test
  void theFirstStepOnlyRetains() {
    var files = migrate(REFERRED).files();
    var retained = JsonTemplates.tree(files.get("step-1-retain.yaml"));
    for (var id : List.of("Sales", "Orders")) {
      var resource = (ObjectNode) retained.at("/Resources/" + id);
      assertThat(resource.remove("DeletionPolicy").asText()).isEqualTo("Retain");
      assertThat(resource.remove("UpdateReplacePolicy").asText()).isEqualTo("Retain");
    }
    ((ObjectNode) retained.get("Resources")).remove("MigrationStep");
    assertThat(retained).isEqualTo(JsonTemplates.tree(REFERRED));
  }

  @Test
  void jsonAndYamlComeToTheSame() throws IOException {
    var json = migrate(JsonTemplates.of(REFERRED)).files();
    var yaml = migrate(REFERRED).files();
    for (var file : List.of("step-1-retain", "step-2-remove", "step-3-import", "template")) {
      var text = json.get(file + ".json");
      new ObjectMapper().readTree(text); // is JSON
      assertThat(JsonTemplates.tree(text))
          .as(file)
          .isEqualTo(JsonTemplates.tree(yaml.get(file + ".yaml")));
    }
  }

  @Test
  void jsonKeepsItsLayoutAndWhatIsNotTranslatedIsInTheMetadata() {
    var migrated =
        migrate(
            """
            {
            	"Resources": {
            		"Sales": {
            			"Version": "1.0",
            			"Type": "Custom::Endpoint",
            			"Metadata": {"a": "\\u00e9\\/"},
            			"Properties": {
            				"ServiceToken": "x",
            				"ROLENAME": {"Fn::Sub": "r-${AWS::Region}"},
            				"ENDPOINTIDENTIFIER": "Sales",
            				"BUCKETNAME": "bucket",
            				"DATAFORMAT": "CSV",
            				"ENVIRONMENT": "dev"
            			}
            		}
            	}
            }
            """);
    assertThat(template(migrated))
        .isEqualTo(
            """
            {
            	"Resources": {
            		"Sales": {
            			"Type": "%s",
            			"DeletionPolicy": "Retain",
            			"UpdateReplacePolicy": "Retain",
            			"Metadata": {"NotTranslated": {"ROLENAME": {"Fn::Sub": "r-${AWS::Region}"}, "Version": "1.0"}, "a": "\\u00e9\\/"},
            			"Properties": {
            				"EndpointIdentifier": "sales",
            				"S3Settings": {
            					"BucketName": "bucket",
            					"DataFormat": "csv"
            				},
            				"Environment": "dev",
            				"Tags": [{"Key": "managed-by", "Value": "cloudformation"}]
            			}
            		}
            	}
            }
            """
                .formatted(TYPE));
    assertThat(told(migrated, Remark.Kind.NOT_TRANSLATED))
        .containsExactly(
            "Sales.Version (line 4): stays in the Metadata: this attribute is not one of this"
                + " type's");
  }

  @Test
  void attributesOfResourcesAreKept() {
    var migrated =
        migrate(
            """
            Resources:
              Sales:
                Type: AWS::CloudFormation::CustomResource
                Version: '1.0'
                Condition: Big
                DeletionPolicy: Delete # as ever
                DependsOn: Topic
                Metadata:
                  a: b
                CreationPolicy:
                  ResourceSignal:
                    Count: 1
                Properties:
                  ServiceToken: a
                  ENDPOINTIDENTIFIER: sales
                  BUCKETNAME: bucket
            """);
    assertThat(template(migrated))
        .contains(
            """
                Type: %s
                UpdateReplacePolicy: Retain
                # Version: '1.0'
                Condition: Big
                DeletionPolicy: Retain # as ever
                DependsOn: Topic
                Metadata:
                  a: b
                # CreationPolicy:
                #   ResourceSignal:
                #     Count: 1
                Properties:
            """
                .formatted(TYPE));
    assertThat(told(migrated, Remark.Kind.CHECK))
        .anyMatch(r -> r.contains("Sales.Condition (line 5)"))
        .anyMatch(r -> r.contains("Retain in place of Delete"))
        .anyMatch(r -> r.contains("nothing says in which environment"));
    assertThat(told(migrated, Remark.Kind.NOT_TRANSLATED)).hasSize(2);
  }

  @Test
  void commentsBetweenBracketsAreTold() {
    var migrated =
        migrate(
            """
            Resources:
              Sales:
                Type: Custom::Endpoint
                Properties: {ServiceToken: x,
                  # of the identifier
                  ENDPOINTIDENTIFIER: sales, BUCKETNAME: bucket # last
                  }
            """);
    assertThat(told(migrated, Remark.Kind.NOT_TRANSLATED))
        .containsExactly(
            "Sales.ENDPOINTIDENTIFIER (line 6): not kept: the comment # of the identifier",
            "Sales.Properties (line 4): not kept: the comment # last");
    assertThat(template(migrated)).contains("    EndpointIdentifier: sales\n");
  }

  @Test
  void environmentsAreSpelledAsInTheTypeConfiguration() {
    var configuration =
        Json.object("{\"Environments\": [{\"Name\": \"dev\"}, {\"Name\": \"prod\"}]}");
    var given = ONE.formatted("").replace("ENVIRONMENT: dev", "ENVIRONMENT: Prod");
    var migrated = Migration.of("given", given, options(configuration));
    assertThat(template(migrated)).contains("Environment: prod\n");
    assertThat(told(migrated, Remark.Kind.TRANSLATED)).anyMatch(r -> r.contains("Prod as prod"));
    var unknown = Migration.of("given", given.replace("Prod", "qa"), options(configuration));
    assertThat(told(unknown, Remark.Kind.CHECK)).anyMatch(r -> r.contains("dev, prod"));
  }

  @Test
  void otherCustomResourcesAndTheFunctionAreNotTouched() {
    var given =
        """
        Resources:
          Function:
            Type: AWS::Lambda::Function
          Other:
            Type: Custom::Other
            Properties:
              ServiceToken: !GetAtt Function.Arn
          Sales:
            Type: Custom::Endpoint
            Properties:
              ServiceToken: !GetAtt Function.Arn
              ENDPOINTIDENTIFIER: sales
              BUCKETNAME: bucket
              ENVIRONMENT: dev
        """;
    var migrated = migrate(given);
    assertThat(template(migrated)).startsWith(given.substring(0, given.indexOf("  Sales:")));
    assertThat(told(migrated, Remark.Kind.LEFT_OUT)).anyMatch(r -> r.startsWith("Other (line 4)"));
    assertThat(told(migrated, Remark.Kind.CHECK)).anyMatch(r -> r.startsWith("Function (line 2)"));
  }

  @Test
  void whatATransformMakesIsTold() {
    var migrated = migrate(ONE.formatted("Fn::ForEach::Lakes: [Name, [a], {}]".indent(2)));
    assertThat(told(migrated, Remark.Kind.CHECK))
        .anyMatch(r -> r.startsWith("Fn::ForEach::Lakes (line 9): not looked into"));
  }

  @Test
  void aTemplateThatIsTooLongForTheCommandLineIsTold() {
    var migrated = migrate(ONE.formatted("# " + "x".repeat(52_000)));
    assertThat(told(migrated, Remark.Kind.CHECK)).anyMatch(r -> r.contains("--template-url"));
  }
}
