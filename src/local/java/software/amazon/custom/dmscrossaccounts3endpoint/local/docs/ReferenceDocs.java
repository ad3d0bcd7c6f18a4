package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * Writes the reference of a resource type from its schema. Pages have the file names that {@code
 * cfn generate} gives to its own, which overwrites the same folder.
 */
public final class ReferenceDocs {

  private static final String EXTENSION = ".md";
  private static final int LINE = 118;

  private ReferenceDocs() {}

  /**
   * The pages of the reference.
   *
   * @return the text of each page by its file name; the same for the same schema
   */
  public static Map<String, String> pages(JsonNode schema) {
    var pages = paragraphs(schema);
    pages.replaceAll((file, page) -> Markdown.wrapped(page, LINE));
    return pages;
  }

  /** The pages with each paragraph in a line. */
  static Map<String, String> paragraphs(JsonNode schema) {
    var type = new TypeSchema(schema);
    var pages = new LinkedHashMap<String, String>();
    pages.put(OverviewPage.FILE, new OverviewPage(type).write());
    type.definitionsOfProperties()
        .forEach(
            (name, pointer) ->
                pages.put(TypeNames.page(name), new DefinitionPage(type, name, pointer).write()));
    type.typeConfiguration()
        .ifPresent(
            configuration ->
                pages.put(
                    TypeConfigurationPage.FILE,
                    new TypeConfigurationPage(type, configuration).write()));
    return pages;
  }

  /**
   * Writes the pages into a folder and deletes other pages from it.
   *
   * @param args the schema's file and the folder, which is made where it is missing
   * @throws IOException where the schema can't be read or the folder not be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("Arguments: SCHEMA-FILE OUTPUT-FOLDER");
    }
    var pages = pages(Json.parse(Files.readAllBytes(Path.of(args[0]))));
    var folder = Files.createDirectories(Path.of(args[1]));
    deleteOthers(folder, pages);
    for (var page : pages.entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }
  }

  /** A page stays behind when its definition leaves the schema. */
  private static void deleteOthers(Path folder, Map<String, String> pages) throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
      for (var file : files) {
        if (!pages.containsKey(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
  }
}
