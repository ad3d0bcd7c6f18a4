package software.amazon.custom.dmscrossaccounts3endpoint.names;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules of DMS for identifiers (CreateEndpoint, API reference): ASCII letters, digits and hyphens;
 * the first character is a letter, the last one is not a hyphen, and no two hyphens are adjacent.
 */
public final class Identifiers {

  /** Greatest length of a {@code ResourceIdentifier}. */
  public static final int RESOURCE_LENGTH = 31;

  /** Greatest length of an {@code EndpointIdentifier}. */
  public static final int ENDPOINT_LENGTH = 255;

  private static final Pattern CHARACTERS = Pattern.compile("[a-zA-Z](-?[a-zA-Z0-9])*");

  private Identifiers() {}

  /** Returns whether a text is a valid identifier of at most this length. */
  public static boolean isValid(String text, int length) {
    return text.length() <= length && CHARACTERS.matcher(text).matches();
  }

  /** Returns whether two identifiers are equal to DMS, which ignores case; null equals none. */
  public static boolean areSame(@Nullable String one, @Nullable String other) {
    return one != null && one.equalsIgnoreCase(other);
  }

  /**
   * Returns whether a text is a valid {@code ResourceIdentifier}. The last part of the ARN of an
   * endpoint that was created without one may be longer, or begin with a digit.
   */
  public static boolean isResourceIdentifier(String text) {
    return isValid(text, RESOURCE_LENGTH);
  }
}
