package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.List;

/**
 * What became of one thing that was given.
 *
 * @param kind in one word
 * @param where it was: logical id and property
 * @param line in the file that was given, counted from 1; 0 where it has none
 * @param text what became of it
 */
public record Remark(Kind kind, String where, int line, String text) {

  /** What may become of a thing. */
  public enum Kind {
    /** It is in the new template as a comment or in the metadata only, or not at all. */
    NOT_TRANSLATED("Not translated"),
    /** Somebody has to look at it. */
    CHECK("To check"),
    /** It is not needed any more. */
    LEFT_OUT("Left out"),
    /** It is in the new template. */
    TRANSLATED("Translated");

    private final String heading;

    Kind(String heading) {
      this.heading = heading;
    }

    /** The kind in words. */
    public String heading() {
      return heading;
    }
  }

  @Override
  public String toString() {
    return line > 0
        ? "%s (line %d): %s".formatted(where, line, text)
        : "%s: %s".formatted(where, text);
  }

  static List<Remark> of(Kind kind, List<Remark> remarks) {
    return remarks.stream().filter(r -> r.kind() == kind).toList();
  }
}
