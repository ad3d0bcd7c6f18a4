package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

/** Separator of the parts of the date, when DatePartitionEnabled is true. */
public enum DatePartitionDelimiter implements Spelled {
  /** {@code SLASH}. */
  SLASH("SLASH"),
  /** {@code UNDERSCORE}. */
  UNDERSCORE("UNDERSCORE"),
  /** {@code DASH}. */
  DASH("DASH"),
  /** {@code NONE}. */
  NONE("NONE");

  private final String spelling;

  DatePartitionDelimiter(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String spelling() {
    return spelling;
  }
}
