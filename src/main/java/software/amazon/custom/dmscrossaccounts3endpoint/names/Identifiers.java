package software.amazon.custom.dmscrossaccounts3endpoint.names;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What DMS takes as an identifier (CreateEndpoint, API reference): ASCII letters, digits and
 * hyphens, beginning with a letter, without a hyphen at the end or beside another one.
 */
public final class Identifiers {

  /** Longest {@code ResourceIdentifier}. */
  public static final int RESOURCE_LENGTH = 31;

  /** Longest {@code EndpointIdentifier}. */
  public static final int ENDPOINT_LENGTH = 255;

  private static final Pattern CHARACTERS = Pattern.compile("[a-zA-Z](-?[a-zA-Z0-9])*");

  private Identifiers() {}

  /** Whether a text can be asked for as an identifier of at most this length. */
  public static boolean isValid(String text, int length) {
    return text.length() <= length && CHARACTERS.matcher(text).matches();
  }

  /** Whether two are the same to DMS, which does not regard case; null is no identifier. */
  public static boolean areSame(@Nullable String one, @Nullable String other) {
    return one != null && one.equalsIgnoreCase(other);
  }

  /**
   * Whether an endpoint can be created under an ARN that ends so. DMS gives an endpoint that is
   * made without a {@code ResourceIdentifier} an end that may be longer, or begin with a digit.
   */
  public static boolean isResourceIdentifier(String text) {
    return isValid(text, RESOURCE_LENGTH);
  }
}
