package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

/** Temporary folder for the files of a command, deleted when the command or the JVM ends. */
final class TemporaryFolder {
  private final Path folder;
  private final Thread atExit;

  private TemporaryFolder(Path folder) {
    this.folder = folder;
    this.atExit = new Thread(() -> delete(folder));
    Runtime.getRuntime().addShutdownHook(atExit); // Ctrl-C must not leave the folder behind
  }

  /**
   * Creates a folder, does some work with it, and deletes it.
   *
   * @param work what to do with the folder
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
