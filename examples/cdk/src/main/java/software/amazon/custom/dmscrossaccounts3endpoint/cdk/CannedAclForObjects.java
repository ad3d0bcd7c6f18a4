package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

/** Canned ACL that is set on every file. */
public enum CannedAclForObjects implements Spelled {
  /** {@code none}. */
  NONE("none"),
  /** {@code private}. */
  PRIVATE("private"),
  /** {@code public-read}. */
  PUBLIC_READ("public-read"),
  /** {@code public-read-write}. */
  PUBLIC_READ_WRITE("public-read-write"),
  /** {@code authenticated-read}. */
  AUTHENTICATED_READ("authenticated-read"),
  /** {@code aws-exec-read}. */
  AWS_EXEC_READ("aws-exec-read"),
  /** {@code bucket-owner-read}. */
  BUCKET_OWNER_READ("bucket-owner-read"),
  /** {@code bucket-owner-full-control}. */
  BUCKET_OWNER_FULL_CONTROL("bucket-owner-full-control");

  private final String spelling;

  CannedAclForObjects(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String spelling() {
    return spelling;
  }
}
