package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

/**
 * Result of the migration of one property.
 *
 * @param status in one word
 * @param where logical id and property
 * @param line in the input, counted from 1; 0 where it has none
 * @param text what the property became, or why it did not
 */
public record Row(Status status, String where, int line, String text) {

  /** Results of a migration, the most serious first. */
  public enum Status {
    /** The result can't be deployed. */
    PROBLEM("Problems"),
    /** To be changed by hand in the template that was given. */
    CHANGE("To change in your template"),
    /** Somebody has to look at it. */
    CHECK("To check"),
    /** The type has nothing like it. */
    NOT_TRANSLATED("Not translated"),
    /** Not needed in the template. */
    LEFT_OUT("Left out"),
    /** In the template. */
    TRANSLATED("Translated");

    private final String heading;

    Status(String heading) {
      this.heading = heading;
    }

    /** Returns the status in words. */
    public String heading() {
      return heading;
    }
  }

  @Override
  public String toString() {
    return (line > 0 ? "%s (line %d): ".formatted(where, line) : where + ": ") + text;
  }
}
