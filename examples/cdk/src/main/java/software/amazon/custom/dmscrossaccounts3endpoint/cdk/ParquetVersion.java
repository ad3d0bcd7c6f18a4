package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

/** Version of the Parquet format. */
public enum ParquetVersion implements Spelled {
  /** {@code parquet-1-0}. */
  PARQUET_1_0("parquet-1-0"),
  /** {@code parquet-2-0}. */
  PARQUET_2_0("parquet-2-0");

  private final String spelling;

  ParquetVersion(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String spelling() {
    return spelling;
  }
}
