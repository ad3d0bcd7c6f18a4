package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the parts of a text in YAML. */
final class YamlParts {
  private static final int MAX_LENGTH = 20_000_000;

  private final String text;

  private YamlParts(String text) {
    this.text = text;
  }

  /**
   * Reads.
   *
   * @throws MigrationRefused when it is not one YAML document, or has an alias, which
   *     CloudFormation does not take
   */
  static Part read(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAX_LENGTH);
    try {
      for (var event : new Yaml(options).parse(new StringReader(text))) {
        if (event instanceof AliasEvent) {
          throw new MigrationRefused(
              "line %d: an alias, which CloudFormation does not take"
                  .formatted(event.getStartMark().getLine() + 1));
        }
      }
      var root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        throw new MigrationRefused("it is empty");
      }
      return new YamlParts(text).part(root);
    } catch (MarkedYAMLException e) {
      throw new MigrationRefused(
          "not YAML: %s (line %d)"
              .formatted(
                  e.getProblem(),
                  e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1));
    } catch (YAMLException e) {
      throw new MigrationRefused("not YAML: " + e.getMessage());
    }
  }

  private Part part(Node node) {
    var tag = node.getTag().getValue();
    var shortTag = tag.startsWith("!") ? tag : "";
    var start = offset(node.getStartMark());
    var line = node.getStartMark().getLine() + 1;
    if (node instanceof ScalarNode scalar) {
      var isNull = scalar.getTag().equals(Tag.NULL);
      var end = start + stripped(start, offset(scalar.getEndMark()));
      return new Part(
          isNull ? Part.Kind.NOTHING : Part.Kind.SCALAR,
          shortTag,
          isNull ? "" : scalar.getValue(),
          List.of(),
          List.of(),
          false,
          start,
          end,
          line);
    }
    if (node instanceof SequenceNode sequence) {
      var items = sequence.getValue().stream().map(this::part).toList();
      var flow = sequence.getFlowStyle() == FlowStyle.FLOW;
      var last = items.isEmpty() ? start : items.get(items.size() - 1).end();
      return new Part(
          Part.Kind.SEQUENCE,
          shortTag,
          "",
          List.of(),
          items,
          flow,
          start,
          flow ? offset(sequence.getEndMark()) : last,
          line);
    }
    var mapping = (MappingNode) node;
    var entries = new ArrayList<Part.Entry>();
    for (NodeTuple tuple : mapping.getValue()) {
      entries.add(new Part.Entry(part(tuple.getKeyNode()), part(tuple.getValueNode())));
    }
    var flow = mapping.getFlowStyle() == FlowStyle.FLOW;
    var last = entries.isEmpty() ? start : entries.get(entries.size() - 1).end();
    return new Part(
        Part.Kind.MAPPING,
        shortTag,
        "",
        List.copyOf(entries),
        List.of(),
        flow,
        start,
        flow ? offset(mapping.getEndMark()) : last,
        line);
  }

  /** The mark of a block scalar is after the empty lines that follow it. */
  private int stripped(int start, int end) {
    return text.substring(start, end).stripTrailing().length();
  }

  /** OwnershipTags count characters, of which some take two places in a text. */
  private int offset(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }
}
