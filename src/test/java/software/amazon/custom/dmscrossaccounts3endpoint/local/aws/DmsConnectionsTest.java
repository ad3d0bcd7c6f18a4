package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.model.Connection;

class DmsConnectionsTest {
  private final DmsFixture f =
      new DmsFixture(options -> options.bucketOwner("sniped", "999999999999"));
  private final String instance = f.aws.createReplicationInstance(DmsFixture.DMS, "rep");

  @AfterEach
  void close() {
    f.close();
  }

  private Connection tested(String endpointArn) {
    f.dms.testConnection(r -> r.endpointArn(endpointArn).replicationInstanceArn(instance));
    f.settle();
    return connection(endpointArn);
  }

  private Connection connection(String endpointArn) {
    return f.dms
        .describeConnections(
            r ->
                r.filters(
                    DmsFixture.filter("endpoint-arn", endpointArn),
                    DmsFixture.filter("replication-instance-arn", instance)))
        .connections()
        .get(0);
  }

  @Test
  void aConnectionIsTestedAndThenSuccessful() {
    var arn = f.made("e").endpointArn();
    assertThat(Clients.code(() -> connection(arn))).isEqualTo("ResourceNotFoundFault");
    var testing =
        f.dms.testConnection(r -> r.endpointArn(arn).replicationInstanceArn(instance)).connection();
    assertThat(testing.status()).isEqualTo("testing");
    assertThat(
            Clients.code(
                () ->
                    f.dms.testConnection(r -> r.endpointArn(arn).replicationInstanceArn(instance))))
        .isEqualTo("InvalidResourceStateFault");
    assertThat(Clients.code(() -> f.dms.deleteEndpoint(r -> r.endpointArn(arn))))
        .as("while it is being tested")
        .isEqualTo("InvalidResourceStateFault");
    f.settle();
    assertThat(connection(arn).status()).isEqualTo("successful");
    assertThat(connection(arn).replicationInstanceIdentifier()).isEqualTo("rep");
    f.dms.deleteConnection(r -> r.endpointArn(arn).replicationInstanceArn(instance));
    assertThat(connection(arn).status()).isEqualTo("deleting");
    f.settle();
    assertThat(f.dms.describeConnections().connections()).isEmpty();
    assertThat(
            Clients.code(
                () ->
                    f.dms.deleteConnection(
                        r -> r.endpointArn(arn).replicationInstanceArn(instance))))
        .isEqualTo("ResourceNotFoundFault");
  }

  @Test
  void aRoleThatMayNotWriteFailsTheTest() {
    var arn = f.made("e").endpointArn();
    f.iam.putRolePolicy(
        r ->
            r.roleName("e")
                .policyName("write")
                .policyDocument(Documents.allow("s3:GetObject", "*")));
    f.settle();
    var connection = tested(arn);
    assertThat(connection.status()).isEqualTo("failed");
    assertThat(connection.lastFailureMessage()).contains("s3:PutObject", "lake");
  }

  @Test
  void aBucketOfAnotherOwnerFailsTheTest() {
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    var id = f.create("e", role).externalId();
    f.trust("r", id);
    f.settle();
    var arn = f.create("e", role, r -> {}, s -> s.bucketName("sniped")).endpointArn();
    f.settle();
    assertThat(tested(arn).lastFailureMessage()).contains("sniped", "not the expected account");
  }

  @Test
  void encryptionWithAKeyNeedsTheKey() {
    var role = f.role("r", Documents.TRUSTS_DMS);
    f.settle();
    f.trust("r", f.create("e", role).externalId());
    f.settle();
    var key = "arn:aws:kms:eu-central-1:222222222222:key/1";
    var arn =
        f.create(
                "e",
                role,
                r -> {},
                s -> s.encryptionMode("sse-kms").serverSideEncryptionKmsKeyId(key))
            .endpointArn();
    f.settle();
    assertThat(tested(arn).lastFailureMessage()).contains("kms:GenerateDataKey");
    f.iam.putRolePolicy(
        r ->
            r.roleName("r")
                .policyName("key")
                .policyDocument(Documents.allow("kms:GenerateDataKey", key)));
    f.settle();
    assertThat(tested(arn).status()).isEqualTo("successful");
  }

  @Test
  void testsCanBeMadeToFail() {
    var arn = f.made("e").endpointArn();
    f.aws.failConnectionTests("no route");
    assertThat(tested(arn).lastFailureMessage()).isEqualTo("no route");
    f.aws.failConnectionTests(null);
    assertThat(tested(arn).status()).isEqualTo("successful");
  }

  @Test
  void whatIsNotThereOrNotReadyCanNotBeTested() {
    var arn = f.made("e").endpointArn();
    assertThat(
            Clients.code(
                () ->
                    f.dms.testConnection(
                        r -> r.endpointArn(arn + "x").replicationInstanceArn(instance))))
        .isEqualTo("ResourceNotFoundFault");
    assertThat(
            Clients.code(
                () ->
                    f.dms.testConnection(
                        r -> r.endpointArn(arn).replicationInstanceArn(instance + "x"))))
        .isEqualTo("ResourceNotFoundFault");
    f.dms.deleteEndpoint(r -> r.endpointArn(arn));
    assertThat(
            Clients.code(
                () ->
                    f.dms.testConnection(r -> r.endpointArn(arn).replicationInstanceArn(instance))))
        .isEqualTo("InvalidResourceStateFault");
  }
}
