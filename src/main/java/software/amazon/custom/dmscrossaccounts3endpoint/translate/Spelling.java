package software.amazon.custom.dmscrossaccounts3endpoint.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether DMS holds a setting as it was asked for, in another spelling, or not at all.
 *
 * <p>Nothing documents what DMS trims, escapes or reorders. Published answers hold a new line as
 * the two characters {@code \n} (AWS CLI, examples of {@code describe-endpoints}), and tools report
 * paths without their last slash, text in another case and numbers as text. What only differs so is
 * there; it is no reason to delete an endpoint.
 */
public enum Spelling {
  /** To the letter. */
  SAME,
  /**
   * With other white space, slashes, case or escapes, or as equal JSON or an equal list; or not
   * shown although it needs not be.
   */
  OTHER,
  /** Not there, or plainly another value. */
  LOST;

  /**
   * What decides where data goes and who can read it: no other spelling of these is the same thing.
   */
  private static final Set<String> EXACT =
      Set.of("BucketName", "ExpectedBucketOwner", "EncryptionMode", "ServerSideEncryptionKmsKeyId");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Pattern ESCAPE = Pattern.compile("\\\\(n|r|t|\\\\|u[0-9a-fA-F]{4})");

  /** Whether no other spelling of a setting is accepted. */
  public static boolean isExact(String setting) {
    return EXACT.contains(setting);
  }

  /**
   * Compares.
   *
   * @param setting name of the setting
   * @param held what DMS holds
   * @param asked what was asked for
   */
  public static Spelling of(String setting, JsonNode held, JsonNode asked) {
    if (held.equals(asked)) {
      return SAME;
    }
    if (setting.equals("ServerSideEncryptionKmsKeyId")) {
      // A key may be given by its id and come back by its ARN, or the other way round.
      return lastPart(held).equals(lastPart(asked)) ? SAME : LOST;
    }
    return !isExact(setting) && isOtherSpelling(held.asText(), asked.asText()) ? OTHER : LOST;
  }

  /** Whether two texts are spellings of the same value. */
  static boolean isOtherSpelling(String one, String other) {
    return plain(one).equals(plain(other));
  }

  private static String lastPart(JsonNode key) {
    return key.asText().substring(key.asText().lastIndexOf('/') + 1);
  }

  private static String plain(String text) {
    var plain = unlessEmpty(text, Spelling::unescaped);
    plain = unlessEmpty(plain, String::strip);
    plain = unlessEmpty(plain, t -> t.replaceAll("/{2,}", "/").replaceAll("^/|/$", ""));
    plain = plain.toLowerCase(Locale.ROOT);
    return unlessEmpty(unlessEmpty(plain, Spelling::asJson), Spelling::asList);
  }

  /** What a delimiter consists of must not be taken away from it. */
  private static String unlessEmpty(String text, UnaryOperator<String> change) {
    var changed = change.apply(text);
    return changed.isEmpty() ? text : changed;
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    switch (escape.group(1).charAt(0)) {
                      case 'n' -> "\n";
                      case 'r' -> "\r";
                      case 't' -> "\t";
                      case '\\' -> "\\";
                      default ->
                          String.valueOf((char) Integer.parseInt(escape.group(1).substring(1), 16));
                    }));
  }

  private static String asJson(String text) {
    try {
      // Through a map, so that the order of keys does not matter.
      return JSON.writeValueAsString(JSON.readValue(text, Object.class));
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  private static String asList(String text) {
    return String.join(
        ",",
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(p -> !p.isEmpty())
            .sorted()
            .toList());
  }
}
