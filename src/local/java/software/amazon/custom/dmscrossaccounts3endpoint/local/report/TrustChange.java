package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.List;

/** A trust policy before and after. */
public record TrustChange(TrustVersion before, TrustVersion after) {

  /** The difference, line by line. */
  public List<DiffLine> diff() {
    return DiffLine.between(before.lines(), after.lines());
  }
}
