package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes what a resource has beside its properties. */
final class ResourceAttributes {
  private final SourceText source;
  private final CustomResource resource;
  private final TextEdits edits;
  private final Map<String, String> inserted = new LinkedHashMap<>();
  private final Part.Entry type;

  ResourceAttributes(SourceText source, CustomResource resource, TextEdits edits) {
    this.source = source;
    this.resource = resource;
    this.edits = edits;
    this.type = resource.attribute("Type").orElseThrow();
  }

  /** Another type. */
  void type(String name) {
    edits.replace(type.value().start(), type.value().end(), source.scalar(name));
  }

  /** Neither a delete nor a replacement by CloudFormation deletes it. */
  void retain() {
    for (var name : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
      var there = resource.attribute(name);
      if (there.isEmpty()) {
        inserted.put(name, source.scalar("Retain"));
      } else if (!there.get().value().text().startsWith("Retain")) {
        var value = there.get().value();
        edits.replace(value.start(), value.end(), source.scalar("Retain"));
      }
    }
  }

  /** Something more in the metadata; nothing where there is nothing. */
  void metadata(String name, List<String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var text = source.scalar(name) + ": {" + String.join(", ", entries) + "}";
    var there = resource.attribute("Metadata").map(Part.Entry::value);
    if (there.filter(Part::isMapping).isPresent()) {
      edits.insert(there.get().start() + 1, text + (there.get().entries().isEmpty() ? "" : ", "));
    } else {
      inserted.put("Metadata", "{" + text + "}");
    }
  }

  /** Makes comments of the attributes that other types don't have. */
  void commentOthers() {
    for (var attribute : others()) {
      var at = source.indent(attribute.start()).length();
      for (var line = source.lineStart(attribute.start());
          line < attribute.end();
          line = source.nextLine(line)) {
        edits.insert(line + at, "# ");
      }
    }
  }

  /**
   * Takes the attributes out that other types don't have.
   *
   * @return their text
   */
  List<String> removeOthers() {
    var removed = new ArrayList<String>();
    for (var attribute : others()) {
      removed.add(source.slice(attribute.start(), attribute.end()));
      FlowEntries.remove(resource.body(), attribute, edits);
    }
    return removed;
  }

  private List<Part.Entry> others() {
    return resource.body().entries().stream().filter(a -> !ResourcePlan.isKept(a.name())).toList();
  }

  /** Writes what is new, after the type. */
  void insert() {
    var text = new StringBuilder();
    if (resource.body().flow()) {
      var lines = source.isMultiLine(resource.body());
      var between = lines ? "," + source.newline() + source.indent(type.start()) : ", ";
      inserted.forEach(
          (name, value) ->
              text.append(between).append(source.scalar(name)).append(": ").append(value));
      edits.insert(type.value().end(), text.toString());
    } else {
      var before = source.newline() + source.indent(type.start());
      inserted.forEach(
          (name, value) -> text.append(before).append(name).append(": ").append(value));
      edits.insert(source.lineEnd(type.end()), text.toString());
    }
  }
}
