package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param environment of the type configuration; empty for what belongs to none
 * @param what was looked at
 * @param verdict whether it is as it should be
 * @param detail what was found, in one line
 * @param next the command to type next; there exactly where the verdict is {@link Verdict#BROKEN}
 */
public record Finding(
    Optional<String> environment,
    String what,
    Verdict verdict,
    String detail,
    Optional<String> next) {

  /** Checks that what is broken has a next command, and nothing else has. */
  public Finding {
    if (next.isPresent() != (verdict == Verdict.BROKEN)) {
      throw new IllegalArgumentException(what + " is " + verdict + ", next: " + next);
    }
  }
}
