package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** What Lambda has to fetch and to unpack. */
final class JarSizes {

  private JarSizes() {}

  static Results.Section of(Set<Path> jars) throws IOException {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("jar", "MB", "MB unpacked", "files"));
    for (var path : jars) {
      try (var jar = new JarFile(path.toFile())) {
        rows.add(
            List.of(
                "`" + path.getFileName() + "`",
                megabytes(Files.size(path)),
                megabytes(jar.stream().mapToLong(ZipEntry::getSize).sum()),
                "" + jar.stream().filter(entry -> !entry.isDirectory()).count()));
      }
    }
    return new Results.Section("Size", "The jar that is registered.", rows);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }
}
