package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/** References in templates: {@code Ref}, {@code Fn::GetAtt} and {@code Fn::Sub} in all forms. */
final class References {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{\\s*([A-Za-z0-9:]+)(?:\\.([A-Za-z0-9._]+))?\\s*}");

  /** What the type returns for what a function may have returned, by plain name. */
  private static final Map<String, String> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("", ""),
          Map.entry("endpointarn", "EndpointArn"),
          Map.entry("arn", "EndpointArn"),
          Map.entry("dmsendpointarn", "EndpointArn"),
          Map.entry("externalid", "ExternalId"),
          Map.entry("serviceaccessrolearn", "ServiceAccessRoleArn"),
          Map.entry("rolearn", "ServiceAccessRoleArn"),
          Map.entry("iamrolearn", "ServiceAccessRoleArn"));

  /** Replacement of references. */
  interface Replacement {
    /**
     * Returns what is referred to instead: a name, or a name and an attribute.
     *
     * @param attribute of a {@code Fn::GetAtt}; empty for a {@code Ref}
     * @param at the node of the reference
     */
    Optional<String> of(String id, String attribute, Node at);
  }

  private References() {}

  /** Returns the attribute of the type for one of the custom resource; empty for {@code Ref}. */
  static Optional<String> attribute(String ofCustomResource) {
    return Optional.ofNullable(ATTRIBUTES.get(Target.plain(ofCustomResource)));
  }

  /** Returns a copy of a node in which references are replaced. */
  static Node replace(Node node, Replacement replacement) {
    return Nodes.replace(node, n -> replaced(n, replacement));
  }

  private static Optional<Node> replaced(Node node, Replacement replacement) {
    var call = Nodes.call(node);
    var argument = call.map(Nodes.Call::argument).orElse(node);
    return switch (call.map(Nodes.Call::name).orElse("")) {
      case "Ref" -> replacement.of(Nodes.text(argument), "", node).map(References::reference);
      case "Fn::GetAtt" -> {
        var name =
            Nodes.isScalar(argument)
                ? Nodes.text(argument)
                : Nodes.items(argument).stream().map(Nodes::text).collect(Collectors.joining("."));
        var parts = name.split("\\.", 2);
        yield replacement
            .of(parts[0], parts.length == 2 ? parts[1] : "", node)
            .map(References::reference);
      }
      case "Fn::Sub" -> Optional.of(sub(node, argument, replacement));
      default -> Optional.empty();
    };
  }

  private static Node reference(String to) {
    return Nodes.shortCall(to.contains(".") ? "GetAtt" : "Ref", to);
  }

  private static Node sub(Node node, Node argument, Replacement replacement) {
    if (Nodes.isScalar(argument)) {
      var text = variables(argument, Set.of(), replacement);
      return text.equals(Nodes.text(argument)) ? node : Nodes.shortCall("Sub", text);
    }
    var items = new ArrayList<Node>();
    for (var item : Nodes.items(argument)) {
      items.add(replace(item, replacement));
    }
    if (items.size() == 2) {
      var own = Nodes.entries(items.get(1)).keySet();
      items.set(0, Nodes.scalar(variables(items.get(0), own, replacement)));
    }
    return Nodes.shortCall("Sub", items);
  }

  private static String variables(Node text, Set<String> own, Replacement replacement) {
    return VARIABLE
        .matcher(Nodes.text(text))
        .replaceAll(
            found -> {
              var id = found.group(1);
              var attribute = found.group(2) == null ? "" : found.group(2);
              var to =
                  own.contains(id) ? Optional.<String>empty() : replacement.of(id, attribute, text);
              return Matcher.quoteReplacement(to.map(t -> "${" + t + "}").orElse(found.group()));
            });
  }
}
