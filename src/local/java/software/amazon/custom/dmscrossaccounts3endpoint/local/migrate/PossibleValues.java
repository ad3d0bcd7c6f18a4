package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
import java.util.List;

/** What values can stand behind a part of a template, as far as the template tells. */
final class PossibleValues {

  /**
   * A value.
   *
   * @param part where it stands
   * @param of who has it, such as a parameter; empty where the part itself is used
   */
  record Value(Part part, String of) {}

  private final SourceText source;
  private final List<Value> values = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();
  private boolean complete = true;

  PossibleValues(SourceText source, Part part) {
    this.source = source;
    look(part);
  }

  List<Value> values() {
    return values;
  }

  /** The parameters whose value it can be. */
  List<String> parameters() {
    return parameters;
  }

  /** Whether it can have no other value. */
  boolean isComplete() {
    return complete;
  }

  private void look(Part part) {
    var call = part.call();
    if (call.isEmpty()) {
      if (part.isLiteral() || part.kind() == Part.Kind.NOTHING) {
        values.add(new Value(part, ""));
      } else {
        complete = false;
      }
      return;
    }
    var argument = call.get().argument();
    switch (call.get().name()) {
      case "Ref" -> parameter(argument.text());
      case "Fn::If" -> {
        if (argument.items().size() == 3) {
          look(argument.items().get(1));
          look(argument.items().get(2));
        } else {
          complete = false;
        }
      }
      case "Fn::FindInMap" -> map(argument);
      case "Fn::Sub" -> {
        var name = argument.text();
        if (name.matches("\\$\\{[A-Za-z0-9]+}")) {
          parameter(name.substring(2, name.length() - 1));
        } else {
          complete = false;
        }
      }
      default -> complete = false;
    }
  }

  private void parameter(String name) {
    if (name.equals("AWS::NoValue")) {
      return;
    }
    var parameter = source.section("Parameters").flatMap(p -> p.get(name));
    if (parameter.isPresent()) {
      parameters.add(name);
    }
    var of = "parameter " + name;
    var allowed = parameter.flatMap(p -> p.get("AllowedValues"));
    allowed.ifPresent(a -> a.items().forEach(i -> values.add(new Value(i, of))));
    if (allowed.isEmpty()) {
      parameter.flatMap(p -> p.get("Default")).ifPresent(d -> values.add(new Value(d, of)));
      complete = false;
    }
  }

  private void map(Part argument) {
    var keys = argument.items();
    if (keys.size() < 3 || !keys.get(0).isLiteral() || !keys.get(2).isLiteral()) {
      complete = false;
      return;
    }
    var found =
        source.section("Mappings").flatMap(m -> m.get(keys.get(0).text())).stream()
            .flatMap(m -> m.entries().stream())
            .flatMap(e -> e.value().get(keys.get(2).text()).stream())
            .map(p -> new Value(p, "mapping " + keys.get(0).text()))
            .toList();
    values.addAll(found);
    complete &= !found.isEmpty();
  }
}
