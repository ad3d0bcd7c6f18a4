package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import static java.util.stream.Collectors.joining;

/** The page of the type itself: what it is, how it is declared and what it returns. */
final class OverviewPage {

  static final String FILE = "README.md";

  private final TypeSchema schema;

  OverviewPage(TypeSchema schema) {
    this.schema = schema;
  }

  String write() {
    return """
        # %s

        %s

        ## Syntax

        %s
        ## Properties

        %s
        ## Updates

        %s
        ## Return values

        ### Ref

        `Ref` returns %s.

        ### Fn::GetAtt

        `Fn::GetAtt` returns these attributes.

        %s"""
        .formatted(
            schema.typeName(),
            Markdown.text(schema.description()) + typeConfiguration(),
            Syntax.ofResource(schema.typeName(), schema.writable()),
            PropertySections.ofResource().write(schema.writable()),
            updates(),
            identifier(),
            schema.attributes().stream().map(OverviewPage::attribute).collect(joining("\n")));
  }

  private String typeConfiguration() {
    return schema.typeConfiguration().isEmpty()
        ? ""
        : "\n\nWhat holds for all resources of the type in an account and Region is set once, in its "
            + Markdown.link("type configuration", TypeConfigurationPage.FILE)
            + ".";
  }

  private String identifier() {
    return schema.primaryIdentifier().stream()
        .map(name -> Markdown.link(name, Markdown.anchor(name)))
        .collect(joining(" and ", "the resource's ", ""));
  }

  private static String attribute(Property property) {
    return "#### %s\n\n%s\n".formatted(property.name(), Markdown.text(property.description()));
  }

  private String updates() {
    var text = new StringBuilder();
    for (var behavior : UpdateBehavior.values()) {
      var names =
          schema.writable().stream()
              .filter(p -> p.update() == behavior)
              .map(p -> Markdown.link(p.name(), Markdown.anchor(p.name())))
              .collect(joining(", "));
      if (!names.isEmpty()) {
        text.append("- %s. %s\n".formatted(behavior.explained(), names));
      }
    }
    if (schema.writable().stream().anyMatch(p -> p.update() == UpdateBehavior.SOME_INTERRUPTIONS)) {
      text.append(
          """

          DMS does not delete an endpoint that a replication task uses. An update that has to create the endpoint again then
          fails, names the tasks and changes nothing.
          """);
    }
    if (schema.deletesBeforeItReplaces()) {
      text.append(
          """

          A replacement deletes the resource before it creates the new one, so that names can stay the same.
          """);
    }
    return text.toString();
  }
}
