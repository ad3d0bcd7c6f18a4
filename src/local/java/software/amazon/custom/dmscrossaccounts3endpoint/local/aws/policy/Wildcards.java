package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy;

/** IAM's wildcards: {@code *} for any text, none included, and {@code ?} for one character. */
public final class Wildcards {
  private Wildcards() {}

  public static boolean match(String pattern, String text) {
    var p = 0;
    var t = 0;
    var star = -1;
    var retry = 0;
    while (t < text.length()) {
      if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))
          && pattern.charAt(p) != '*') {
        p++;
        t++;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = t;
      } else if (star >= 0) {
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /**
   * As {@code ArnLike}: each of the six parts by itself, so that a wildcard never spans a colon.
   */
  static boolean matchArn(String pattern, String arn) {
    var patterns = pattern.split(":", 6);
    var parts = arn.split(":", 6);
    if (patterns.length != 6 || parts.length != 6) {
      return false;
    }
    for (var i = 0; i < 6; i++) {
      if (!match(patterns[i], parts[i])) {
        return false;
      }
    }
    return true;
  }
}
