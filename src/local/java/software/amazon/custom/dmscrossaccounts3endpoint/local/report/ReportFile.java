package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * A file that a report is written to: the page where its name ends in {@code .html} or {@code
 * .htm}, the timeline alone where it ends in {@code .svg}.
 *
 * @param path where it is
 */
public record ReportFile(Path path) {

  /** Returns why no report can be written there; empty where one can. */
  public Optional<String> problem() {
    var folder = folder();
    if (Files.isDirectory(path)) {
      return Optional.of("is a folder, not a file");
    }
    if (!isPage() && !isPicture()) {
      return Optional.of("ends neither in .html nor in .svg");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      return Optional.of("is no file that can be replaced");
    }
    if (!Files.isDirectory(folder)) {
      return Optional.of("the folder " + folder + " does not exist");
    }
    if (!Files.isWritable(folder)) {
      return Optional.of("the folder " + folder + " can't be written to");
    }
    return Optional.empty();
  }

  /**
   * Writes a report: the whole of it or nothing. What was there before is replaced.
   *
   * @throws IOException when it can't be written
   */
  public void write(RunReport report) throws IOException {
    var text = isPicture() ? TimelinePicture.svg(report) : ReportPage.html(report);
    var whole = folder().resolve("." + name() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.writeString(
          whole,
          text,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
      Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private Path folder() {
    return path.toAbsolutePath().getParent();
  }

  private String name() {
    return String.valueOf(path.getFileName());
  }

  private boolean isPage() {
    return name().toLowerCase(Locale.ROOT).matches(".*\\.html?");
  }

  private boolean isPicture() {
    return name().toLowerCase(Locale.ROOT).endsWith(".svg");
  }
}
