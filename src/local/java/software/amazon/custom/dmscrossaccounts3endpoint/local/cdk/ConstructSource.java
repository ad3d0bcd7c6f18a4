package software.amazon.custom.dmscrossaccounts3endpoint.local.cdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.Property;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.TypeSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * Writes the CDK construct of a resource type from its schema: the construct, its properties, a
 * class for each definition that they are made of, and an enumeration for each property that takes
 * one of some values. What does not follow from the schema is written by hand and lies beside it.
 */
public final class ConstructSource {

  /** Where the source is, in a project. */
  public static final String FOLDER =
      "examples/cdk/src/generated/java/software/amazon/custom/dmscrossaccounts3endpoint/cdk";

  private static final String HEADER =
      """
      // Written from resource-schema.json; mvn -q test-compile exec:exec@cdk writes it again.
      package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

      """;

  private ConstructSource() {}

  /**
   * The files of the construct.
   *
   * @param schema the file of the schema
   * @return the text of each file by its name; the same for the same schema
   * @throws IllegalArgumentException where the schema has a property that no builder method is
   *     known for
   * @throws JsonProcessingException where it is not JSON
   */
  public static Map<String, String> files(byte[] schema) throws JsonProcessingException {
    var type = new TypeSchema(Json.parse(schema));
    var files = new TreeMap<String, String>();
    add(files, ConstructClass.NAME, new ConstructClass(type, sha256(schema)).write());
    addProperties(
        files,
        ConstructClass.PROPERTIES,
        "The endpoint",
        "Properties of " + ConstructClass.NAME + ".",
        type.writable(),
        type.tagProperty());
    type.definitionsOfProperties()
        .forEach(
            (definition, pointer) -> {
              if (type.tagProperty()
                  .filter(tags -> pointer.equals("/properties/" + tags))
                  .isEmpty()) {
                addProperties(
                    files,
                    PropertiesClass.ofDefinition(definition),
                    definition,
                    type.definition(definition).path("description").asText(),
                    type.properties(type.definition(definition), pointer + "/"),
                    Optional.empty());
              }
            });
    return files;
  }

  private static void addProperties(
      Map<String, String> files,
      String name,
      String what,
      String description,
      List<Property> properties,
      Optional<String> tagProperty) {
    add(files, name, new PropertiesClass(name, what, description, properties, tagProperty).write());
    properties.stream()
        .filter(EnumerationClass::isFor)
        .forEach(p -> add(files, p.name(), new EnumerationClass(p).write()));
  }

  private static void add(Map<String, String> files, String name, String source) {
    if (files.put(name + ".java", HEADER + source) != null) {
      throw new IllegalArgumentException(
          "Two classes of the construct would be named " + name + ".");
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes the files into their folder and deletes others from it.
   *
   * @param args the project's folder
   * @throws IOException where the schema can't be read or the folder not be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("Arguments: PROJECT-FOLDER");
    }
    var project = Path.of(args[0]);
    var files = files(Files.readAllBytes(project.resolve("resource-schema.json")));
    var folder = Files.createDirectories(project.resolve(FOLDER));
    try (var there = Files.newDirectoryStream(folder)) {
      for (var file : there) {
        if (!files.containsKey(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
    for (var file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
