package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * A folder that the CloudFormation CLI would call a project, after {@code mvn package}. Paths go in
 * and come out relative to it and with {@code /}, in the same order on every machine.
 */
final class Project {
  static final String SCHEMA = "resource-schema.json";
  static final String SETTINGS = ".rpdk-config";
  static final String POM = "pom.xml";
  static final String INPUTS = "inputs";
  static final String SOURCES = "src";

  /** Only what Maven generates; the CloudFormation CLI leaves models of its own beside it. */
  static final String GENERATED_SOURCES = "target/generated-sources/model";

  static final String BUILD = "target";

  /** What editors, merges, operating systems and builds leave behind in folders of sources. */
  private static final Pattern LEFT_BEHIND =
      Pattern.compile(
          "\\..*|#.*#|.*~|.*\\.(bak|orig|rej|swp|tmp|iml)|Thumbs\\.db|__pycache__|target|cdk\\.out");

  private final Path root;
  private final ObjectNode schema;
  private final TypeName typeName;

  /**
   * Opens a project.
   *
   * @throws PackFailed when there is no schema with a type name
   */
  Project(Path root) throws IOException {
    this.root = root;
    this.schema = schema(root.resolve(SCHEMA));
    this.typeName = new TypeName(schema.path("typeName").asText());
  }

  private static ObjectNode schema(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new PackFailed("There is no " + SCHEMA + " in the folder.");
    }
    try {
      if (Json.parse(Files.readAllBytes(file)) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new PackFailed(SCHEMA + " is not JSON: " + e.getOriginalMessage());
    }
    throw new PackFailed(SCHEMA + " is not a JSON object.");
  }

  /** The name in the schema. */
  TypeName typeName() {
    return typeName;
  }

  /** The schema; a new copy for each caller. */
  ObjectNode schema() {
    return schema.deepCopy();
  }

  /** The file or folder of that path, there or not. */
  Path resolve(String path) {
    return root.resolve(path);
  }

  /** Whether there is anything of that path. */
  boolean has(String path) {
    return Files.exists(root.resolve(path));
  }

  /** The content of a file. */
  byte[] read(String path) throws IOException {
    return Files.readAllBytes(root.resolve(path));
  }

  /** The files directly in a folder; none where there is no such folder. */
  List<String> filesIn(String folder) throws IOException {
    return files(folder, 1);
  }

  /** All files under a folder; none where there is no such folder. */
  List<String> filesUnder(String folder) throws IOException {
    return files(folder, Integer.MAX_VALUE);
  }

  private List<String> files(String folder, int depth) throws IOException {
    var start = root.resolve(folder);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(start, depth)) {
      return paths
          .filter(Files::isRegularFile)
          .map(start::relativize)
          .filter(Predicate.not(Project::wasLeftBehind))
          .map(path -> folder + "/" + path.toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private static boolean wasLeftBehind(Path relative) {
    for (var name : relative) {
      if (LEFT_BEHIND.matcher(name.toString()).matches()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The jar that is registered. {@code cfn submit} takes the only file of that name and breaks off
   * where there is none or more than one.
   *
   * @throws PackFailed when there is not exactly one
   */
  String jar() throws IOException {
    var prefix = typeName.inFileNames() + "-";
    var jars =
        filesIn(BUILD).stream()
            .filter(path -> path.startsWith(prefix, BUILD.length() + 1) && path.endsWith(".jar"))
            .toList();
    if (jars.size() != 1) {
      throw new PackFailed(
          "There must be one %s/%s*.jar, but there %s: run mvn clean package."
              .formatted(
                  BUILD, prefix, jars.isEmpty() ? "is none" : "are " + String.join(", ", jars)));
    }
    return jars.get(0);
  }
}
