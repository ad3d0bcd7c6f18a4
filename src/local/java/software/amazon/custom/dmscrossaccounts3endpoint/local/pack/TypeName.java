package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a resource type, and the other spellings under which the CloudFormation tools know
 * it.
 *
 * @param value three parts of 2 to 64 letters and digits, joined by {@code ::}
 */
public record TypeName(String value) {
  /** The pattern of {@code TypeName} in the API reference of {@code RegisterType}. */
  private static final Pattern PATTERN =
      Pattern.compile("[a-zA-Z0-9]{2,64}::[a-zA-Z0-9]{2,64}::[a-zA-Z0-9]{2,64}");

  /** Namespaces that the registry keeps for itself, in lower case. */
  private static final Set<String> RESERVED =
      Set.of("aws", "amazon", "amzn", "alexa", "custom", "dev");

  private static final String SEPARATOR = "::";

  /**
   * Checks a name.
   *
   * @throws PackFailed when no resource type can have it
   */
  public TypeName {
    if (!PATTERN.matcher(value).matches() && isReserved(value)) {
      throw new PackFailed(
          "No account can register a type as %s: the registry reserves the namespaces AWS, Amazon, AMZN, Alexa, Custom and Dev."
              .formatted(value));
    }
    if (!PATTERN.matcher(value).matches()) {
      throw new PackFailed(
          "The type name \"%s\" is malformed: it takes three parts of 2 to 64 letters and digits, as in Acme::DMS::CrossAccountS3Endpoint."
              .formatted(value));
    }
  }

  /** Whether an account can't register a type under this name; the registry ignores case. */
  boolean isReserved() {
    return isReserved(value);
  }

  /** Whether a text, malformed or not, begins with a namespace of the registry's own. */
  public static boolean isReserved(String text) {
    return RESERVED.contains(text.split(SEPARATOR, 2)[0].toLowerCase(Locale.ROOT));
  }

  /** The first part. */
  String namespace() {
    return value.substring(0, value.indexOf(SEPARATOR));
  }

  /** How the CloudFormation CLI begins the names of the type's files. */
  String inFileNames() {
    return inArns().toLowerCase(Locale.ROOT);
  }

  /** How the ARN of the registered type spells it. */
  String inArns() {
    return value.replace(SEPARATOR, "-");
  }

  @Override
  public String toString() {
    return value;
  }
}
