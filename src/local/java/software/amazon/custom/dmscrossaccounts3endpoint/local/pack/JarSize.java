package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * How big a jar is.
 *
 * @param files entries that are no folders
 * @param packed bytes of the jar
 * @param unpacked bytes of its files
 */
public record JarSize(long files, long packed, long unpacked) {

  /** Measures a jar. */
  public static JarSize of(Path file) throws IOException {
    try (var jar = new ZipFile(file.toFile())) {
      return new JarSize(
          jar.stream().filter(entry -> !entry.isDirectory()).count(),
          Files.size(file),
          jar.stream().mapToLong(ZipEntry::getSize).sum());
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f MB, %.1f MB unpacked, %d files",
        packed / 1_000_000.0,
        unpacked / 1_000_000.0,
        files);
  }
}
