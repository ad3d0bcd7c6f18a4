package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.TemplateFile.map;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What the transform {@code AWS::LanguageExtensions} makes of the loops of a template ({@code
 * Fn::ForEach} in the CloudFormation template reference): each turn's fragment in place of the
 * loop. Functions of the fragment stay as they are, but for those that name the loop's identifier.
 */
final class LanguageExtensions {

  static final String TRANSFORM = "AWS::LanguageExtensions";

  private static final String LOOP = "Fn::ForEach::";

  /** "Conditions, Outputs, and Resources (including the resource properties)". */
  private static final Set<String> SECTIONS = Set.of("Conditions", "Outputs", "Resources");

  /** How deep loops may be nested. */
  private static final int LEVELS = 5;

  private final Map<String, Object> template;
  private final Function<Object, Object> resolver;
  private final Set<String> names = new HashSet<>();

  private LanguageExtensions(Map<String, Object> template, Function<Object, Object> resolver) {
    this.template = template;
    this.resolver = resolver;
  }

  /**
   * Writes out the loops of a template.
   *
   * @param resolver resolves a collection that is a function, such as a reference to a parameter
   * @throws IllegalArgumentException where CloudFormation refuses a loop
   */
  static Map<String, Object> writtenOut(
      Map<String, Object> template, Function<Object, Object> resolver) {
    var written = new LinkedHashMap<>(template);
    var extensions = new LanguageExtensions(template, resolver);
    written.replaceAll(
        (name, section) -> SECTIONS.contains(name) ? extensions.expand(section, 0) : section);
    return written;
  }

  private Object expand(Object value, int level) {
    if (value instanceof List<?> list) {
      return list.stream().map(item -> expand(item, level)).toList();
    }
    if (!(value instanceof Map<?, ?>)) {
      return value;
    }
    var expanded = new LinkedHashMap<String, Object>();
    map(value)
        .forEach(
            (key, member) -> {
              if (key.startsWith(LOOP)) {
                loop(key, (List<?>) member, level + 1).forEach((k, v) -> add(expanded, k, v));
              } else {
                add(expanded, key, expand(member, level));
              }
            });
    return expanded;
  }

  private Map<String, Object> loop(String name, List<?> parts, int level) {
    refuse(!transforms().contains(TRANSFORM), name + " needs the transform " + TRANSFORM);
    refuse(parts.size() != 3, name + " takes an identifier, a collection and a fragment");
    refuse(level > LEVELS, name + " is nested too deep");
    // A loop within a loop is met once in each turn of the outer one.
    refuse(level == 1 && !names.add(name), name + " is there twice");
    var identifier = parts.get(0).toString();
    refuse(
        map(template.getOrDefault("Parameters", Map.of())).containsKey(identifier),
        identifier + " is a parameter too");
    var turns = new LinkedHashMap<String, Object>();
    for (var item : collection(parts.get(1))) {
      map(parts.get(2))
          .forEach(
              (key, fragment) -> {
                var turn = new Turn(identifier, item.toString());
                refuse(
                    !key.startsWith(LOOP) && turn.text(key).equals(key),
                    key + " does not hold ${" + identifier + "}");
                var one = new LinkedHashMap<String, Object>();
                one.put(turn.text(key), turn.of(fragment));
                map(expand(one, level)).forEach((k, v) -> add(turns, k, v));
              });
    }
    return turns;
  }

  private List<?> collection(Object given) {
    if (given instanceof List<?> list) {
      return list;
    }
    var resolved = resolver.apply(given);
    refuse(!(resolved instanceof List<?>), "A collection is no list: " + given);
    return (List<?>) resolved;
  }

  private List<?> transforms() {
    var transforms = template.getOrDefault("Transform", List.of());
    return transforms instanceof List<?> list ? list : List.of(transforms);
  }

  private static void add(Map<String, Object> map, String key, Object value) {
    refuse(map.putIfAbsent(key, value) != null, key + " is there twice");
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new IllegalArgumentException(why);
    }
  }

  /** One turn: "all instances of ${Identifier} or &amp;{Identifier}" are the item. */
  private record Turn(String identifier, String item) {

    Object of(Object value) {
      if (value instanceof String text) {
        return text(text);
      }
      if (value instanceof List<?> list) {
        return list.stream().map(this::of).toList();
      }
      if (!(value instanceof Map<?, ?>)) {
        return value;
      }
      if (value.equals(Map.of("Ref", identifier))) {
        return item;
      }
      var written = new LinkedHashMap<String, Object>();
      map(value).forEach((key, member) -> written.put(text(key), of(member)));
      return written;
    }

    /** {@code &{Identifier}} is the item without what a logical id can't have. */
    String text(String text) {
      return text.replace("${" + identifier + "}", item)
          .replace("&{" + identifier + "}", item.replaceAll("[^A-Za-z0-9]", ""));
    }
  }
}
