package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.dms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.DmsFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Paging;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TagCharacters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** Constraints and habits that all DMS operations share (DMS API reference). */
final class DmsRules {
  static final int MOST_TAGS = 50;
  private static final int MOST_TAG_KEY = 128;
  private static final int MOST_TAG_VALUE = 256;
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z](-?[A-Za-z0-9])*");

  private DmsRules() {}

  /**
   * An identifier: begins with a letter, holds ASCII letters, digits and hyphens, no two hyphens in
   * a row and none at the end. Absent is null.
   */
  static String identifier(Parameters parameters, String name, int most) {
    var identifier = parameters.text(name).value();
    if (identifier == null) {
      return null;
    }
    if (identifier.isEmpty() || identifier.length() > most) {
      throw DmsFaults.invalidValue(
          "The parameter %s must be provided and must have at most %d characters."
              .formatted(name, most));
    }
    if (!IDENTIFIER.matcher(identifier).matches()) {
      throw DmsFaults.invalidValue(
          ("The parameter %s is not a valid identifier. Identifiers must begin with a letter; must"
                  + " contain only ASCII letters, digits, and hyphens; and must not end with a"
                  + " hyphen or contain two consecutive hyphens.")
              .formatted(name));
    }
    return identifier;
  }

  static Map<String, String> tags(Parameters parameters, TagCharacters characters) {
    var tags = parameters.tags("Tags");
    var keys = new HashSet<String>();
    for (var tag : tags) {
      checkTag(tag.getKey(), tag.getValue(), characters);
      if (!keys.add(tag.getKey())) {
        throw DmsFaults.invalidValue("The tag key " + tag.getKey() + " is given more than once.");
      }
    }
    return merge(Map.of(), Parameters.asMap(tags));
  }

  private static void checkTag(String key, String value, TagCharacters characters) {
    if (key.isEmpty()) {
      throw DmsFaults.invalidValue("The tag key must not be empty.");
    }
    checkTag("key", key, MOST_TAG_KEY, characters);
    checkTag("value", value, MOST_TAG_VALUE, characters);
  }

  private static void checkTag(String part, String text, int most, TagCharacters characters) {
    var named = "The tag " + part + " " + text;
    if (text.length() > most) {
      throw DmsFaults.invalidValue(named + " has more than " + most + " characters.");
    }
    if (!characters.allow(text)) {
      throw DmsFaults.invalidValue(named + " holds characters that are not allowed.");
    }
    var lower = text.toLowerCase(Locale.ROOT);
    // The reference forbids the prefixes for keys and values alike; ARNs begin with neither.
    if (lower.startsWith("aws:") || lower.startsWith("dms:")) {
      throw DmsFaults.invalidValue(named + " must not begin with \"aws:\" or \"dms:\".");
    }
  }

  static Map<String, String> merge(Map<String, String> there, Map<String, String> added) {
    var merged = new LinkedHashMap<>(there);
    merged.putAll(added);
    if (merged.size() > MOST_TAGS) {
      throw DmsFaults.invalidValue("A resource can have at most " + MOST_TAGS + " tags.");
    }
    return merged;
  }

  static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Times travel as seconds since 1970 (JSON protocol). */
  static double time(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }

  /**
   * One page of what a describe operation finds.
   *
   * @param filters what each filter that the operation knows compares
   * @param nothing the message when filters match nothing; without filters nothing is an empty list
   */
  static <T> ObjectNode described(
      World world,
      Parameters parameters,
      String member,
      List<T> all,
      Map<String, BiPredicate<T, String>> filters,
      String nothing,
      Function<T, JsonNode> shape) {
    var size =
        Math.min(parameters.number("MaxRecords", 20, 100, 100), world.options().largestPage());
    var heeded = world.options().filters();
    var found = all;
    var asked = parameters.structures("Filters");
    for (var filter : asked) {
      var name = filter.text("Name").required().value();
      var values = filter.requireList("Values").texts("Values");
      var matches = filters.get(name);
      if (matches == null) {
        throw DmsFaults.invalidValue("Unrecognized filter name: " + name);
      }
      found =
          found.stream()
              .filter(
                  item -> values.stream().anyMatch(value -> !heeded || matches.test(item, value)))
              .toList();
    }
    if (found.isEmpty() && !asked.isEmpty()) {
      throw DmsFaults.notFound(nothing);
    }
    var page =
        Paging.of(
            found,
            parameters.text("Marker").value(),
            size,
            () -> DmsFaults.invalidValue("The parameter Marker is not valid."));
    var answer = answer();
    if (page.next() != null) {
      answer.put("Marker", page.next());
    }
    var list = answer.putArray(member);
    page.items().forEach(item -> list.add(shape.apply(item)));
    return answer;
  }
}
