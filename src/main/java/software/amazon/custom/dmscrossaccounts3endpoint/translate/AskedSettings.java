package software.amazon.custom.dmscrossaccounts3endpoint.translate;

import static java.util.stream.Collectors.joining;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * The names of the S3 settings that a template asked for, as the value of a tag. DMS describes an
 * endpoint with defaults for everything, so that the endpoint alone does not tell which settings a
 * template that leaves one out has taken away.
 *
 * <p>All names would not fit into a tag, so that each is written as a code of fixed length which is
 * made of the name alone.
 */
public final class AskedSettings {

  private static final int CODE_LENGTH = 3;
  private static final int DIGITS = 36;
  private static final Pattern EACH_CODE = Pattern.compile("(?<=\\G.{" + CODE_LENGTH + "})");

  private AskedSettings() {}

  /** The settings that are given, as a tag value. */
  public static String encode(S3Settings settings) {
    return S3SettingsTranslator.values(settings).keySet().stream()
        .map(AskedSettings::code)
        .sorted()
        .collect(joining());
  }

  /** The names that {@link #encode} made a tag value of; empty for null. */
  public static Set<String> decode(String value) {
    var names = new TreeSet<String>();
    if (value != null) {
      HandlerSchema.s3Settings()
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (holds(value, code(name))) {
                  names.add(name);
                }
              });
    }
    return names;
  }

  private static boolean holds(String value, String code) {
    return List.of(EACH_CODE.split(value)).contains(code);
  }

  /** The code of a name; different for all names of the schema. */
  static String code(String name) {
    var number = new BigInteger(DefaultNames.hash(DIGITS, name), 16).toString(DIGITS);
    return number.substring(number.length() - CODE_LENGTH);
  }
}
