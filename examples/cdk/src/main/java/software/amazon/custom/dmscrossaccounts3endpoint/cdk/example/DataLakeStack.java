package software.amazon.custom.dmscrossaccounts3endpoint.cdk.example;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** Bucket and key, as in {@code examples/sse-kms/data-lake-account.yaml}. */
public final class DataLakeStack extends Stack {

  private final Key key;

  /** In the data-lake account. */
  public DataLakeStack(Construct scope, String id, String bucketName) {
    super(scope, id);
    key =
        Key.Builder.create(this, "Key")
            .description("Encrypts what DMS writes to " + bucketName + ".")
            .enableKeyRotation(true)
            .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
            .build();
    Bucket.Builder.create(this, "Bucket")
        .bucketName(bucketName)
        .encryption(BucketEncryption.KMS)
        .encryptionKey(key)
        .bucketKeyEnabled(true)
        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .enforceSsl(true)
        .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
        .build();
    CfnOutput.Builder.create(this, "KeyArn").value(key.getKeyArn()).build();
  }

  Key key() {
    return key;
  }
}
