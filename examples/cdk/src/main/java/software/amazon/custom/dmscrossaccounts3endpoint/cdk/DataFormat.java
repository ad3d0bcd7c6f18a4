package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

/** Format of the files. */
public enum DataFormat implements Spelled {
  /** {@code csv}. */
  CSV("csv"),
  /** {@code parquet}. */
  PARQUET("parquet");

  private final String spelling;

  DataFormat(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String spelling() {
    return spelling;
  }
}
