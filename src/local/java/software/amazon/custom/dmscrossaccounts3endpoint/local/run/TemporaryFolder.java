package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

/**
 * A temporary folder for this JVM alone. The runtime's wrapper empties {@code java.io.tmpdir} at
 * every invocation ({@code AbstractWrapper.scrubFiles}), and what other programs keep there is none
 * of its business.
 */
final class TemporaryFolder {
  private final Path folder;
  private final SystemProperty property;
  private final Thread atExit;

  private TemporaryFolder(Path folder) throws IOException {
    this.folder = folder;
    this.property =
        SystemProperty.set(
            "java.io.tmpdir", Files.createDirectory(folder.resolve("tmp")).toString());
    this.atExit = new Thread(() -> delete(folder));
    Runtime.getRuntime().addShutdownHook(atExit); // Ctrl-C must not leave the folder behind
  }

  /**
   * Does some work while the JVM has a temporary folder of its own, and deletes the folder.
   *
   * @param work what to do; it is given a folder that nobody empties meanwhile
   */
  static void during(Consumer<Path> work) {
    TemporaryFolder folder;
    try {
      folder = new TemporaryFolder(Files.createTempDirectory("dms-s3-endpoint-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      work.accept(folder.folder);
    } finally {
      folder.close();
    }
  }

  private void close() {
    property.close();
    Runtime.getRuntime().removeShutdownHook(atExit);
    delete(folder);
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
