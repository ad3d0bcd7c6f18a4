package software.amazon.custom.dmscrossaccounts3endpoint.cdk.example;

import software.amazon.awscdk.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.DataFormat;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.DmsCrossAccountS3Endpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.DmsCrossAccountS3EndpointProps;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.EncryptionMode;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.S3SettingsProperty;
import software.constructs.Construct;

/** An endpoint that encrypts, as in {@code examples/sse-kms/endpoint.yaml}. */
public final class EncryptedEndpointStack extends Stack {

  private final DmsCrossAccountS3Endpoint endpoint;

  /** In the DMS account. */
  public EncryptedEndpointStack(Construct scope, String id) {
    super(scope, id);
    endpoint =
        new DmsCrossAccountS3Endpoint(
            this,
            "Payments",
            DmsCrossAccountS3EndpointProps.builder()
                .endpointIdentifier("payments-encrypted")
                .environment("prod")
                .s3Settings(
                    S3SettingsProperty.builder()
                        .bucketName("example-data-lake-prod")
                        .bucketFolder("payments")
                        .dataFormat(DataFormat.PARQUET)
                        .encryptionMode(EncryptionMode.SSE_KMS)
                        // What the key's stack, in the other account, gave as its output.
                        .serverSideEncryptionKmsKeyId(
                            "arn:aws:kms:eu-central-1:666677778888:key/11111111-2222-3333-4444-555555555555")
                        .build())
                .build());
  }

  DmsCrossAccountS3Endpoint endpoint() {
    return endpoint;
  }
}
