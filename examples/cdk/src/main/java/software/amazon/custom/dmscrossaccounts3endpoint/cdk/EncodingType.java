package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

/** Encoding of columns in .parquet files. */
public enum EncodingType implements Spelled {
  /** {@code plain}. */
  PLAIN("plain"),
  /** {@code plain-dictionary}. */
  PLAIN_DICTIONARY("plain-dictionary"),
  /** {@code rle-dictionary}. */
  RLE_DICTIONARY("rle-dictionary");

  private final String spelling;

  EncodingType(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String spelling() {
    return spelling;
  }
}
