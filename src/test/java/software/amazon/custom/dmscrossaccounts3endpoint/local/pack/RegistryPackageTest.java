package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryPackageTest {
  @TempDir Path folder;
  @TempDir Path otherFolder;

  @Test
  void theEntriesAreThoseOfTheCloudFormationCliInItsOrder() throws IOException {
    FakeProject.in(folder).packed();

    assertThat(FakeProject.contentOf(folder.resolve("package.zip")).keySet())
        .containsExactly(
            "configuration-schema.json",
            ".rpdk-config",
            "schema.json",
            "inputs/inputs_1_create.json",
            "inputs/inputs_1_update.json",
            "target/some-where-thing-handler-1.0.0.jar",
            "pom.xml",
            "src/main/java/A.java",
            "src/main/java/B.java",
            "target/generated-sources/model/Model.java",
            ".cfn_metadata.json");
  }

  @Test
  void theSchemasAreTheProjectsOwn() throws IOException {
    FakeProject.in(folder).packed();

    var content = FakeProject.contentOf(folder.resolve("package.zip"));
    assertThat(content.get("schema.json")).isEqualTo(FakeProject.SCHEMA);
    assertThat(content.get("configuration-schema.json"))
        .isEqualTo(
            """
            {
                "properties": {
                    "Name": {
                        "type": "string"
                    }
                },
                "additionalProperties": false,
                "definitions": {
                    "Environment": {
                        "type": "object",
                        "required": []
                    }
                },
                "typeName": "Some::Where::Thing"
            }""");
    assertThat(content.get(".cfn_metadata.json")).contains("\"plugin-version\":\"2.2.5\"");
  }

  @Test
  void aTypeWithoutConfigurationHasNoSchemaForIt() throws IOException {
    FakeProject.in(folder)
        .with("resource-schema.json", "{\"typeName\": \"Some::Where::Thing\"}")
        .packed();

    assertThat(FakeProject.contentOf(folder.resolve("package.zip")))
        .doesNotContainKey("configuration-schema.json");
  }

  @Test
  void whatEditorsAndOtherToolsLeaveBehindStaysOut() throws IOException {
    var clean = FakeProject.in(folder).packed();
    var littered =
        FakeProject.in(otherFolder)
            .with("src/main/java/A.java~", "")
            .with("src/main/java/.A.java.swp", "")
            .with("src/main/java/A.java.orig", "")
            .with("src/main/java/#A.java#", "")
            .with("src/.idea/workspace.xml", "")
            .with("inputs/.DS_Store", "")
            .with("inputs/older/inputs_1_create.json", "")
            .with("target/generated-sources/rpdk/Model.java", "")
            .with("target/original-some-where-thing-handler-1.0.0.jar", "")
            .packed();

    assertThat(littered).isEqualTo(clean);
  }

  @Test
  void oneProjectGivesOneFileWhereverAndWheneverItIsPacked() throws IOException {
    var first = FakeProject.in(folder).packed();
    var other = FakeProject.in(otherFolder);
    for (var path : other.opened().filesUnder("src")) {
      Files.setLastModifiedTime(
          otherFolder.resolve(path), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    }
    var here = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      assertThat(other.packed()).isEqualTo(first);
    } finally {
      TimeZone.setDefault(here);
    }
  }

  @Test
  void twoJarsAreOneTooManyForTheCloudFormationCli() throws IOException {
    var project =
        FakeProject.in(folder).withJar("target/some-where-thing-handler-0.9.0.jar", Map.of());

    assertThatExceptionOfType(PackFailed.class)
        .isThrownBy(project::packed)
        .withMessageContaining("handler-0.9.0.jar, target/some-where-thing-handler-1.0.0.jar")
        .withMessageContaining("mvn clean package");
  }

  @Test
  void aPackageThatCouldNotBeFinishedIsNotLeftThere() throws IOException {
    var project = FakeProject.in(folder);
    project.packed();
    Files.delete(folder.resolve("pom.xml"));

    assertThatExceptionOfType(PackFailed.class)
        .isThrownBy(project::packed)
        .withMessageContaining("pom.xml");
    assertThat(folder.resolve("package.zip")).doesNotExist();
    assertThat(folder.resolve("package.zip.part")).doesNotExist();
  }
}
