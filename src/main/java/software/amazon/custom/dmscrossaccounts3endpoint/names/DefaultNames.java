package software.amazon.custom.dmscrossaccounts3endpoint.names;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names of what the template does not name. They are functions of the request alone, so that
 * every invocation of an operation finds the same ones.
 */
public final class DefaultNames {

  private static final int STACK_PART = 40;
  private static final int HASH_LENGTH = 12;
  private static final int SHORT_HASH_LENGTH = 8;
  private static final Pattern STACK_NAME = Pattern.compile("^arn:[^/]+:stack/([^/]+)/.*");

  private DefaultNames() {}

  /**
   * The identifier of an endpoint that the template does not name: the names of stack and resource,
   * lower-case, and a hash that tells apart resources whose names are cut or are the same in
   * another stack of that name.
   *
   * @param stackId ARN of the stack, or null outside of a stack (Cloud Control API)
   * @param logicalId logical id of the resource, or null
   * @param token idempotency token of the request, or null
   */
  public static String endpointIdentifier(String stackId, String logicalId, String token) {
    var stack = stackId == null ? "" : STACK_NAME.matcher(stackId).replaceFirst("$1");
    var hash = hash(HASH_LENGTH, stackId, logicalId, token);
    var readable = words(cut(words(stack)) + "-" + cut(words(logicalId == null ? "" : logicalId)));
    var name = readable.isEmpty() ? hash : readable + "-" + hash;
    return Character.isLetter(name.charAt(0)) ? name : "e-" + name;
  }

  /**
   * The last part of the endpoint's ARN: the identifier where it fits, otherwise its beginning and
   * a hash of it.
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
   * The name of role and policy: the resource identifier and a hash of the endpoint's ARN. Names of
   * IAM are global to an account, and several DMS accounts and Regions may share one data-lake
   * account.
   */
  public static String accessName(String resourceIdentifier, String endpointArn) {
    return resourceIdentifier + "-" + hash(SHORT_HASH_LENGTH, endpointArn);
  }

  /** A hash of texts, in lower-case hexadecimal digits. */
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

  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), STACK_PART));
  }
}
