package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

import java.io.File;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledIf;

/** Skipped where there is no Node.js, which the CDK's library runs in. */
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf("software.amazon.custom.dmscrossaccounts3endpoint.cdk.NeedsNode$Search#found")
@interface NeedsNode {

  /** Looks on the PATH, as the CDK's library does. */
  final class Search {
    private Search() {}

    static boolean found() {
      return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
          .splitAsStream(System.getenv().getOrDefault("PATH", ""))
          .anyMatch(
              folder ->
                  Files.isExecutable(Path.of(folder, "node"))
                      || Files.isExecutable(Path.of(folder, "node.exe")));
    }
  }
}
