package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

/** Server-side encryption of the files. sse-kms needs ServerSideEncryptionKmsKeyId. */
public enum EncryptionMode implements Spelled {
  /** {@code sse-s3}. */
  SSE_S3("sse-s3"),
  /** {@code sse-kms}. */
  SSE_KMS("sse-kms");

  private final String spelling;

  EncryptionMode(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String spelling() {
    return spelling;
  }
}
