package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A CloudFormation template as it is written, with its short forms such as {@code !Ref} written
 * out.
 *
 * @param path of the file
 * @param content of the file
 */
record TemplateFile(Path path, Map<String, Object> content) {

  static TemplateFile read(Path path) {
    try (var reader = Files.newBufferedReader(path)) {
      return new TemplateFile(path, new Yaml(new ShortForms()).load(reader));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A template that is not in a file. */
  static TemplateFile parse(String text) {
    return new TemplateFile(Path.of(""), new Yaml(new ShortForms()).load(text));
  }

  /** A section of the template; empty where it has none. */
  Map<String, Object> section(String name) {
    return map(content.getOrDefault(name, Map.of()));
  }

  /**
   * The template with each loop over a list (Fn::ForEach) replaced by its fragment for each item.
   * cfn-lint says whether CloudFormation takes the loop.
   */
  TemplateFile withoutLoops() {
    return new TemplateFile(path, map(unrolled(content)));
  }

  private static Object unrolled(Object value) {
    if (!(value instanceof Map<?, ?>)) {
      return value;
    }
    var unrolled = new LinkedHashMap<String, Object>();
    map(value)
        .forEach(
            (key, member) -> {
              if (key.startsWith("Fn::ForEach::")) {
                var loop = (List<?>) member;
                for (var item : (List<?>) loop.get(1)) {
                  unrolled.putAll(map(turn(loop.get(2), loop.get(0).toString(), item.toString())));
                }
              } else {
                unrolled.put(key, unrolled(member));
              }
            });
    return unrolled;
  }

  /** A part of a fragment with the item in place of the loop's identifier. */
  private static Object turn(Object part, String identifier, String item) {
    if (part instanceof List<?> list) {
      return list.stream().map(one -> turn(one, identifier, item)).toList();
    }
    if (part instanceof String text) {
      return text.replace("${" + identifier + "}", item);
    }
    if (!(part instanceof Map<?, ?>) || part.equals(Map.of("Ref", identifier))) {
      return part instanceof Map<?, ?> ? item : part;
    }
    var turn = new LinkedHashMap<String, Object>();
    map(part)
        .forEach(
            (key, value) ->
                turn.put(turn(key, identifier, item).toString(), turn(value, identifier, item)));
    return turn;
  }

  @SuppressWarnings("unchecked") // YAML's keys are texts wherever CloudFormation reads them
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  /** Reads {@code !Ref x} as {@code {Ref: x}} and {@code !Sub x} as {@code {Fn::Sub: x}}. */
  private static final class ShortForms extends SafeConstructor {
    ShortForms() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              var name = node.getTag().getValue().substring(1);
              var function = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
              var written = new LinkedHashMap<String, Object>();
              written.put(function, argument(node));
              return written;
            }
          });
    }

    private Object argument(Node node) {
      if (node instanceof ScalarNode scalar) {
        return constructScalar(scalar);
      }
      return node instanceof SequenceNode sequence
          ? constructSequence(sequence)
          : constructMapping((MappingNode) node);
    }
  }
}
