package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Spells a value as the type takes it, also where a parameter, a mapping or a {@code Fn::If} gives
 * it. Parameters keep their values: conditions in the new template tell them apart.
 */
final class Spelling {
  private static final Node NO_VALUE = Nodes.shortCall("Ref", "AWS::NoValue");

  private final NewTemplate template;
  private final Target target;
  private final BiConsumer<Row.Status, String> findings;

  /**
   * Creates a spelling.
   *
   * @param findings takes what is wrong with values, and what nobody can tell
   */
  Spelling(NewTemplate template, Target target, BiConsumer<Row.Status, String> findings) {
    this.template = template;
    this.target = target;
    this.findings = findings;
  }

  /** Returns the value in the type's spelling; a value that can't be spelled stays as it is. */
  Node spell(Node value) {
    if (Nodes.isLiteral(value)) {
      return spellLiteral(value);
    }
    var call = Nodes.call(value);
    if (call.isEmpty()) {
      findings.accept(
          Row.Status.PROBLEM, "a list or a map, but %s is one value".formatted(target.path()));
      return value;
    }
    var argument = call.get().argument();
    var items = Nodes.items(argument);
    switch (call.get().name()) {
      case "Ref" -> {
        return spellParameter(value, Nodes.text(argument));
      }
      case "Fn::If" -> {
        if (items.size() == 3) {
          return Nodes.shortCall(
              "If", List.of(items.get(0), spellCase(items.get(1)), spellCase(items.get(2))));
        }
      }
      case "Fn::FindInMap" -> {
        if (items.size() == 3) {
          return spellMapping(value, items);
        }
      }
      case "Fn::Sub" -> {
        var name = Nodes.text(argument);
        if (name.matches("\\$\\{[A-Za-z0-9]+}")) {
          return spellParameter(value, name.substring(2, name.length() - 1));
        }
      }
      default -> {}
    }
    return unknown(value);
  }

  private Node spellCase(Node value) {
    return Nodes.isEmpty(value) && target.spelled("").isEmpty() ? NO_VALUE : spell(value);
  }

  private Node spellLiteral(Node value) {
    var text = Nodes.text(value);
    var spelled = target.spelled(text);
    if (spelled.isEmpty()) {
      findings.accept(Row.Status.PROBLEM, wrong("\"" + text + "\""));
    }
    return spelled.map(target::node).orElse(value);
  }

  private String wrong(String values) {
    return "%s is not possible: %s is %s".formatted(values, target.path(), target.allowed());
  }

  private Node unknown(Node value) {
    if (target.isNarrow()) {
      findings.accept(
          Row.Status.CHECK,
          "the template does not tell the value; %s is %s"
              .formatted(target.path(), target.allowed()));
    }
    return value;
  }

  private Node spellParameter(Node reference, String name) {
    if (name.equals("AWS::NoValue")) {
      return reference;
    }
    var declared = template.declared("Parameters", name);
    if (declared.isEmpty()) {
      return unknown(reference);
    }
    var values = new LinkedHashSet<String>();
    Nodes.get(declared.get(), "AllowedValues")
        .ifPresent(a -> Nodes.items(a).forEach(v -> values.add(Nodes.text(v))));
    var isComplete = !values.isEmpty();
    if (!isComplete) {
      Nodes.get(declared.get(), "Default").map(Nodes::text).ifPresent(values::add);
      values.addAll(target.otherSpellings());
      unknown(reference);
    }
    return spell(reference, name, values, isComplete);
  }

  private Node spell(Node reference, String parameter, Set<String> values, boolean isComplete) {
    var bySpelling = new LinkedHashMap<String, List<String>>();
    var wrong = new ArrayList<String>();
    for (var value : values) {
      var spelled = target.spelled(value).or(() -> Optional.of(value).filter(String::isEmpty));
      spelled.ifPresentOrElse(
          s -> bySpelling.computeIfAbsent(s, k -> new ArrayList<>()).add(value),
          () -> wrong.add("\"" + value + "\""));
    }
    if (!wrong.isEmpty()) {
      findings.accept(
          bySpelling.isEmpty() ? Row.Status.PROBLEM : Row.Status.CHECK,
          wrong("%s of parameter %s".formatted(String.join(", ", wrong), parameter)));
    }
    var isAll = isComplete && wrong.isEmpty();
    if (isAll && bySpelling.size() == 1) {
      return node(bySpelling.keySet().iterator().next());
    }
    var isExact = values.stream().anyMatch(v -> target.spelled(v).filter(v::equals).isPresent());
    var result = isAll && !isExact ? null : reference;
    for (var entry : bySpelling.entrySet()) {
      if (result == null) {
        result = node(entry.getKey()); // What is left when all conditions are false.
        continue;
      }
      var others = new ArrayList<>(entry.getValue());
      if (!entry.getKey().isEmpty() || target.spelled("").isPresent()) {
        others.remove(entry.getKey());
      }
      if (!others.isEmpty()) {
        var condition = template.condition(parameter, entry.getKey(), others);
        result =
            Nodes.shortCall("If", List.of(Nodes.scalar(condition), node(entry.getKey()), result));
      }
    }
    return result == null ? reference : result;
  }

  private Node node(String spelled) {
    return spelled.isEmpty() && target.spelled("").isEmpty() ? NO_VALUE : target.node(spelled);
  }

  private Node spellMapping(Node value, List<Node> arguments) {
    var mapping = Nodes.text(arguments.get(0));
    var attribute = Nodes.text(arguments.get(2));
    var spelled = new LinkedHashMap<String, Node>();
    var isChanged = false;
    for (var key : Nodes.entries(template.declared("Mappings", mapping).orElse(value)).entrySet()) {
      var given = Nodes.get(key.getValue(), attribute).filter(Nodes::isLiteral);
      if (given.isPresent()) {
        var node = spellLiteral(given.get());
        spelled.put(key.getKey(), node);
        isChanged |= !Nodes.text(node).equals(Nodes.text(given.get()));
      }
    }
    if (spelled.isEmpty()) {
      return unknown(value);
    }
    if (!isChanged) {
      return value;
    }
    var changed = attribute + "For" + target.name();
    template.addToMapping(mapping, changed, spelled);
    return Nodes.shortCall(
        "FindInMap", List.of(arguments.get(0), arguments.get(1), Nodes.scalar(changed)));
  }
}
