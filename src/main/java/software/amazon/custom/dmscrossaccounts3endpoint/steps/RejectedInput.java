package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingsRecord;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;

/**
 * Explanation of a request that DMS rejects, with the names of the template's properties. DMS has
 * no error code for each attribute, setting or tag, and names them in its message only. Only the
 * text of the failure depends on that message.
 */
final class RejectedInput {

  /** Characters of tags that AddTagsToResource documents; recorded data has others as well. */
  private static final Pattern DOCUMENTED_TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-]*");

  private RejectedInput() {}

  /** Returns the failure for a rejected value; empty where the call failed in another way. */
  static Optional<HandlerException> explain(AwsCallException error, Resource resource) {
    if (!error.isInvalidInput()) {
      return Optional.empty();
    }
    var named = namedProperties(error.awsMessage(), resource);
    return Optional.of(
        HandlerException.invalid(
            "DMS rejected %s: %s Correct or remove it. (%s)"
                .formatted(
                    named.isEmpty() ? "the endpoint" : String.join(", ", named),
                    withFullStop(error.awsMessage()),
                    error.reference())));
  }

  private static List<String> namedProperties(String message, Resource resource) {
    var words = message.toLowerCase(Locale.ROOT);
    var named = new ArrayList<String>();
    resource
        .attributes()
        .asMap()
        .forEach(
            (name, value) -> {
              if (mentions(words, name) || (value.length() > 2 && mentions(words, value))) {
                named.add(SettingsRecord.ATTRIBUTES + ": " + name);
              }
            });
    S3SettingsTranslator.values(resource.settings())
        .forEach(
            (name, value) -> {
              if (mentions(words, name)) {
                named.add("S3Settings." + name);
              }
            });
    var tags = resource.tags();
    tags.forEach(
        (key, value) -> {
          if (mentions(words, key) || mentions(words, value)) {
            named.add(tag(key, value, resource));
          }
        });
    if (named.isEmpty()) {
      tags.entrySet().stream()
          .filter(RejectedInput::isUndocumented)
          .forEach(t -> named.add(tag(t.getKey(), t.getValue(), resource)));
    }
    return named;
  }

  private static String tag(String key, String value, Resource resource) {
    var isOfTemplate = TagSet.ofModel(resource.desired().getTags()).containsKey(key);
    return "the tag %s=%s, which comes from the %s"
        .formatted(key, value, isOfTemplate ? "Tags of the template" : "tags of the stack");
  }

  private static boolean isUndocumented(Map.Entry<String, String> tag) {
    return !DOCUMENTED_TAG.matcher(tag.getKey()).matches()
        || !DOCUMENTED_TAG.matcher(tag.getValue()).matches();
  }

  private static boolean mentions(String message, String text) {
    return !text.isBlank()
        && Pattern.compile(
                "(?<![\\p{L}\\p{N}])"
                    + Pattern.quote(text.toLowerCase(Locale.ROOT))
                    + "(?![\\p{L}\\p{N}])")
            .matcher(message)
            .find();
  }

  private static String withFullStop(String text) {
    var stripped = text.strip();
    return stripped.endsWith(".") ? stripped : stripped + ".";
  }
}
