package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The templates through which a stack goes.
 *
 * <p>An import may not change other resources or outputs (CloudFormation User Guide, "Bringing
 * existing resources into CloudFormation management"), and there is a time between custom resource
 * and endpoint. What refers to the resource then refers to parameters that have the same values.
 *
 * <p>Whether a change of nothing but a {@code DeletionPolicy} is one that CloudFormation makes is
 * not said in one voice by its documents. So the first template adds a wait condition handle, a
 * resource that does nothing; it is also the one resource of a stack that has no other.
 */
final class TemplateSteps {
  private static final String HANDLE = "MigrationStep";
  private static final String HANDLE_TYPE = "AWS::CloudFormation::WaitConditionHandle";

  private final SourceText source;
  private final List<CustomResource> resources;
  private final ParameterSpelling spelling;
  private final References references;

  TemplateSteps(SourceText source, List<CustomResource> resources, ParameterSpelling spelling) {
    this.spelling = spelling;
    this.source = source;
    this.resources = resources;
    this.references =
        new References(
            source, resources.stream().map(CustomResource::id).collect(Collectors.toSet()));
  }

  ParameterSpelling spelling() {
    return spelling;
  }

  References references() {
    return references;
  }

  /** As it is, but that CloudFormation leaves the custom resources alone when they go. */
  String retained() {
    var edits = new TextEdits();
    for (var resource : resources) {
      var attributes = new ResourceAttributes(source, resource, edits);
      attributes.retain();
      attributes.insert();
    }
    addHandle(edits);
    return edits.applied(source.text());
  }

  /** Without the custom resources. */
  String removed() {
    var edits = new TextEdits();
    references.toParameters(edits);
    var text =
        withParameters(edits.and(spelling.edits()).applied(source.text()), references.stands());
    return changed(text, (template, change) -> removeFrom(template, change));
  }

  private void removeFrom(SourceText template, TextEdits edits) {
    var section = template.section("Resources").orElseThrow();
    var gone = CustomResource.in(template).stream().map(CustomResource::entry).toList();
    if (gone.size() == section.entries().size() && section.flow()) {
      edits.replace(section.start(), section.end(), "{" + handle() + "}");
      return;
    }
    if (section.flow()) {
      var kept = section.entries().stream().filter(e -> !gone.contains(e)).toList();
      // From the end of what is kept before to the end of what goes, or to the next that is kept.
      for (var entry : gone) {
        var before = section.entries().indexOf(entry) > section.entries().indexOf(kept.get(0));
        if (before) {
          FlowEntries.remove(section, entry, edits);
        } else {
          var next = section.entries().get(section.entries().indexOf(entry) + 1);
          edits.replace(entry.start(), next.start(), "");
        }
      }
      edits.insert(kept.get(0).start(), handle() + "," + between(template, kept.get(0)));
      return;
    }
    addHandle(template, edits);
    for (var entry : gone) {
      edits.replace(template.lineStart(entry.start()), template.nextLine(entry.end()), "");
    }
  }

  /** With the new resources, and everything else as it was without them. */
  String importing(List<ResourcePlan> plans, TextEdits values, String typeName) {
    var edits = new TextEdits();
    references.toParameters(edits);
    var text = edits.and(values).and(spelling.edits()).applied(source.text());
    var made = written(withParameters(text, references.stands()), plans, typeName, Map.of());
    return changed(made, TemplateSteps::addHandle);
  }

  /** With the new resources, which everything refers to. */
  String translated(
      List<ResourcePlan> plans, TextEdits values, String typeName, Map<String, String> tags) {
    var edits = new TextEdits();
    var forGood = references.toType(edits);
    var text = edits.and(values).and(spelling.edits()).applied(source.text());
    return written(withParameters(text, forGood), plans, typeName, tags);
  }

  private static String written(
      String text, List<ResourcePlan> plans, String typeName, Map<String, String> tags) {
    return changed(
        text,
        (template, edits) -> {
          var found = CustomResource.in(template);
          for (var i = 0; i < found.size(); i++) {
            new NewResource(template, found.get(i), plans.get(i), edits).write(typeName, tags);
          }
        });
  }

  private static String changed(String text, BiConsumer<SourceText, TextEdits> change) {
    var edits = new TextEdits();
    change.accept(SourceText.read(text), edits);
    return edits.applied(text);
  }

  private void addHandle(TextEdits edits) {
    addHandle(source, edits);
  }

  private static void addHandle(SourceText template, TextEdits edits) {
    var first = template.section("Resources").orElseThrow().entries().get(0);
    var isFlow = template.section("Resources").orElseThrow().flow();
    if (isFlow) {
      edits.insert(first.start(), handle() + "," + between(template, first));
    } else {
      var nl = template.newline();
      var indent = template.indent(first.start());
      edits.insert(
          template.lineStart(first.start()),
          indent + HANDLE + ":" + nl + indent + "  Type: " + HANDLE_TYPE + nl);
    }
  }

  private static String handle() {
    return "\"%s\": {\"Type\": \"%s\"}".formatted(HANDLE, HANDLE_TYPE);
  }

  /** What stands before an entry in brackets: a new line, or a space. */
  private static String between(SourceText template, Part.Entry entry) {
    var before = template.slice(template.lineStart(entry.start()), entry.start());
    return before.isBlank() ? template.newline() + before : " ";
  }

  private static String withParameters(String text, List<References.Stand> stands) {
    return stands.isEmpty()
        ? text
        : changed(text, (template, edits) -> addParameters(template, stands, edits));
  }

  private static void addParameters(
      SourceText template, List<References.Stand> stands, TextEdits edits) {
    var section = template.section("Parameters");
    var resources = template.root().entry("Resources").orElseThrow();
    if (section.map(Part::flow).orElse(template.root().flow())) {
      var text =
          stands.stream()
              .map(
                  s ->
                      "\"%s\": {\"Type\": \"String\", \"Description\": \"%s\"}"
                          .formatted(s.name(), description(s)))
              .toList();
      if (section.isPresent() && !section.get().entries().isEmpty()) {
        var last = section.get().entries().get(section.get().entries().size() - 1);
        var between = between(template, last);
        text.forEach(t -> edits.insert(last.end(), "," + between + t));
      } else if (section.isPresent()) {
        edits.insert(section.get().start() + 1, String.join(", ", text));
      } else {
        edits.insert(
            resources.start(),
            "\"Parameters\": {" + String.join(", ", text) + "}," + between(template, resources));
      }
      return;
    }
    var nl = template.newline();
    var outer = template.indent(resources.start()) + "  ";
    var indent =
        section
            .filter(s -> !s.entries().isEmpty())
            .map(s -> template.indent(s.entries().get(0).start()))
            .orElse(outer);
    var text =
        stands.stream()
            .map(
                s ->
                    indent
                        + s.name()
                        + ":"
                        + nl
                        + indent
                        + "  Type: String"
                        + nl
                        + indent
                        + "  Description: "
                        + description(s))
            .collect(Collectors.joining(nl));
    if (section.isPresent()) {
      edits.insert(template.lineEnd(section.get().end()), nl + text);
    } else {
      edits.insert(template.lineStart(resources.start()), "Parameters:" + nl + text + nl + nl);
    }
  }

  private static String description(References.Stand stand) {
    return stand.attribute().isEmpty()
        ? "Physical id of the custom resource " + stand.id()
        : stand.attribute() + " of the custom resource " + stand.id();
  }
}
