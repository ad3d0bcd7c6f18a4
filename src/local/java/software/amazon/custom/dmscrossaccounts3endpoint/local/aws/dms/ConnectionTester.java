package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.dms;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.DmsRegion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Endpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Permissions;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/**
 * Decides whether DMS reaches the bucket of an S3 endpoint: the bucket's owner must be the expected
 * one, and the endpoint's role must, as far as IAM's changes have propagated, be allowed to write.
 */
final class ConnectionTester {
  private final World world;

  ConnectionTester(World world) {
    this.world = world;
  }

  /** Why a test that ends at that moment fails, empty when it succeeds. */
  Optional<String> failure(DmsRegion dms, Endpoint endpoint, Instant moment) {
    if (!endpoint.isS3()) {
      return Optional.empty();
    }
    var s3 = endpoint.settings().s3();
    var roleAccount = world.arns().accountOfRole(endpoint.roleArn()).orElseThrow();
    var bucket = s3.text("BucketName");
    var expected = Optional.ofNullable(s3.text("ExpectedBucketOwner")).orElse(roleAccount);
    var owner = world.options().bucketOwners().getOrDefault(bucket, roleAccount);
    if (!owner.equals(expected)) {
      return failed(
          "The owner of bucket %s is not the expected account %s.".formatted(bucket, expected));
    }
    var role = world.roleSeen(endpoint.roleArn(), moment);
    if (role.isEmpty()) {
      return failed("Unable to assume the role " + endpoint.roleArn() + ".");
    }
    var permissions =
        Permissions.of(role.get(), arn -> policySeen(roleAccount, arn, moment), List.of());
    var keys = new ContextKeys().with("aws:PrincipalAccount", roleAccount);
    var object = world.arns().bucket(bucket) + "/test";
    if (!permissions.verdict("s3:PutObject", object, keys).allowed()) {
      return failed("Access Denied: s3:PutObject on bucket " + bucket + ".");
    }
    if ("sse-kms".equals(s3.text("EncryptionMode"))) {
      var given = Optional.ofNullable(s3.text("ServerSideEncryptionKmsKeyId")).orElse("");
      var key =
          given.startsWith("arn:") ? given : world.arns().key(dms.region(), roleAccount, given);
      if (!permissions.verdict("kms:GenerateDataKey", key, keys).allowed()) {
        return failed("Access Denied: kms:GenerateDataKey on key " + given + ".");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> failed(String why) {
    return Optional.of(
        "Test Endpoint failed: Application-Status: 1020912, Application-Message: Failed to connect"
            + " to S3 endpoint. "
            + why
            + ", Application-Detailed-Message: Failed to put an object into the bucket.");
  }

  private Optional<PolicyDocument> policySeen(String account, String arn, Instant moment) {
    return world
        .iam(account)
        .policy(arn, moment.minus(world.options().propagation()))
        .map(policy -> policy.defaultVersion().document())
        .map(text -> PolicyParser.parse(text, PolicyParser.Kind.PERMISSIONS))
        .or(() -> world.awsManagedPolicies().document(arn));
  }
}
