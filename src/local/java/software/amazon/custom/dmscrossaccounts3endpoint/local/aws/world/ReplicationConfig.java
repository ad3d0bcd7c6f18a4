package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

/**
 * A replication without an instance (DMS Serverless): it is there so that its endpoint is in use.
 */
public record ReplicationConfig(
    String identifier, String arn, String sourceArn, String targetArn) {}
