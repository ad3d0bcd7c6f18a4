package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Parameters that are used for one setting of the custom resources and for nothing else. Their
 * values can be spelled as the schema spells them: in the template, and in the stack when the
 * custom resource has left it, so that nothing else changes.
 */
final class ParameterSpelling {

  /**
   * Values of one parameter.
   *
   * @param spelled the schema's spelling, by the old one
   * @param line where the parameter is declared
   */
  record Values(Map<String, String> spelled, int line) {}

  private final SourceText source;
  private final Map<String, Values> parameters = new LinkedHashMap<>();
  private final TextEdits edits = new TextEdits();

  ParameterSpelling(SourceText source, List<CustomResource> resources) {
    this.source = source;
    var settings = new TreeMap<String, Set<String>>();
    var whole = new TreeMap<String, Integer>();
    for (var resource : resources) {
      for (var property : resource.properties()) {
        KnownProperty.find(property.name())
            .filter(k -> k.use() == KnownProperty.Use.SETTING)
            .ifPresent(
                known ->
                    new PossibleValues(source, property.value())
                        .parameters()
                        .forEach(
                            name -> {
                              whole.merge(name, 1, Integer::sum);
                              settings
                                  .computeIfAbsent(name, n -> new TreeSet<>())
                                  .add(known.target());
                            }));
      }
    }
    var uses = ParameterUses.in(source);
    settings.forEach(
        (name, of) -> {
          if (of.size() == 1 && whole.get(name).equals(uses.get(name))) {
            spell(name, SettingSchema.named(of.iterator().next()));
          }
        });
  }

  private void spell(String name, SettingSchema schema) {
    var declared = source.section("Parameters").flatMap(p -> p.entry(name));
    if (declared.isEmpty() || schema.isText()) {
      return;
    }
    var parts = new ArrayList<Part>();
    declared.get().value().get("Default").ifPresent(parts::add);
    var allowed = declared.get().value().get("AllowedValues").map(Part::items);
    allowed.ifPresent(parts::addAll);
    if (parts.stream().anyMatch(p -> !p.isLiteral() || schema.spelled(p.text()).isEmpty())) {
      return;
    }
    var spelled = new TreeMap<String, String>();
    var texts =
        allowed.isPresent()
            ? allowed.get().stream().map(Part::text)
            : Stream.concat(parts.stream().map(Part::text), otherSpellings(schema));
    texts.forEach(
        text ->
            schema.spelled(text).filter(s -> !s.equals(text)).ifPresent(s -> spelled.put(text, s)));
    if (!spelled.isEmpty()) {
      parameters.put(name, new Values(spelled, declared.get().line()));
      for (var part : parts) {
        Optional.ofNullable(spelled.get(part.text()))
            .ifPresent(s -> edits.replace(part.start(), part.end(), quoted(s)));
      }
    }
  }

  /** A parameter is a text, whatever it is used for. */
  private String quoted(String value) {
    return YamlText.scalar(value).equals(value) ? source.scalar(value) : "\"" + value + "\"";
  }

  /** Other spellings of an enumeration's values that a stack may have. */
  private static Stream<String> otherSpellings(SettingSchema schema) {
    return StreamSupport.stream(schema.schema().path("enum").spliterator(), false)
        .map(v -> v.asText())
        .flatMap(
            v ->
                Stream.of(
                    v.toUpperCase(Locale.ROOT),
                    v.toLowerCase(Locale.ROOT),
                    v.replace('-', '_'),
                    v.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /** The parameters whose values are spelled otherwise. */
  Map<String, Values> parameters() {
    return parameters;
  }

  /** The changes of the declarations. */
  TextEdits edits() {
    return edits;
  }

  List<Remark> remarks() {
    return parameters.entrySet().stream()
        .map(
            p ->
                new Remark(
                    Remark.Kind.TRANSLATED,
                    "Parameter " + p.getKey(),
                    p.getValue().line(),
                    "its values are spelled as the schema has them, in the template and in the"
                        + " stack: "
                        + String.join(
                            ", ",
                            p.getValue().spelled().entrySet().stream()
                                .map(s -> s.getKey() + " as " + s.getValue())
                                .toList())))
        .toList();
  }
}
