package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a resource of the type in the place of a custom resource. What stays, stays to the letter:
 * order, comments and white space.
 */
final class NewResource {
  private static final String METADATA = "NotTranslated";

  private final SourceText source;
  private final CustomResource resource;
  private final ResourcePlan plan;
  private final TextEdits edits;
  private final String nl;

  /**
   * Prepares.
   *
   * @param source the template, with values as they should be
   * @param resource in that template
   * @param plan for that resource
   * @param edits takes what changes
   */
  NewResource(SourceText source, CustomResource resource, ResourcePlan plan, TextEdits edits) {
    this.source = source;
    this.resource = resource;
    this.plan = plan;
    this.edits = edits;
    this.nl = source.newline();
  }

  /**
   * Writes.
   *
   * @param tags tags to add, by key
   */
  void write(String typeName, Map<String, String> tags) {
    var attributes = new ResourceAttributes(source, resource, edits);
    attributes.type(typeName);
    attributes.retain();
    if (resource.body().flow()) {
      var kept = writeFlow(tags);
      kept.addAll(attributes.removeOthers());
      attributes.metadata(METADATA, kept);
    } else {
      attributes.commentOthers();
      writeBlock(tags);
    }
    attributes.insert();
  }

  /** Writes the properties in brackets; what can't be there is returned, as entries. */
  private List<String> writeFlow(Map<String, String> tags) {
    var properties = resource.properties();
    var whole = resource.attribute("Properties").orElseThrow().value();
    var lines = source.isMultiLine(whole);
    var outer = lines ? nl + source.indent(properties.get(0).start()) : "";
    var inner = lines ? outer + unit(properties.get(0)) : "";
    var before = new ArrayList<String>();
    var settings = new ArrayList<String>();
    var after = new ArrayList<String>();
    var kept = new ArrayList<String>();
    for (var i = 0; i < properties.size(); i++) {
      var property = properties.get(i);
      var placed = plan.placed().get(i);
      var rest = source.slice(property.key().end(), property.value().end());
      switch (placed.place()) {
        case PROPERTY ->
            (settings.isEmpty() ? before : after).add(source.scalar(placed.name()) + rest);
        case SETTING ->
            settings.add(source.scalar(placed.name()) + shifted(rest, lines ? unit(property) : ""));
        case COMMENT -> kept.add(source.slice(property.start(), property.value().end()));
        case GONE -> {}
      }
    }
    plan.added()
        .forEach((name, value) -> before.add(source.scalar(name) + ": " + source.scalar(value)));
    if (!settings.isEmpty()) {
      before.add(source.scalar("S3Settings") + ": " + bracketed(settings, inner, outer));
    }
    before.addAll(after);
    if (!tags.isEmpty()) {
      before.add(
          source.scalar("Tags")
              + ": ["
              + tags.entrySet().stream()
                  .map(
                      t ->
                          "{%s: %s, %s: %s}"
                              .formatted(
                                  source.scalar("Key"),
                                  source.scalar(t.getKey()),
                                  source.scalar("Value"),
                                  source.scalar(t.getValue())))
                  .collect(Collectors.joining(", "))
              + "]");
    }
    var end = lines ? nl + source.indent(resource.attribute("Properties").get().start()) : "";
    edits.replace(whole.start(), whole.end(), bracketed(before, outer, end));
    return kept;
  }

  private static String bracketed(List<String> items, String each, String end) {
    return "{" + each + String.join("," + (each.isEmpty() ? " " : each), items) + end + "}";
  }

  /** How much deeper a property stands than the word Properties. */
  private String unit(Part.Entry property) {
    var properties = resource.attribute("Properties").orElseThrow();
    var deeper =
        source.indent(property.start()).length() - source.indent(properties.start()).length();
    var indent = source.indent(property.start());
    return indent.startsWith("\t") ? "\t" : " ".repeat(deeper > 0 ? deeper : 2);
  }

  private void writeBlock(Map<String, String> tags) {
    var properties = resource.properties();
    var whole = resource.attribute("Properties").orElseThrow();
    var isFlow = whole.value().flow();
    var outer = source.indent(whole.start());
    var unit = isFlow ? "  " : unit(properties.get(0));
    var indent = isFlow ? outer + unit : source.indent(properties.get(0).start());
    var before = new StringBuilder();
    var settings = new StringBuilder();
    var after = new StringBuilder();
    var previousEnd = whole.key().end();
    for (var i = 0; i < properties.size(); i++) {
      var property = properties.get(i);
      var placed = plan.placed().get(i);
      var end = isFlow ? property.end() : source.lineEnd(property.end());
      var leading =
          isFlow
              ? ""
              : source.slice(
                  Math.min(source.nextLine(previousEnd), source.lineStart(property.start())),
                  source.lineStart(property.start()));
      var rest = source.slice(property.key().end(), end);
      var top = settings.isEmpty() ? before : after;
      switch (placed.place()) {
        case PROPERTY ->
            top.append(leading).append(indent).append(placed.name()).append(rest).append(nl);
        case SETTING ->
            settings
                .append(shiftedLines(leading, unit))
                .append(indent)
                .append(unit)
                .append(placed.name())
                .append(shifted(rest, unit))
                .append(nl);
        case COMMENT -> {
          var isOfSettings = isOfSettings(property);
          (isOfSettings ? settings : top)
              .append(isOfSettings ? shiftedLines(leading, unit) : leading)
              .append(
                  commented(
                      indent + (isOfSettings ? unit : ""),
                      source.indent(property.start()),
                      placed.name() + ": " + property.name() + rest))
              .append(nl);
        }
        case GONE -> {
          top.append(leading);
          var comment = isFlow ? "" : source.slice(property.end(), end).strip();
          if (!comment.isEmpty()) {
            top.append(indent).append(comment).append(nl);
          }
        }
      }
      previousEnd = property.end();
    }
    plan.added()
        .forEach(
            (name, value) ->
                before
                    .append(indent)
                    .append(name)
                    .append(": ")
                    .append(YamlText.scalar(value))
                    .append(nl));
    var text = new StringBuilder(before);
    if (!settings.isEmpty()) {
      text.append(indent).append("S3Settings:").append(nl).append(settings);
    }
    text.append(after);
    if (!tags.isEmpty()) {
      text.append(indent).append("Tags:").append(nl);
      tags.forEach(
          (key, value) ->
              text.append(indent)
                  .append(unit)
                  .append("- Key: ")
                  .append(YamlText.scalar(key))
                  .append(nl)
                  .append(indent)
                  .append(unit)
                  .append("  Value: ")
                  .append(YamlText.scalar(value))
                  .append(nl));
    }
    text.setLength(text.length() - nl.length());
    if (isFlow) {
      edits.replace(whole.key().end(), whole.value().end(), ":" + nl + text);
    } else {
      edits.replace(
          source.nextLine(whole.key().end()), source.lineEnd(whole.value().end()), text.toString());
    }
  }

  /** Whether a comment belongs among the settings. */
  private static boolean isOfSettings(Part.Entry property) {
    return KnownProperty.find(property.name())
        .filter(k -> k.use() == KnownProperty.Use.SETTING)
        .isPresent();
  }

  /** The lines after the first one, deeper. */
  private static String shifted(String text, String by) {
    return text.replaceAll("\n(?=[^\r\n])", "\n" + by);
  }

  private static String shiftedLines(String lines, String by) {
    return lines.isEmpty() ? "" : shifted("\n" + lines, by).substring(1);
  }

  /** Lines of the source as comments at another place. */
  private String commented(String indent, String sourceIndent, String text) {
    return text.lines()
        .map(
            line ->
                indent
                    + "# "
                    + (line.startsWith(sourceIndent)
                        ? line.substring(sourceIndent.length())
                        : line.stripLeading()))
        .collect(Collectors.joining(nl));
  }
}
