package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.custom.dmscrossaccounts3endpoint.local.pack.JarSize;

/** What Lambda has to fetch and to unpack. */
final class JarSizes {

  private JarSizes() {}

  static Results.Section of(Set<Path> jars) throws IOException {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("jar", "MB", "MB unpacked", "files"));
    for (var path : jars) {
      var size = JarSize.of(path);
      rows.add(
          List.of(
              "`" + path.getFileName() + "`",
              megabytes(size.packed()),
              megabytes(size.unpacked()),
              "" + size.files()));
    }
    return new Results.Section("Size", "The jar that is registered.", rows);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }
}
