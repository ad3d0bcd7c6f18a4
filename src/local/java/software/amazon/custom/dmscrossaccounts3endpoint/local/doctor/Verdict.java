package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

/** What a check says. */
public enum Verdict {
  /** As it should be. */
  OK("✔"),
  /** Not as it should be; there is a next command to type. */
  BROKEN("✘"),
  /** Nobody can tell: the caller may not look, AWS did not answer, or it may change by itself. */
  UNKNOWN("?");

  private final String sign;

  Verdict(String sign) {
    this.sign = sign;
  }

  String sign() {
    return sign;
  }
}
