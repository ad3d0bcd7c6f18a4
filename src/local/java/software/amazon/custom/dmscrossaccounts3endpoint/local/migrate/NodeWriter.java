package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Writes nodes as YAML, with functions in the form in which they were read. */
final class NodeWriter {
  private static final int MAX_LENGTH = 80;

  /** Tags of plain values that are no texts. */
  private static final Set<Tag> VALUES = Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

  /** A text that YAML 1.1 takes for no other value, in brackets too. */
  private static final String PLAIN = "(?i)(?!(true|false|yes|no|on|off|y|n|null)$)[a-z][\\w./-]*";

  private static final String WITH_COLONS = "arn:[\\w./:-]+\\w|\\w+(::\\w+)+";

  private final StringBuilder text = new StringBuilder();

  private NodeWriter() {}

  /**
   * Writes a mapping in lines.
   *
   * @param indent how many spaces each line begins with
   */
  static String write(Node mapping, int indent) {
    var writer = new NodeWriter();
    writer.entries(mapping, indent);
    return writer.text.toString();
  }

  private void entries(Node mapping, int indent) {
    for (var tuple : Nodes.tuples(mapping)) {
      text.append(" ".repeat(indent)).append(flow(tuple.getKeyNode())).append(':');
      value(tuple.getValueNode(), indent + 2);
    }
  }

  /** Writes what follows a key or a hyphen, with its line end. */
  private void value(Node node, int indent) {
    var tag = tag(node);
    if (node instanceof ScalarNode || isShort(node)) {
      text.append(' ').append(tag).append(inside(node)).append('\n');
      return;
    }
    text.append(tag.isEmpty() ? "" : " " + tag.strip()).append('\n');
    entries(node, indent);
    for (var item : Nodes.items(node)) {
      text.append(" ".repeat(indent)).append('-');
      if (item instanceof MappingNode && tag(item).isEmpty() && !isShort(item)) {
        var before = text.length();
        entries(item, indent + 2);
        text.delete(before, before + indent + 1); // The first entry follows the hyphen.
      } else {
        value(item, indent + 2);
      }
    }
  }

  private static boolean isShort(Node node) {
    if (!(node instanceof CollectionNode<?> collection) || collection.getValue().isEmpty()) {
      return true;
    }
    return collection.getFlowStyle() == FlowStyle.FLOW && inside(node).length() <= MAX_LENGTH;
  }

  private static String tag(Node node) {
    var tag = node.getTag().getValue();
    return tag.startsWith("!") ? tag + " " : "";
  }

  /** Writes a node in one line. */
  static String flow(Node node) {
    return tag(node) + inside(node);
  }

  private static String inside(Node node) {
    if (node instanceof ScalarNode scalar) {
      var value = scalar.getTag().equals(Tag.NULL) ? "null" : scalar.getValue();
      var isValue =
          VALUES.contains(scalar.getTag()) && scalar.getScalarStyle() == ScalarStyle.PLAIN;
      return isValue || value.matches(PLAIN) || value.matches(WITH_COLONS)
          ? value
          : TextNode.valueOf(value).toString();
    }
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .map(t -> flow(t.getKeyNode()) + ": " + flow(t.getValueNode()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return Nodes.items(node).stream()
        .map(NodeWriter::flow)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
