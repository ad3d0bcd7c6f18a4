package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.LambdaProcess;

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
}
