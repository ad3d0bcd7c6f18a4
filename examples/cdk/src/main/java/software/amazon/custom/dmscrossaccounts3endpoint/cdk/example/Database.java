package software.amazon.custom.dmscrossaccounts3endpoint.cdk.example;

import java.util.List;

/**
 * A database to replicate.
 *
 * @param name of the database, and of its folder in the data lake
 * @param secretArn the secret that holds host, port, username and password
 * @param subnetIds in two Availability Zones at least, with a way to the database and to S3
 * @param securityGroupIds of the replication instance
 */
public record Database(
    String name, String secretArn, List<String> subnetIds, List<String> securityGroupIds) {}
