package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;

/** The jar that runs in the registry. */
final class HandlerJar {
  private final Path file;

  HandlerJar(Path file) {
    this.file = file;
  }

  /**
   * Checks that the jar holds what belongs to the handlers.
   *
   * @param notForUse folder of classes that must not be shipped: tests and local programs
   * @throws PackFailed when a class of that folder, an entry twice, or no schema is in the jar
   */
  JarSize check(Path notForUse) throws IOException {
    var names = new HashSet<String>();
    try (var jar = new ZipFile(file.toFile())) {
      for (var entry : Collections.list(jar.entries())) {
        if (!entry.isDirectory()) {
          refuse(!names.add(entry.getName()), entry.getName() + " is in the jar twice");
        }
      }
    }
    refuse(!names.contains(Project.SCHEMA), "the jar lacks " + Project.SCHEMA);
    for (var name : classesUnder(notForUse)) {
      refuse(names.contains(name), "the jar holds " + name + ", which is not for use");
    }
    return JarSize.of(file);
  }

  private void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new PackFailed(file.getFileName() + " can't be registered: " + why + ".");
    }
  }

  private static Set<String> classesUnder(Path folder) throws IOException {
    var names = new HashSet<String>();
    if (Files.isDirectory(folder)) {
      try (var paths = Files.walk(folder)) {
        paths
            .map(path -> folder.relativize(path).toString().replace('\\', '/'))
            .filter(name -> name.endsWith(".class"))
            .forEach(names::add);
      }
    }
    return names;
  }

  /**
   * Writes the same jar so that its bytes follow from its entries, whoever made it and when.
   *
   * @param schema takes the place of the jar's; the handlers take the type's name from it alone
   */
  void write(Path target, LocalDateTime time, Optional<byte[]> schema) throws IOException {
    try (var jar = new ZipFile(file.toFile());
        var copy = ReproducibleZip.deflated(Files.newOutputStream(target), time)) {
      for (var entry : Collections.list(jar.entries())) {
        try (var content = jar.getInputStream(entry)) {
          var name = entry.getName();
          var isSchema = name.equals(Project.SCHEMA) && schema.isPresent();
          copy.add(name, isSchema ? schema.get() : content.readAllBytes());
        }
      }
    }
  }
}
