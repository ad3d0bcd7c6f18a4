package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.regex.Pattern;

/** The characters that DMS takes in tag keys and values. */
public enum TagCharacters {
  /** Letters, digits, white space and {@code _.:/=+-} (API reference, {@code Tag}). */
  DOCUMENTED("_.:/=+\\-"),
  /** Also {@code @} and {@code ,}, which an IAM role name may hold. */
  WITH_AT_AND_COMMA("_.:/=+\\-@,");

  private final Pattern pattern;

  TagCharacters(String punctuation) {
    this.pattern = Pattern.compile("[\\p{L}\\p{Z}\\s\\p{N}" + punctuation + "]*");
  }

  /** Returns whether a text consists of these characters. */
  public boolean allow(String text) {
    return pattern.matcher(text).matches();
  }
}
