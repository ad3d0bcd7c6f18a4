package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import org.jspecify.annotations.Nullable;

/**
 * Result of a check of one thing.
 *
 * @param environment of the type configuration; null for what belongs to none
 * @param what was checked
 * @param detail one line
 * @param next the command to type next; there exactly where the verdict is {@link Verdict#BROKEN}
 */
public record Finding(
    @Nullable String environment,
    String what,
    Verdict verdict,
    String detail,
    @Nullable String next) {

  /** State of what was checked. */
  public enum Verdict {
    /** As it should be. */
    OK("✔"),
    /** Not as it should be; there is a next command to type. */
    BROKEN("✘"),
    /** Not known: the caller may not look, AWS did not answer, or it may change by itself. */
    UNKNOWN("?");

    private final String sign;

    Verdict(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }

  /** Requires a next command of a broken thing, and of no other. */
  public Finding {
    if ((next != null) != (verdict == Verdict.BROKEN)) {
      throw new IllegalArgumentException(what + " is " + verdict + ", next: " + next);
    }
  }
}
