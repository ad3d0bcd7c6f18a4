package software.amazon.custom.dmscrossaccounts3endpoint.names;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Default names of resources that the template does not name. They depend on the request alone, so
 * that every invocation of an operation computes the same names.
 */
public final class DefaultNames {

  private static final int LONGEST_PART = 40;
  private static final int HASH_LENGTH = 12;
  private static final int SHORT_HASH_LENGTH = 8;

  /** Digits of a hash of 144 bits, which are 24 characters of Base64. */
  private static final int TAG_HASH_DIGITS = 36;

  private static final Pattern STACK_NAME = Pattern.compile("^arn:[^/]+:stack/([^/]+)/.*");

  private DefaultNames() {}

  /**
   * Returns the default identifier of an endpoint: the names of stack and resource in lower case,
   * and a hash. The hash keeps identifiers unique where names are shortened or where another stack
   * had the same name.
   *
   * @param stackId ARN of the stack, or null without a stack (Cloud Control API)
   * @param logicalId logical id of the resource, or null
   * @param token idempotency token of the request, or null
   */
  public static String endpointIdentifier(String stackId, String logicalId, String token) {
    var stack = stackId == null ? "" : STACK_NAME.matcher(stackId).replaceFirst("$1");
    var hash = hash(HASH_LENGTH, stackId, logicalId, token);
    var readable =
        hyphenated(
            shortened(hyphenated(stack))
                + "-"
                + shortened(hyphenated(logicalId == null ? "" : logicalId)));
    var name = readable.isEmpty() ? hash : readable + "-" + hash;
    return Character.isLetter(name.charAt(0)) ? name : "e-" + name;
  }

  /**
   * Returns the last part of the endpoint's ARN: the identifier where it is short enough, otherwise
   * its beginning and a hash of it.
   */
  public static String resourceIdentifier(String endpointIdentifier) {
    if (endpointIdentifier.length() <= Identifiers.RESOURCE_LENGTH) {
      return endpointIdentifier;
    }
    var beginning =
        endpointIdentifier.substring(0, Identifiers.RESOURCE_LENGTH - 1 - SHORT_HASH_LENGTH);
    return beginning.replaceAll("-+$", "") + "-" + hash(SHORT_HASH_LENGTH, endpointIdentifier);
  }

  /**
   * Returns the default name of role and policy: the resource identifier and a hash of the
   * endpoint's ARN. IAM names are unique within an account, and several DMS accounts and Regions
   * may share one data-lake account.
   */
  public static String accessName(String resourceIdentifier, String endpointArn) {
    return resourceIdentifier + "-" + hash(SHORT_HASH_LENGTH, endpointArn);
  }

  /** Returns a hash of texts: this many lower-case hexadecimal digits of their SHA-256. */
  public static String hash(int length, String... texts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var text : texts) {
        digest.update(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns a hash of a text in characters that DMS and IAM allow in the value of a tag: this many,
   * at most 24, of 6 bits each.
   */
  public static String tagHash(int length, String text) {
    var digest = HexFormat.of().parseHex(hash(TAG_HASH_DIGITS, text));
    return Base64.getEncoder().encodeToString(digest).substring(0, length);
  }

  private static String hyphenated(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_PART));
  }
}
