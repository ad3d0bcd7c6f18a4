package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Folder that a migration is written to. A record of what was written tells the next run which
 * files it may replace: a file that was edited since is not one of them.
 */
public record OutputFolder(Path folder) {
  private static final String RECORD = ".migrate";

  /**
   * Writes files, in place of those of an earlier run.
   *
   * @throws MigrationRefused when something else is in the folder; then nothing is written
   * @throws IOException when they can't be written
   */
  public void write(Map<String, String> files) throws IOException {
    if (Files.exists(folder)) {
      if (!Files.isDirectory(folder)) {
        throw new MigrationRefused(folder + ": not a folder");
      }
      removeEarlier();
    }
    Files.createDirectories(folder);
    var record = new StringBuilder();
    for (var file : files.entrySet()) {
      record.append(entry(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8)));
    }
    Files.writeString(folder.resolve(RECORD), record);
    for (var file : files.entrySet()) {
      var path = Files.writeString(folder.resolve(file.getKey()), file.getValue());
      if (file.getKey().endsWith(".sh") && !path.toFile().setExecutable(true)) {
        throw new IOException("can't make " + path + " executable");
      }
    }
  }

  private void removeEarlier() throws IOException {
    var record = folder.resolve(RECORD);
    var written = Files.exists(record) ? Set.copyOf(Files.readAllLines(record)) : Set.<String>of();
    var inTheWay = new TreeSet<String>();
    try (var files = Files.list(folder)) {
      for (var file : files.collect(Collectors.toSet())) {
        var name = file.getFileName().toString();
        if (!name.equals(RECORD)
            && !(Files.isRegularFile(file)
                && written.contains(entry(name, Files.readAllBytes(file)).strip()))) {
          inTheWay.add(name);
        }
      }
    }
    if (!inTheWay.isEmpty()) {
      throw new MigrationRefused(
          "%s: not written by an earlier run, or changed since: %s; move it, or give another folder with --out"
              .formatted(folder, String.join(", ", inTheWay)));
    }
    for (var line : written) {
      Files.deleteIfExists(folder.resolve(line.split(" {2}", 2)[1]));
    }
  }

  /** Returns a line of the record, as sha256sum writes it. */
  private static String entry(String name, byte[] content) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash) + "  " + name + "\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java platform has it.
    }
  }
}
