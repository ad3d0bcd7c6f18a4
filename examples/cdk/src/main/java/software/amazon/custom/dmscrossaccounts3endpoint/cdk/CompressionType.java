package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

/** Whether files are compressed. */
public enum CompressionType implements Spelled {
  /** {@code none}. */
  NONE("none"),
  /** {@code gzip}. */
  GZIP("gzip");

  private final String spelling;

  CompressionType(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String spelling() {
    return spelling;
  }
}
