package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.io.StringReader;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** Reads YAML and JSON into nodes that know their lines. */
final class NodeReader {
  private static final int MAX_LENGTH = 20_000_000;

  private static final Pattern ESCAPE = Pattern.compile("(?s)\\\\.");

  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private NodeReader() {}

  /**
   * Reads one document.
   *
   * @throws MigrationRefused when it is not one document, has a key twice, or an alias, which
   *     CloudFormation does not take
   */
  static Node read(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAX_LENGTH);
    try {
      var root = new Yaml(options).compose(new StringReader(asYaml(text)));
      if (root == null) {
        throw new MigrationRefused("it is empty");
      }
      new NodeReader().check(root);
      return root;
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      throw new MigrationRefused(
          "line %d: neither YAML nor JSON: %s"
              .formatted(mark == null ? 1 : mark.getLine() + 1, e.getProblem()));
    } catch (YAMLException e) {
      throw new MigrationRefused("neither YAML nor JSON: " + e.getMessage());
    }
  }

  /** Removes the two things in JSON that YAML 1.1 does not take: tabs, and escaped slashes. */
  private static String asYaml(String text) {
    var isJson = text.replace("\uFEFF", "").stripLeading().matches("(?s)[\\[{].*");
    return isJson
        ? ESCAPE
            .matcher(text.replace('\t', ' '))
            .replaceAll(e -> e.group().equals("\\/") ? "/" : Matcher.quoteReplacement(e.group()))
        : text;
  }

  private void check(Node node) {
    if (!seen.add(node)) {
      throw new MigrationRefused(
          "line %d: an alias refers to this node; CloudFormation does not take aliases"
              .formatted(Nodes.line(node)));
    }
    if (node instanceof MappingNode mapping) {
      var keys = new HashSet<String>();
      for (var tuple : mapping.getValue()) {
        var key = Nodes.text(tuple.getKeyNode());
        if (!keys.add(key)) {
          throw new MigrationRefused(
              "line %d: the key %s is there twice".formatted(Nodes.line(tuple.getKeyNode()), key));
        }
      }
    }
    if (node instanceof CollectionNode<?> collection) {
      for (var item : collection.getValue()) {
        check(item instanceof NodeTuple tuple ? tuple.getValueNode() : (Node) item);
      }
    }
  }
}
