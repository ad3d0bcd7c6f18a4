package software.amazon.custom.dmscrossaccounts3endpoint.cdk.example;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dms.CfnEndpoint;
import software.amazon.awscdk.services.dms.CfnReplicationInstance;
import software.amazon.awscdk.services.dms.CfnReplicationSubnetGroup;
import software.amazon.awscdk.services.dms.CfnReplicationTask;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.ConnectionTestProperty;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.DataFormat;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.DmsCrossAccountS3Endpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.DmsCrossAccountS3EndpointProps;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.S3SettingsProperty;
import software.constructs.Construct;

/**
 * Source endpoint, replication instance, target endpoint and task, as in {@code
 * examples/replication.yaml}. The account needs the roles {@code dms-vpc-role} and {@code
 * dms-cloudwatch-logs-role}.
 */
public final class ReplicationStack extends Stack {

  private static final String ALL_TABLES =
      """
      {
        "rules": [
          {
            "rule-type": "selection",
            "rule-id": "1",
            "rule-name": "everything",
            "object-locator": {"schema-name": "public", "table-name": "%"},
            "rule-action": "include"
          }
        ]
      }
      """;

  /** In the DMS account. */
  public ReplicationStack(Construct scope, String id, Database database) {
    super(scope, id);
    var instance = instance(database);
    var target =
        new DmsCrossAccountS3Endpoint(
            this,
            "Target",
            DmsCrossAccountS3EndpointProps.builder()
                .environment("dev")
                .s3Settings(
                    S3SettingsProperty.builder()
                        .bucketName("example-data-lake-dev")
                        .bucketFolder(database.name())
                        .dataFormat(DataFormat.PARQUET)
                        .timestampColumnName("dms_timestamp")
                        .build())
                // The stack fails here, not in the task, where the endpoint can't be reached.
                .connectionTest(
                    ConnectionTestProperty.builder()
                        .replicationInstanceArn(instance.getRef())
                        .build())
                .build());
    CfnReplicationTask.Builder.create(this, "Task")
        .migrationType("full-load-and-cdc")
        .replicationInstanceArn(instance.getRef())
        .sourceEndpointArn(source(database).getRef())
        .targetEndpointArn(target.getAttrEndpointArn())
        .tableMappings(ALL_TABLES)
        .build();
  }

  private CfnReplicationInstance instance(Database database) {
    var subnets =
        CfnReplicationSubnetGroup.Builder.create(this, "SubnetGroup")
            .replicationSubnetGroupDescription("Subnets of " + Aws.STACK_NAME)
            .subnetIds(database.subnetIds())
            .build();
    return CfnReplicationInstance.Builder.create(this, "Instance")
        .replicationInstanceClass("dms.t3.medium")
        .allocatedStorage(50)
        .publiclyAccessible(false)
        .replicationSubnetGroupIdentifier(subnets.getRef())
        .vpcSecurityGroupIds(database.securityGroupIds())
        .build();
  }

  private CfnEndpoint source(Database database) {
    return CfnEndpoint.Builder.create(this, "Source")
        .endpointType("source")
        .engineName("postgres")
        .databaseName(database.name())
        .sslMode("require")
        .postgreSqlSettings(
            CfnEndpoint.PostgreSqlSettingsProperty.builder()
                .secretsManagerSecretId(database.secretArn())
                .secretsManagerAccessRoleArn(secretRole(database).getRoleArn())
                .build())
        .build();
  }

  private Role secretRole(Database database) {
    return Role.Builder.create(this, "SecretRole")
        .description("Lets AWS DMS read the database's secret.")
        // The Regional principal: DMS reads secrets as it.
        .assumedBy(
            ServicePrincipal.Builder.create("dms." + getRegion() + ".amazonaws.com")
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", getAccount())))
                .build())
        .inlinePolicies(
            Map.of(
                "read-secret",
                PolicyDocument.Builder.create()
                    .statements(
                        List.of(
                            PolicyStatement.Builder.create()
                                .actions(List.of("secretsmanager:GetSecretValue"))
                                .resources(List.of(database.secretArn()))
                                .build()))
                    .build()))
        .build();
  }
}
