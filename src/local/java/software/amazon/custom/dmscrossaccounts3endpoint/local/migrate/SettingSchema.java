package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.S3SettingsTranslator;

/**
 * What the schema of the type says of one S3 setting.
 *
 * @param name of the setting
 * @param schema of the setting
 */
record SettingSchema(String name, JsonNode schema) {

  /** The setting of a name, without regard to case and to {@code _} and {@code -} in it. */
  static Optional<SettingSchema> find(String name) {
    return StreamSupport.stream(
            ((Iterable<String>) HandlerSchema.s3Settings()::fieldNames).spliterator(), false)
        .filter(known -> plain(known).equals(plain(name)))
        .findFirst()
        .map(SettingSchema::named);
  }

  static SettingSchema named(String name) {
    return new SettingSchema(name, HandlerSchema.s3Settings().get(name));
  }

  /** A name without what people spell differently. */
  static String plain(String name) {
    return name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
  }

  /** Whether it takes any text, within limits. */
  boolean isText() {
    return schema.path("type").asText().equals("string") && !schema.has("enum");
  }

  /**
   * A text in the schema's spelling, as the type itself translates it.
   *
   * @return empty where the setting can't have this value
   */
  Optional<String> spelled(String text) {
    if (isText()) {
      return isAllowed(text) ? Optional.of(text) : Optional.empty();
    }
    return S3SettingsTranslator.actual(null, name + "=" + text).get(name).map(JsonNode::asText);
  }

  private boolean isAllowed(String text) {
    return text.length() >= schema.path("minLength").asInt(0)
        && text.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
        && (!schema.has("pattern") || text.matches(schema.get("pattern").asText()));
  }

  /** What values the setting can have, for people. */
  String allowed() {
    if (schema.has("enum")) {
      return "one of "
          + StreamSupport.stream(schema.get("enum").spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(", "));
    }
    return switch (schema.path("type").asText()) {
      case "boolean" -> "true or false";
      case "integer" -> "a number";
      default ->
          "a text of %d to %d characters%s"
              .formatted(
                  schema.path("minLength").asInt(0),
                  schema.path("maxLength").asInt(Integer.MAX_VALUE),
                  schema.has("pattern") ? " that matches " + schema.get("pattern").asText() : "");
    };
  }
}
