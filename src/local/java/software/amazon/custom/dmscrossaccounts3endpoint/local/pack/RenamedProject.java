package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.ReferenceDocs;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * A copy of the project in which the type has another name: schema, settings, templates and pages
 * say the new one, and {@code cfn submit} works there. Sources stay as they are, since the jar was
 * built from them and they take the name from the schema.
 */
final class RenamedProject {
  private static final List<String> FILES =
      List.of(
          ".gitignore",
          Project.SETTINGS,
          Project.POM,
          Project.SCHEMA,
          "template.yml",
          "README.md",
          "CHANGELOG.md",
          "CONTRIBUTING.md",
          "SECURITY.md",
          "LICENSE",
          "NOTICE");

  private static final List<String> FOLDERS =
      List.of(Project.INPUTS, "guide", "examples", "bootstrap", "bench");

  private static final List<String> UNCHANGED = List.of(Project.SOURCES, Project.GENERATED_SOURCES);

  private final Project original;
  private final TypeName name;
  private final LocalDateTime time;

  RenamedProject(Project original, TypeName name, LocalDateTime time) {
    this.original = original;
    this.name = name;
    this.time = time;
  }

  /** Whether a file of the original has a counterpart in the copy. */
  static boolean holds(String path) {
    var top = path.split("[/\\\\]", 2)[0];
    return FILES.contains(path)
        || FOLDERS.contains(top)
        || UNCHANGED.contains(top)
        || top.equals("docs");
  }

  /** Writes the copy; what an earlier one left in the folder goes away. */
  Project write(Path folder) throws IOException {
    clear(folder);
    for (var path : FILES) {
      if (original.has(path)) {
        rename(path, folder);
      }
    }
    for (var top : FOLDERS) {
      for (var path : original.filesUnder(top)) {
        rename(path, folder);
      }
    }
    for (var top : UNCHANGED) {
      for (var path : original.filesUnder(top)) {
        write(folder.resolve(path), original.read(path));
      }
    }
    var schema = folder.resolve(Project.SCHEMA);
    // In the original this is a link, which not every file system and not every copy keeps.
    Files.copy(schema, folder.resolve(name.inFileNames() + ".json"));
    for (var page : ReferenceDocs.pages(Json.parse(Files.readAllBytes(schema))).entrySet()) {
      write(folder.resolve("docs").resolve(page.getKey()), page.getValue().getBytes(UTF_8));
    }
    var jar = original.jar();
    new HandlerJar(original.resolve(jar))
        .write(
            parentMade(folder.resolve(renamed(jar))),
            time,
            Optional.of(Files.readAllBytes(schema)));
    return new Project(folder);
  }

  private void rename(String path, Path folder) throws IOException {
    write(folder.resolve(renamed(path)), renamed(original.read(path)));
  }

  /** Puts the new name in the place of the old one, in each of its spellings. */
  private String renamed(String text) {
    var from = original.typeName();
    return text.replace(from.value(), name.value())
        .replace(from.inArns(), name.inArns())
        .replace(from.inFileNames(), name.inFileNames());
  }

  /** Every byte but those of the name, and of the schema's hash in the CDK construct, stays. */
  private byte[] renamed(byte[] file) throws IOException {
    var schema = original.read(Project.SCHEMA);
    var text = renamed(new String(file, ISO_8859_1));
    if (text.contains(sha256(schema))) {
      var newSchema = renamed(new String(schema, ISO_8859_1)).getBytes(ISO_8859_1);
      text = text.replace(sha256(schema), sha256(newSchema));
    }
    return text.getBytes(ISO_8859_1);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.write(parentMade(file), content);
  }

  private static Path parentMade(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return file;
  }

  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var paths = Files.walk(folder)) {
        for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
