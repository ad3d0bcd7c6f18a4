package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a migration results in.
 *
 * @param files text by name, in the order in which they are needed
 * @param remarks what became of everything that was given
 */
public record MigrationFiles(Map<String, String> files, List<Remark> remarks) {

  /** The remarks of a kind. */
  public List<Remark> remarks(Remark.Kind kind) {
    return Remark.of(kind, remarks);
  }

  /**
   * Writes the files, all or none. A file that is there and has the same text is left alone.
   *
   * @throws MigrationRefused when a file is there and has another text; then nothing is written
   * @throws IOException when they can't be written
   */
  public void write(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new MigrationRefused(folder + ": not a folder");
    }
    for (var file : files.entrySet()) {
      var path = folder.resolve(file.getKey());
      if (Files.exists(path)
          && !(Files.isRegularFile(path)
              && Arrays.equals(
                  Files.readAllBytes(path), file.getValue().getBytes(StandardCharsets.UTF_8)))) {
        throw new MigrationRefused(
            path + ": is there, with another text; give another folder with --out");
      }
    }
    var made = new ArrayList<Path>();
    try {
      for (var missing = folder; missing != null && !Files.exists(missing); ) {
        made.add(0, missing);
        missing = missing.toAbsolutePath().getParent();
      }
      Files.createDirectories(folder);
      var parts = new ArrayList<Path>();
      for (var file : files.entrySet()) {
        var part = folder.resolve("." + file.getKey() + ".part");
        made.add(part);
        parts.add(part);
        Files.writeString(part, file.getValue());
      }
      for (var part : parts) {
        var name = part.getFileName().toString();
        Files.move(
            part,
            folder.resolve(name.substring(1, name.length() - ".part".length())),
            StandardCopyOption.REPLACE_EXISTING);
      }
      var commands = folder.resolve(Commands.FILE).toFile();
      if (commands.isFile() && !commands.setExecutable(true)) {
        throw new IOException("can't make " + commands + " executable");
      }
    } catch (IOException e) {
      for (var i = made.size() - 1; i >= 0; i--) {
        Files.deleteIfExists(made.get(i));
      }
      throw e;
    }
  }
}
