package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;

/** The page of the type configuration, with the definitions that only it uses. */
final class TypeConfigurationPage {

  static final String FILE = "typeconfiguration.md";

  private final TypeSchema schema;
  private final JsonNode configuration;

  TypeConfigurationPage(TypeSchema schema, JsonNode configuration) {
    this.schema = schema;
    this.configuration = configuration;
  }

  String write() {
    return """
        # Type configuration of %s

        %s

        It is set once for each account and Region in which the type is registered, and holds for all its resources there;
        `type-configuration.json` is a file of the syntax below.

        %s
        See %s for the properties of a resource.

        ## Syntax

        %s
        ## Properties

        %s%s"""
        .formatted(
            schema.typeName(),
            Markdown.text(configuration.path("description").asText()),
            Markdown.block("shell", command()),
            Markdown.link(schema.typeName(), OverviewPage.FILE),
            Syntax.ofTypeConfiguration(schema.configurationProperties()),
            PropertySections.ofTypeConfiguration().write(schema.configurationProperties()),
            definitions());
  }

  private String command() {
    return """
        aws cloudformation set-type-configuration --type RESOURCE --type-name %s \\
          --configuration-alias default --configuration file://type-configuration.json"""
        .formatted(schema.typeName());
  }

  private String definitions() {
    return schema.definitionsOfTypeConfiguration().entrySet().stream()
        .map(entry -> definition(entry.getKey(), entry.getValue()))
        .collect(joining());
  }

  private String definition(String name, String pointer) {
    var properties = schema.properties(schema.definition(name), pointer + "/");
    return "\n## %s\n\n%s\n\n%s\n%s"
        .formatted(
            name,
            Markdown.text(schema.definition(name).path("description").asText()),
            Syntax.ofTypeConfiguration(properties),
            PropertySections.ofTypeConfiguration().write(properties));
  }
}
