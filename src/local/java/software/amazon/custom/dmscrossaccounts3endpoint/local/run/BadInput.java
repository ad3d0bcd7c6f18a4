package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

/** Something that the user gave is wrong; the message says what, in one line. */
final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_LENGTH = 1000;

  BadInput(String message) {
    super(inOneLine(message));
  }

  private static String inOneLine(String message) {
    var line = message.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }
}
