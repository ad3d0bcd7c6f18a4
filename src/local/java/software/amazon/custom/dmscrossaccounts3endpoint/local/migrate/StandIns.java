package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Parameters that stand for what is in no template of the same stack any more. A custom resource
 * and the endpoint that replaces it are in two stacks, and an import may change nothing else
 * (CloudFormation User Guide, "Import AWS resources into a CloudFormation stack").
 */
final class StandIns {

  /**
   * A parameter.
   *
   * @param name of the parameter
   * @param id of the resource that it stands for, or a pseudo parameter
   * @param attribute of the resource; empty for {@code Ref}
   */
  record StandIn(String name, String id, String attribute) {}

  private final Map<String, StandIn> byReference = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();

  StandIns(Node template) {
    for (var section : List.of("Parameters", "Resources", "Conditions")) {
      Nodes.get(template, section).ifPresent(s -> taken.addAll(Nodes.entries(s).keySet()));
    }
  }

  /** Returns the parameter for a reference. */
  StandIn of(String id, String attribute) {
    return byReference.computeIfAbsent(
        id + "." + attribute,
        r ->
            new StandIn(
                free(id + (attribute.isEmpty() ? "Ref" : camel(attribute))), id, attribute));
  }

  /** Returns a name that nothing else has, from letters and digits of the wanted one. */
  String free(String wanted) {
    var name = wanted.replaceAll("[^A-Za-z0-9]", "");
    var unique = name;
    for (var i = 2; !taken.add(unique); i++) {
      unique = name + i;
    }
    return unique;
  }

  /** Returns a text in letters and digits, each word with a capital letter. */
  static String camel(String text) {
    var camel = new StringBuilder();
    for (var word : text.split("[^A-Za-z0-9]+")) {
      if (!word.isEmpty()) {
        camel.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    return camel.toString();
  }
}
