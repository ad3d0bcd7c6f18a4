package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How often each parameter of a template is used. */
final class ParameterUses {
  private static final Set<String> SECTIONS = Set.of("Resources", "Outputs", "Conditions", "Rules");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*([A-Za-z0-9]+)\\s*}");

  private final SourceText source;
  private final Map<String, Integer> uses = new TreeMap<>();

  private ParameterUses(SourceText source) {
    this.source = source;
    source.root().entries().stream()
        .filter(e -> SECTIONS.contains(e.name()))
        .forEach(e -> look(e.value()));
  }

  /** The uses, by name of the parameter. */
  static Map<String, Integer> in(SourceText source) {
    return new ParameterUses(source).uses;
  }

  private void look(Part part) {
    var call = part.call();
    call.filter(c -> c.name().equals("Ref")).ifPresent(c -> count(c.argument().text()));
    call.filter(c -> c.name().equals("Fn::Sub"))
        .ifPresent(
            c ->
                VARIABLE
                    .matcher(source.slice(c.argument()))
                    .results()
                    .forEach(found -> count(found.group(1))));
    part.entries().forEach(e -> look(e.value()));
    part.items().forEach(this::look);
  }

  private void count(String name) {
    if (source.section("Parameters").flatMap(p -> p.entry(name)).isPresent()) {
      uses.merge(name, 1, Integer::sum);
    }
  }
}
