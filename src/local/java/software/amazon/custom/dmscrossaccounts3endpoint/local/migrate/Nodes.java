package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Queries on the nodes of a template, and new nodes. */
final class Nodes {
  private Nodes() {}

  /**
   * A CloudFormation function in its short or its long form.
   *
   * @param name in the long form, such as {@code Ref} or {@code Fn::Sub}
   */
  record Call(String name, Node argument) {}

  /** Returns the entries of a mapping by key; empty for other nodes. */
  static Map<String, Node> entries(Node node) {
    var entries = new LinkedHashMap<String, Node>();
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(t -> entries.put(text(t.getKeyNode()), t.getValueNode()));
    }
    return entries;
  }

  /** Returns the key nodes of a mapping, which know their lines; empty for other nodes. */
  static List<NodeTuple> tuples(Node node) {
    return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
  }

  /** Returns the items of a sequence; empty for other nodes. */
  static List<Node> items(Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }

  /** Returns the value of a key, or of keys below it. */
  static Optional<Node> get(Node node, String... path) {
    var found = Optional.of(node);
    for (var key : path) {
      found = found.map(n -> entries(n).get(key));
    }
    return found;
  }

  /** Returns the text of a scalar; empty for other nodes and for null. */
  static String text(Node node) {
    return node instanceof ScalarNode scalar && !isNull(node) ? scalar.getValue() : "";
  }

  /** Returns the text at a path; empty where there is none. */
  static String text(Node node, String... path) {
    return get(node, path).map(Nodes::text).orElse("");
  }

  static boolean isScalar(Node node) {
    return node instanceof ScalarNode;
  }

  /** Returns whether a node is a plain value: text, number, truth value or null. */
  static boolean isLiteral(Node node) {
    return node instanceof ScalarNode && !isShortCall(node);
  }

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** Returns whether a node is null or an empty text. */
  static boolean isEmpty(Node node) {
    return isLiteral(node) && text(node).isEmpty();
  }

  /** Returns whether a node is a mapping that is no function. */
  static boolean isMap(Node node) {
    return node instanceof MappingNode && call(node).isEmpty();
  }

  private static boolean isShortCall(Node node) {
    return node.getTag().getValue().startsWith("!");
  }

  /** Returns the function that a node calls. */
  static Optional<Call> call(Node node) {
    if (isShortCall(node)) {
      var name = node.getTag().getValue().substring(1);
      var isWhole = name.equals("Ref") || name.equals("Condition");
      return Optional.of(new Call(isWhole ? name : "Fn::" + name, node));
    }
    if (entries(node).size() != 1) {
      return Optional.empty();
    }
    var only = entries(node).entrySet().iterator().next();
    return only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")
        ? Optional.of(new Call(only.getKey(), only.getValue()))
        : Optional.empty();
  }

  /** Returns the line of a node, counted from 1; 0 for a node that was not read. */
  static int line(Node node) {
    return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
  }

  /** Returns the line in which the text of a node ends: a block's end mark is behind it. */
  static int lastLine(Node node) {
    if (node instanceof CollectionNode<?> all && all.getFlowStyle() == FlowStyle.BLOCK) {
      var last = all.getValue().get(all.getValue().size() - 1);
      return lastLine(last instanceof NodeTuple tuple ? tuple.getValueNode() : (Node) last);
    }
    var end = node.getEndMark();
    return end == null ? 0 : end.getLine() + (end.getColumn() == 0 ? 0 : 1);
  }

  static Node scalar(String text) {
    return scalar(Tag.STR, text);
  }

  static Node scalar(Tag tag, String text) {
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }

  static Node mapping(Map<String, Node> entries) {
    var tuples =
        entries.entrySet().stream()
            .map(e -> new NodeTuple(scalar(e.getKey()), e.getValue()))
            .toList();
    return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
  }

  /** Returns a mapping with one more entry. */
  static Node with(Node mapping, String key, Node value) {
    var tuples = new ArrayList<>(tuples(mapping));
    tuples.add(new NodeTuple(scalar(key), value));
    return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
  }

  static Node sequence(List<Node> items) {
    return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
  }

  /** Creates a function in its short form with an argument of one text. */
  static Node shortCall(String name, String argument) {
    return scalar(new Tag("!" + name), argument);
  }

  /** Creates a function in its short form with arguments. */
  static Node shortCall(String name, List<Node> arguments) {
    return new SequenceNode(new Tag("!" + name), arguments, FlowStyle.FLOW);
  }

  /** Creates a tag as templates have it. */
  static Node tag(String key, Node value) {
    var entries = new LinkedHashMap<String, Node>();
    entries.put("Key", scalar(key));
    entries.put("Value", value);
    return mapping(entries);
  }

  /** Returns a copy in which nodes are replaced; what a replaced node holds is not visited. */
  static Node replace(Node node, Function<Node, Optional<Node>> replacement) {
    var replaced = replacement.apply(node);
    if (replaced.isPresent()) {
      return replaced.get();
    }
    if (node instanceof SequenceNode list) {
      return new SequenceNode(
          list.getTag(),
          true,
          list.getValue().stream().map(i -> replace(i, replacement)).toList(),
          list.getStartMark(),
          list.getEndMark(),
          list.getFlowStyle());
    }
    if (node instanceof MappingNode map) {
      var tuples =
          map.getValue().stream()
              .map(t -> new NodeTuple(t.getKeyNode(), replace(t.getValueNode(), replacement)))
              .toList();
      return new MappingNode(
          map.getTag(), true, tuples, map.getStartMark(), map.getEndMark(), map.getFlowStyle());
    }
    return node;
  }
}
