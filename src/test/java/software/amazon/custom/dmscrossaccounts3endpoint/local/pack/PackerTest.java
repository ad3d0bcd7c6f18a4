package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackerTest {
  private static final TypeName OTHER = new TypeName("Acme::DMS::Endpoint");

  @TempDir Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void aNameOfOnesOwnGivesAProjectAndAPackageUnderThatName() throws IOException {
    pack(FakeProject.in(root), OTHER);

    var registry = root.resolve("target/registry");
    var copy = new Project(registry.resolve("acme-dms-endpoint"));
    assertThat(copy.typeName()).isEqualTo(OTHER);
    assertThat(copy.jar()).isEqualTo("target/acme-dms-endpoint-handler-1.0.0.jar");
    assertThat(copy.resolve("acme-dms-endpoint.json"))
        .hasSameBinaryContentAs(copy.resolve("resource-schema.json"));
    assertThat(copy.resolve(".rpdk-config")).hasContent("{\"typeName\": \"Acme::DMS::Endpoint\"}");
    assertThat(copy.resolve("pom.xml"))
        .content()
        .contains("<artifactId>acme-dms-endpoint-handler</artifactId>");
    assertThat(FakeProject.contentOf(registry.resolve("acme-dms-endpoint.zip")))
        .containsEntry("schema.json", Files.readString(copy.resolve("resource-schema.json")))
        .containsKey("target/acme-dms-endpoint-handler-1.0.0.jar");
    assertThat(root.resolve("target/some-where-thing.zip")).doesNotExist();
  }

  @Test
  void besideThePackageIsTheSchemaOfTemplatesUnderThatName() throws IOException {
    pack(FakeProject.in(root), OTHER);
    pack(FakeProject.in(root), FakeProject.NAME);

    assertThat(root.resolve("target/registry/acme-dms-endpoint-template-schema.json"))
        .content()
        .contains("Acme::DMS::Endpoint")
        .doesNotContain("Some::Where::Thing");
    assertThat(root.resolve("target/some-where-thing-template-schema.json"))
        .content()
        .contains("Some::Where::Thing");
  }

  @Test
  void theRenamedJarIsTheSameButForItsSchema() throws IOException {
    pack(FakeProject.in(root), OTHER);

    var copy =
        root.resolve(
            "target/registry/acme-dms-endpoint/target/acme-dms-endpoint-handler-1.0.0.jar");
    assertThat(FakeProject.textIn(copy, "resource-schema.json"))
        .isEqualTo(FakeProject.SCHEMA.replace("Some::Where::Thing", "Acme::DMS::Endpoint"));
    assertThat(FakeProject.textIn(copy, "A.class")).isEqualTo("a");
  }

  @Test
  void templatesAndPagesSayTheNewNameInEachOfItsSpellings() throws IOException {
    var project =
        FakeProject.in(root)
            .with("bootstrap/role.yaml", "Arn: type/resource/Some-Where-Thing/*")
            .with("examples/one/template.yaml", "Type: Some::Where::Thing # größer")
            .with("guide/install.md", "target/some-where-thing.zip")
            .with("docs/stale.md", "Some::Where::Thing");

    pack(project, OTHER);

    var copy = root.resolve("target/registry/acme-dms-endpoint");
    assertThat(copy.resolve("bootstrap/role.yaml"))
        .hasContent("Arn: type/resource/Acme-DMS-Endpoint/*");
    assertThat(copy.resolve("examples/one/template.yaml"))
        .hasContent("Type: Acme::DMS::Endpoint # größer");
    assertThat(copy.resolve("guide/install.md")).hasContent("target/acme-dms-endpoint.zip");
    assertThat(copy.resolve("docs/README.md")).content().contains("Acme::DMS::Endpoint");
    assertThat(copy.resolve("docs/stale.md")).doesNotExist();
  }

  @Test
  void theSourcesStayThoseThatTheJarWasBuiltFrom() throws IOException {
    pack(FakeProject.in(root), OTHER);

    assertThat(root.resolve("target/registry/acme-dms-endpoint/src/main/java/A.java"))
        .hasSameBinaryContentAs(root.resolve("src/main/java/A.java"));
  }

  @Test
  void theCdkConstructNamesTheRenamedSchema() throws Exception {
    var construct = "examples/cdk/src/main/java/Construct.java";
    var project =
        FakeProject.in(root)
            .with(construct, "\"Some::Where::Thing\", \"" + sha256(FakeProject.SCHEMA) + "\"")
            .with("examples/cdk/pom.xml", "<artifactId>some-where-thing-cdk</artifactId>")
            .with("examples/cdk/cdk.out/manifest.json", "{}")
            .with("examples/cdk/target/construct.jar", "");

    pack(project, OTHER);

    var copy = root.resolve("target/registry/acme-dms-endpoint");
    var schema = Files.readString(copy.resolve("resource-schema.json"));
    assertThat(copy.resolve(construct))
        .hasContent("\"Acme::DMS::Endpoint\", \"" + sha256(schema) + "\"");
    assertThat(copy.resolve("examples/cdk/pom.xml"))
        .hasContent("<artifactId>acme-dms-endpoint-cdk</artifactId>");
    assertThat(copy.resolve("examples/cdk")).isDirectoryNotContaining("glob:**/{cdk.out,target}");
  }

  private static String sha256(String text) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void packingAgainLeavesNothingOfTheLastTime() throws IOException {
    var project = FakeProject.in(root).with("examples/gone.yaml", "");
    pack(project, OTHER);
    Files.delete(root.resolve("examples/gone.yaml"));

    pack(project, OTHER);

    assertThat(root.resolve("target/registry/acme-dms-endpoint/examples")).doesNotExist();
  }

  @Test
  void aReservedNameIsRefusedWhenItIsAskedFor() throws IOException {
    var project = FakeProject.in(root);

    assertThatExceptionOfType(PackFailed.class)
        .isThrownBy(() -> pack(project, new TypeName("Custom::DMS::Endpoint")))
        .withMessage(
            "No account can register a type as Custom::DMS::Endpoint: the namespace Custom is"
                + " reserved.");
    assertThat(root.resolve("target/registry")).doesNotExist();
  }

  @Test
  void aProjectWithAReservedNameSaysInOneLineWhichFlagToUse() throws IOException {
    var reserved = new TypeName("AWS::Where::Thing");
    var project =
        FakeProject.in(root).with("resource-schema.json", "{\"typeName\": \"AWS::Where::Thing\"}");
    Files.delete(root.resolve(FakeProject.JAR));
    project.withJar("target/aws-where-thing-1.jar", Map.of("resource-schema.json", "{}"));

    pack(project, reserved);

    assertThat(output().lines().filter(line -> line.contains("-Dtype.name="))).hasSize(1);
    assertThat(root.resolve("target/aws-where-thing.zip")).exists();
  }

  @Test
  void aFreeNameIsPackedWithoutThatLine() throws IOException {
    pack(FakeProject.in(root), FakeProject.NAME);

    assertThat(output()).doesNotContain("-Dtype.name=");
    assertThat(root.resolve("target/some-where-thing.zip")).exists();
  }

  @Test
  void aJarWithAClassOfTheTestsOrLocalProgramsIsRefused() throws IOException {
    var project = FakeProject.in(root).with("target/test-classes/A.class", "");

    assertThatExceptionOfType(PackFailed.class)
        .isThrownBy(() -> pack(project, FakeProject.NAME))
        .withMessageContaining("holds A.class");
  }

  @Test
  void aJarWithoutTheSchemaIsRefused() throws IOException {
    var project = FakeProject.in(root).withJar(FakeProject.JAR, Map.of("A.class", "a"));

    assertThatExceptionOfType(PackFailed.class)
        .isThrownBy(() -> pack(project, FakeProject.NAME))
        .withMessageContaining("lacks resource-schema.json");
  }

  @Test
  void theSizeOfTheJarIsReported() throws IOException {
    pack(FakeProject.in(root), FakeProject.NAME);

    assertThat(output()).containsPattern("(?m)^\\Q" + FakeProject.JAR + "\\E: .*, 2 files$");
  }

  private void pack(FakeProject project, TypeName name) throws IOException {
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    new Packer(print, FakeProject.TIME).pack(project.opened(), name);
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
