package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * The file that {@code RegisterType} takes: entries and order of {@code cfn submit --dry-run}
 * (CloudFormation CLI 0.2.39 with its Java plugin 2.2.3), but sorted within each folder and without
 * anything of the machine, so that one commit gives one file.
 */
final class RegistryPackage {
  /** Which tools packed it: those whose layout this is. */
  private static final String CLI_VERSION = "0.2.39";

  private static final String PLUGIN_TOOL_VERSION = "2.2.3";

  private static final Pattern RUNTIME_VERSION =
      Pattern.compile(
          "<artifactId>aws-cloudformation-rpdk-java-plugin</artifactId>\\s*<version>([^<$]+)</version>");

  /** The layout of Python's {@code json.dumps(…, indent=4)}, so that the CLI's file is the same. */
  private static final ObjectWriter WRITER = new ObjectMapper().writer(layout());

  private final Project project;
  private final LocalDateTime time;

  RegistryPackage(Project project, LocalDateTime time) {
    this.project = project;
    this.time = time;
  }

  /**
   * Writes the package. A build that fails half-way leaves no file that looks like one.
   *
   * @throws PackFailed when the project lacks a part
   */
  void write(Path file) throws IOException {
    Files.deleteIfExists(file);
    var unfinished = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (var zip = ReproducibleZip.stored(Files.newOutputStream(unfinished), time)) {
        addAll(zip);
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void addAll(ReproducibleZip zip) throws IOException {
    var configuration = configurationSchema();
    if (configuration.isPresent()) {
      zip.add("configuration-schema.json", configuration.get());
    }
    add(zip, Project.SETTINGS);
    zip.add("schema.json", project.read(Project.SCHEMA));
    addEach(zip, project.filesIn(Project.INPUTS));
    add(zip, project.jar());
    add(zip, Project.POM);
    addEach(zip, project.filesUnder(Project.SOURCES));
    addEach(zip, project.filesUnder(Project.GENERATED_SOURCES));
    zip.add(".cfn_metadata.json", Json.bytes(metadata()));
  }

  private void addEach(ReproducibleZip zip, Iterable<String> paths) throws IOException {
    for (var path : paths) {
      add(zip, path);
    }
  }

  private void add(ReproducibleZip zip, String path) throws IOException {
    if (!project.has(path)) {
      throw new PackFailed("There is no " + path + " in the folder.");
    }
    zip.add(path, project.read(path));
  }

  private JsonNode metadata() throws IOException {
    return Json.object()
        .put("plugin-tool-version", PLUGIN_TOOL_VERSION)
        .put("plugin-name", "java")
        .put("plugin-version", runtimeVersion())
        .put("cli-version", CLI_VERSION);
  }

  /** The CLI reads the version from the pom as well, and also wants it written out there. */
  private String runtimeVersion() throws IOException {
    var matcher = RUNTIME_VERSION.matcher(Files.readString(project.resolve(Project.POM)));
    if (!matcher.find()) {
      throw new PackFailed(
          "pom.xml must name the version of aws-cloudformation-rpdk-java-plugin literally, right"
              + " after its artifactId.");
    }
    return matcher.group(1);
  }

  /**
   * Returns the schema of the type configuration as the registry takes it: cut out of the
   * resource's schema, with a copy of its definitions and the type's name. Empty for a type without
   * configuration.
   */
  private Optional<byte[]> configurationSchema() {
    var schema = project.schema();
    if (!(schema.get("typeConfiguration") instanceof ObjectNode typeConfiguration)) {
      return Optional.empty();
    }
    var result = typeConfiguration.deepCopy();
    result.set("definitions", schema.path("definitions").deepCopy());
    result.set("typeName", schema.get("typeName"));
    try {
      return Optional.of(WRITER.writeValueAsString(result).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DefaultPrettyPrinter layout() {
    var indenter = new DefaultIndenter("    ", "\n");
    var printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    return printer;
  }
}
