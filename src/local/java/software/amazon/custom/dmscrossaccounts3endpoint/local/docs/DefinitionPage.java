package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

/** The page of a definition: of an object that is the value of a property, or an item of it. */
final class DefinitionPage {

  private final TypeSchema schema;
  private final String definition;
  private final String pointer;

  /**
   * A page.
   *
   * @param pointer the pointer of the property that the definition is the value of
   */
  DefinitionPage(TypeSchema schema, String definition, String pointer) {
    this.schema = schema;
    this.definition = definition;
    this.pointer = pointer;
  }

  String write() {
    var properties = schema.properties(schema.definition(definition), pointer + "/");
    // Of a definition within a definition, too, it is the property of the type that is named.
    var holder = pointer.split("/")[2];
    return """
        # %s %s

        %s

        Belongs to %s of %s.

        ## Syntax

        %s
        ## Properties

        %s"""
        .formatted(
            schema.typeName(),
            definition,
            Markdown.text(schema.definition(definition).path("description").asText()),
            Markdown.link(holder, OverviewPage.FILE + Markdown.anchor(holder)),
            Markdown.link(schema.typeName(), OverviewPage.FILE),
            Syntax.ofObject(properties),
            PropertySections.ofResource().write(properties));
  }
}
