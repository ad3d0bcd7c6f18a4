package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.util.function.Consumer;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.S3Settings;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;

/** A DMS account, a data-lake account that is open to it, and clients of both. */
final class DmsFixture implements AutoCloseable {
  static final String DMS = "111111111111";
  static final String LAKE = "222222222222";

  final LocalAws aws;
  final DatabaseMigrationClient dms;
  final IamClient iam;

  DmsFixture(Consumer<LocalAwsBuilder> options) {
    var builder = LocalAws.builder().allowList(DMS, LAKE).clock(LocalClock.virtual());
    options.accept(builder);
    aws = builder.start();
    var clients = new Clients(aws);
    dms = clients.dms(aws.administrator(DMS));
    iam = clients.iam(aws.administrator(LAKE));
  }

  /** Long enough for everything to have propagated and settled. */
  void settle() {
    aws.clock().advance(java.time.Duration.ofSeconds(10));
  }

  /** A role of the data-lake account that may write to the bucket "lake". */
  String role(String name, String trust) {
    var arn = iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(trust)).role().arn();
    iam.putRolePolicy(r -> r.roleName(name).policyName("write").policyDocument(Documents.S3));
    return arn;
  }

  Endpoint create(String id, String role) {
    return create(id, role, request -> {}, settings -> {});
  }

  Endpoint create(
      String id,
      String role,
      Consumer<CreateEndpointRequest.Builder> request,
      Consumer<S3Settings.Builder> settings) {
    return dms.createEndpoint(
            r -> {
              r.endpointIdentifier(id)
                  .resourceIdentifier(id)
                  .endpointType("target")
                  .engineName("s3")
                  .s3Settings(
                      s -> {
                        s.bucketName("lake").serviceAccessRoleArn(role);
                        settings.accept(s);
                      });
              request.accept(r);
            })
        .endpoint();
  }

  /** An endpoint that went through the handshake and is active. */
  Endpoint made(String id) {
    var role = role(id, Documents.TRUSTS_DMS);
    settle();
    var externalId = create(id, role).externalId();
    trust(id, externalId);
    settle();
    var endpoint = create(id, role);
    settle();
    return endpoint;
  }

  void trust(String roleName, String externalId) {
    iam.updateAssumeRolePolicy(
        r -> r.roleName(roleName).policyDocument(Documents.trustsDmsWithId(externalId)));
  }

  Endpoint described(String id) {
    return dms.describeEndpoints(r -> r.filters(filter("endpoint-id", id))).endpoints().get(0);
  }

  static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  boolean isThere(String id) {
    return dms.describeEndpoints().endpoints().stream()
        .anyMatch(endpoint -> endpoint.endpointIdentifier().equals(id));
  }

  @Override
  public void close() {
    aws.close();
  }
}
