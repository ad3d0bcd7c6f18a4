package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.arns.Arn;

/**
 * Result of the comparison of a setting that DMS shows with the requested one.
 *
 * <p>Text is compared exactly, because S3 keys are case-sensitive. There are three exceptions for
 * changes that DMS is known to make: outer slashes of folders, line breaks that are returned as the
 * two characters {@code \n} (recorded answers of DescribeEndpoints), and KMS keys. Enumerations are
 * compared after {@link S3SettingsTranslator} has translated them to the schema's spelling.
 */
public enum SettingMatch {
  /** The same value in the same spelling. */
  EQUAL,
  /** The same value in another spelling. */
  EQUIVALENT,
  /** Another value. */
  DIFFERENT;

  static final String KMS_KEY = "ServerSideEncryptionKmsKeyId";

  private static final Set<String> FOLDERS = Set.of("BucketFolder", "CdcPath");
  private static final Set<String> DELIMITERS = Set.of("CsvDelimiter", "CsvRowDelimiter");
  private static final String ALIAS = "alias/";

  /**
   * Compares two values of a setting.
   *
   * @param setting name of the setting
   * @param actual value that DMS shows
   * @param requested value that was requested; a KMS key as an ARN
   */
  public static SettingMatch of(String setting, JsonNode actual, JsonNode requested) {
    return actual.equals(requested) ? EQUAL : ofText(setting, actual.asText(), requested.asText());
  }

  /** Compares two values as text. */
  static SettingMatch ofText(String setting, String actual, String requested) {
    if (actual.equals(requested)) {
      return EQUAL;
    }
    var equivalent =
        setting.equals(KMS_KEY)
            ? isSameKey(actual, requested)
            : normalized(setting, actual).equals(normalized(setting, requested));
    return equivalent ? EQUIVALENT : DIFFERENT;
  }

  /** Returns whether both values are the same, in any spelling. */
  public boolean matches() {
    return this != DIFFERENT;
  }

  private static String normalized(String setting, String text) {
    if (FOLDERS.contains(setting)) {
      return withoutOuterSlashes(text);
    }
    return DELIMITERS.contains(setting) ? unescaped(text) : text;
  }

  /** Returns a folder without the slashes at its ends. */
  public static String withoutOuterSlashes(String folder) {
    return folder.replaceAll("^/+|/+$", "");
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
  }

  private static String escaped(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }

  /**
   * Returns whether DMS shows the requested key. Keys are compared as ARNs, because keys of several
   * accounts or Regions can have the same id (multi-Region keys). There are two exceptions. Where
   * DMS shows less than an ARN, the ids are compared. Where an alias was requested, any key of the
   * same account and Region is accepted: no source says how DMS shows an alias.
   */
  private static boolean isSameKey(String actual, String requested) {
    var requestedArn = Arn.tryFromString(requested);
    var actualArn = Arn.tryFromString(actual);
    if (requestedArn.isEmpty()) {
      return false;
    }
    if (actualArn.isEmpty()) {
      var resource = requestedArn.get().resourceAsString();
      return resource.equals(actual) || resource.equals("key/" + actual);
    }
    return requestedArn.get().resourceAsString().startsWith(ALIAS)
        && actualArn.get().resourceAsString().startsWith("key/")
        && actualArn.get().partition().equals(requestedArn.get().partition())
        && actualArn.get().region().equals(requestedArn.get().region())
        && actualArn.get().accountId().equals(requestedArn.get().accountId());
  }

  /** Returns the possible spellings in a template of a text that DMS shows. */
  static Set<String> spellings(String setting, String actual) {
    var spellings = new LinkedHashSet<>(List.of(actual));
    if (FOLDERS.contains(setting)) {
      var core = withoutOuterSlashes(actual);
      spellings.addAll(List.of(core, core + "/", "/" + core, "/" + core + "/"));
    } else if (DELIMITERS.contains(setting)) {
      spellings.addAll(List.of(unescaped(actual), escaped(actual)));
    } else if (setting.equals(KMS_KEY)) {
      Arn.tryFromString(actual)
          .map(Arn::resourceAsString)
          .ifPresent(
              resource -> spellings.addAll(List.of(resource, resource.replaceFirst("^key/", ""))));
    }
    return spellings;
  }
}
