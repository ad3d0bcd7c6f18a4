package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

/** Order of the parts of the date, when DatePartitionEnabled is true. */
public enum DatePartitionSequence implements Spelled {
  /** {@code YYYYMMDD}. */
  YYYYMMDD("YYYYMMDD"),
  /** {@code YYYYMMDDHH}. */
  YYYYMMDDHH("YYYYMMDDHH"),
  /** {@code YYYYMM}. */
  YYYYMM("YYYYMM"),
  /** {@code MMYYYYDD}. */
  MMYYYYDD("MMYYYYDD"),
  /** {@code DDMMYYYY}. */
  DDMMYYYY("DDMMYYYY");

  private final String spelling;

  DatePartitionSequence(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String spelling() {
    return spelling;
  }
}
