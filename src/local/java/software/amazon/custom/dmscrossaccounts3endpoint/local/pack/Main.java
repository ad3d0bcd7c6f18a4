package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** What Maven runs once the jar is there. */
public final class Main {

  private Main() {}

  /**
   * Packs a project. What is wrong with it or with the name is one line on standard error and exit
   * code 1.
   *
   * @param args folder of the project, name of the type, {@code project.build.outputTimestamp}, the
   *     jar that was made, the jar to register
   * @throws IOException where a file can't be read or written
   */
  public static void main(String[] args) throws IOException {
    try {
      var project = new Project(Path.of(args[0]));
      var time = utc(args[2]);
      new HandlerJar(project.resolve(args[3])).write(project.resolve(args[4]), time);
      new Packer(System.out, time).pack(project, new TypeName(args[1]));
    } catch (PackFailed e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static LocalDateTime utc(String timestamp) {
    return OffsetDateTime.parse(timestamp).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }
}
