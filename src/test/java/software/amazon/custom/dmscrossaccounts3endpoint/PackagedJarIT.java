package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.LambdaProcess;
import software.amazon.custom.dmscrossaccounts3endpoint.local.pack.JarSize;

/** What the jar that is registered says of itself, and what it does without. */
class PackagedJarIT {

  private static String read(String entry) throws IOException {
    try (var jar = new JarFile(LambdaProcess.JAR.toFile());
        var in = jar.getInputStream(jar.getJarEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void holdsTheLicenceOfTheProjectAndThoseOfOthers() throws IOException {
    assertThat(read("META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
    assertThat(read("META-INF/THIRD-PARTY.txt"))
        .contains("(Apache-2.0)", "software.amazon.awssdk:databasemigration");
  }

  @Test
  void listsWhatItIsMadeOf() throws IOException {
    assumeFalse(Boolean.getBoolean("maven.offline"), "Offline, Maven makes no bill of materials.");
    var names = new ArrayList<String>();
    new ObjectMapper()
        .readTree(read("META-INF/sbom/bom.json"))
        .get("components")
        .forEach(component -> names.add(component.get("name").asText()));

    assertThat(names)
        .contains("databasemigration", "iam", "sts", "aws-cloudformation-rpdk-java-plugin")
        .doesNotContain("junit-jupiter", "lombok", "jspecify");
  }

  @Test
  void holdsNothingOfTestsAndTools() throws IOException {
    try (var jar = new JarFile(LambdaProcess.JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains(HandlerWrapper.class.getName().replace('.', '/') + ".class")
          // The logging interface that finds its binding; an older one complains at each start.
          .contains(
              "org/slf4j/spi/SLF4JServiceProvider.class", "org/slf4j/nop/NOPServiceProvider.class")
          .noneMatch(name -> name.contains("/local/"))
          .noneMatch(name -> name.startsWith("lombok") || name.startsWith("org/jspecify"))
          .noneMatch(name -> name.startsWith("io/netty"));
    }
  }

  /**
   * A class that is missing is found out of when somebody first needs it. What may be missing: the
   * operations that are not called, in the SDK's clients; the native library of the SDK, for
   * signatures that are good in several Regions; a format of values that the schema does not use;
   * how an older kind of runtime called back.
   */
  @Test
  void namesNoClassThatIsNotThere() {
    var report = new StringWriter();
    var out = new PrintWriter(report);
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(out, out, "--multi-release", "17", "--missing-deps", LambdaProcess.JAR.toString());

    assertThat(
            report.toString().lines().filter(line -> line.endsWith("not found")).map(String::trim))
        .isNotEmpty()
        .allMatch(
            line ->
                line.matches(
                        "software\\.amazon\\.awssdk\\.services\\.\\S+ +->"
                            + " software\\.amazon\\.awssdk\\.services\\.\\S+\\.model\\..*")
                    || line.matches(
                        "software\\.amazon\\.awssdk\\.\\S+ +->"
                            + " software\\.amazon\\.awssdk\\.crt\\..*")
                    || line.matches(
                        "\\S+ +-> (com\\.google\\.errorprone|org\\.jspecify)\\.annotations\\..*")
                    || line.matches(
                        "com\\.damnhandy\\.uri\\.template\\.UriTemplate +-> org\\.joda\\.time\\..*")
                    || line.matches(
                        "software\\.amazon\\.cloudformation\\.proxy\\.CloudFormationCallbackAdapter"
                            + " +-> .*")
                    || line.matches("\\S+\\.jar +-> not found"));
  }

  /** What Lambda has to fetch and to unpack before it can start anything. */
  @Test
  void staysSmall() throws IOException {
    var size = JarSize.of(LambdaProcess.JAR);
    assertThat(size.files()).isLessThan(5_600);
    assertThat(size.unpacked()).isLessThan(24_000_000);
    assertThat(size.packed()).isLessThan(9_000_000);
  }
}
