package software.amazon.custom.dmscrossaccounts3endpoint;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Temporary folder that belongs to this JVM alone.
 *
 * <p>The runtime deletes everything in {@code java.io.tmpdir} at every request ({@code
 * AbstractWrapper.scrubFiles}). In Lambda that folder belongs to the function's container.
 * Elsewhere it is usually the temporary folder of the whole machine.
 */
final class PrivateTemporaryFolder {

  /**
   * System property that the runtime reads at every request ({@code FileUtils.getTempDirectory} of
   * Commons IO).
   */
  private static final String PROPERTY = "java.io.tmpdir";

  /**
   * Environment variable that Lambda sets for every function (Lambda Developer Guide, environment
   * variables).
   */
  private static final String FUNCTION_NAME = "AWS_LAMBDA_FUNCTION_NAME";

  private PrivateTemporaryFolder() {}

  /**
   * Creates the folder and makes it {@code java.io.tmpdir} until the JVM ends, which deletes it.
   * Does nothing in Lambda.
   *
   * @throws UncheckedIOException where the folder can't be created
   */
  static void useOutsideLambda() {
    if (System.getenv(FUNCTION_NAME) == null) {
      try {
        use(Files.createTempDirectory("dms-cross-account-s3-endpoint-"));
      } catch (IOException e) {
        throw new UncheckedIOException("The handler could not create its own temporary folder.", e);
      }
    }
  }

  private static void use(Path folder) {
    System.setProperty(PROPERTY, folder.toString());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
