package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What refers to custom resources in a template: {@code Ref}, {@code Fn::GetAtt} and {@code
 * Fn::Sub} in all their forms, and {@code DependsOn}.
 */
final class References {

  /** What the type returns of what a function may have returned, by plain name. */
  private static final Map<String, String> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("endpointarn", "EndpointArn"),
          Map.entry("arn", "EndpointArn"),
          Map.entry("dmsendpointarn", "EndpointArn"),
          Map.entry("externalid", "ExternalId"),
          Map.entry("serviceaccessrolearn", "ServiceAccessRoleArn"),
          Map.entry("rolearn", "ServiceAccessRoleArn"),
          Map.entry("iamrolearn", "ServiceAccessRoleArn"),
          Map.entry("policyarn", "PolicyArn"),
          Map.entry("iampolicyarn", "PolicyArn"));

  /** The attribute that stands for {@code Ref}. */
  private static final String REF = "";

  private enum Form {
    /** A function of its own. */
    NODE,
    /** In the text of a {@code Fn::Sub}. */
    VARIABLE
  }

  private record Reference(
      Form form, String id, String attribute, Part part, int start, int end, int line) {}

  private record Dependency(Part value) {}

  /**
   * A parameter that stands for what a custom resource returned, while there is none.
   *
   * @param name of the parameter
   * @param id of the custom resource
   * @param attribute that was asked for; empty for {@code Ref}
   */
  record Stand(String name, String id, String attribute) {
    /** What the type returns in its place. */
    Optional<String> translated() {
      return attribute.equals(REF)
          ? Optional.of(REF)
          : Optional.ofNullable(ATTRIBUTES.get(SettingSchema.plain(attribute)));
    }
  }

  private final SourceText source;
  private final Set<String> ids;
  private final List<Reference> references = new ArrayList<>();
  private final List<Dependency> dependencies = new ArrayList<>();
  private final Map<String, Stand> stands = new LinkedHashMap<>();

  References(SourceText source, Set<String> ids) {
    this.source = source;
    this.ids = ids;
    source.root().entries().stream()
        .filter(e -> Set.of("Resources", "Outputs").contains(e.name()))
        .forEach(e -> look(e.value(), Set.of()));
    source.section("Resources").stream()
        .flatMap(r -> r.entries().stream())
        .filter(r -> !ids.contains(r.name()))
        .flatMap(r -> r.value().get("DependsOn").stream())
        .filter(d -> namesIn(d).stream().anyMatch(ids::contains))
        .forEach(d -> dependencies.add(new Dependency(d)));
    var taken = new TreeSet<String>();
    for (var section : List.of("Parameters", "Resources")) {
      source.section(section).ifPresent(s -> s.entries().forEach(e -> taken.add(e.name())));
    }
    for (var reference : references) {
      stands.computeIfAbsent(
          key(reference),
          k -> new Stand(free(reference, taken), reference.id, reference.attribute));
    }
  }

  private static String key(Reference reference) {
    return reference.id + "." + reference.attribute;
  }

  private static String free(Reference reference, Set<String> taken) {
    var attribute = reference.attribute.replaceAll("[^A-Za-z0-9]", "");
    var name =
        reference.id
            + (attribute.isEmpty()
                ? "Ref"
                : attribute.substring(0, 1).toUpperCase(Locale.ROOT) + attribute.substring(1));
    var unique = name;
    for (var i = 2; !taken.add(unique); i++) {
      unique = name + i;
    }
    return unique;
  }

  private static List<String> namesIn(Part dependsOn) {
    return dependsOn.isLiteral()
        ? List.of(dependsOn.text())
        : dependsOn.items().stream().map(Part::text).toList();
  }

  private void look(Part part, Set<String> variables) {
    var call = part.call();
    if (call.isPresent()) {
      look(part, call.get());
    } else {
      part.entries().forEach(e -> look(e.value(), variables));
      part.items().forEach(i -> look(i, variables));
    }
  }

  private void look(Part part, Part.Call call) {
    var argument = call.argument();
    switch (call.name()) {
      case "Ref" -> add(part, argument.text(), REF);
      case "Fn::GetAtt" -> {
        var name =
            argument.isLiteral()
                ? argument.text()
                : argument.items().stream().map(Part::text).collect(Collectors.joining("."));
        var dot = name.indexOf('.');
        if (dot > 0) {
          add(part, name.substring(0, dot), name.substring(dot + 1));
        }
      }
      case "Fn::Sub" -> {
        var isList = argument.kind() == Part.Kind.SEQUENCE && !argument.items().isEmpty();
        variables(
            isList ? argument.items().get(0) : argument,
            isList && argument.items().size() > 1
                ? argument.items().get(1).entries().stream()
                    .map(Part.Entry::name)
                    .collect(Collectors.toSet())
                : Set.of());
        if (isList) {
          argument.items().stream().skip(1).forEach(i -> look(i, Set.of()));
        }
      }
      default -> {
        argument.entries().forEach(e -> look(e.value(), Set.of()));
        argument.items().forEach(i -> look(i, Set.of()));
      }
    }
  }

  private void add(Part part, String id, String attribute) {
    if (ids.contains(id)) {
      references.add(
          new Reference(Form.NODE, id, attribute, part, part.start(), part.end(), part.line()));
    }
  }

  private void variables(Part text, Set<String> own) {
    var raw = source.slice(text);
    var found = VARIABLE.matcher(raw);
    while (found.find()) {
      var id = found.group(1);
      if (ids.contains(id) && !own.contains(id)) {
        var start = text.start() + found.start();
        references.add(
            new Reference(
                Form.VARIABLE,
                id,
                found.group(2) == null ? REF : found.group(2),
                text,
                start,
                text.start() + found.end(),
                text.line() + (int) raw.substring(0, found.start()).lines().count() - 1));
      }
    }
  }

  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{\\s*([A-Za-z0-9]+)(?:\\.([A-Za-z0-9._]+))?\\s*}");

  /** The parameters that stand for what custom resources returned. */
  List<Stand> stands() {
    return List.copyOf(stands.values());
  }

  /** Lets all references be to parameters, and takes away what depends on the resources. */
  void toParameters(TextEdits edits) {
    references.forEach(r -> toParameter(r, edits));
    for (var dependency : dependencies) {
      var value = dependency.value();
      edits.replace(
          value.start(),
          value.end(),
          namesIn(value).stream()
              .filter(n -> !ids.contains(n))
              .map(source::scalar)
              .collect(Collectors.joining(", ", "[", "]")));
    }
  }

  private void toParameter(Reference reference, TextEdits edits) {
    var name = stands.get(key(reference)).name();
    replace(reference, "${" + name + "}", "Ref", name, edits);
  }

  private void replace(
      Reference reference, String variable, String function, String argument, TextEdits edits) {
    var text =
        switch (reference.form()) {
          case VARIABLE -> variable;
          case NODE -> node(reference.part(), function, argument);
        };
    edits.replace(reference.start(), reference.end(), text);
  }

  private String node(Part part, String function, String argument) {
    if (source.isJson()) {
      var isPair = function.equals("Fn::GetAtt");
      return "{\"%s\": %s}"
          .formatted(
              function,
              isPair
                  ? "[\"" + argument.replaceFirst("\\.", "\", \"") + "\"]"
                  : "\"" + argument + "\"");
    }
    if (!part.tag().isEmpty()) {
      return "!" + function.replace("Fn::", "") + " " + argument;
    }
    return part.flow()
        ? "{%s: %s}".formatted(function, argument)
        : "%s: %s".formatted(function, argument);
  }

  /**
   * Lets all references be to resources of the type.
   *
   * @return the parameters that are needed for good, because the type returns nothing like it
   */
  List<Stand> toType(TextEdits edits) {
    for (var reference : references) {
      var stand = stands.get(key(reference));
      var translated = stand.translated();
      if (translated.isEmpty()) {
        toParameter(reference, edits);
      } else if (!translated.get().equals(reference.attribute())) {
        var name = reference.id() + "." + translated.get();
        replace(reference, "${" + name + "}", "Fn::GetAtt", name, edits);
      }
    }
    return stands().stream().filter(s -> s.translated().isEmpty()).toList();
  }

  /** What becomes of the references. */
  List<Remark> remarks() {
    var remarks = new ArrayList<Remark>();
    for (var reference : references) {
      var stand = stands.get(key(reference));
      var was =
          reference.attribute().equals(REF)
              ? "Ref " + reference.id()
              : "GetAtt " + reference.id() + "." + reference.attribute();
      remarks.add(
          stand
              .translated()
              .map(
                  name ->
                      name.equals(REF)
                          ? new Remark(
                              Remark.Kind.CHECK,
                              was,
                              reference.line(),
                              "check the value: it was the physical id that the function gave, and"
                                  + " is the endpoint's ARN now")
                          : new Remark(
                              Remark.Kind.TRANSLATED,
                              was,
                              reference.line(),
                              "GetAtt " + reference.id() + "." + name))
              .orElseGet(
                  () ->
                      new Remark(
                          Remark.Kind.NOT_TRANSLATED,
                          was,
                          reference.line(),
                          "the type returns nothing like it; the parameter "
                              + stand.name()
                              + " stands for it, with the value that the function gave")));
    }
    dependencies.forEach(
        d ->
            remarks.add(
                new Remark(
                    Remark.Kind.TRANSLATED,
                    "DependsOn",
                    d.value().line(),
                    "the same; not there while the resource is imported")));
    return remarks;
  }
}
