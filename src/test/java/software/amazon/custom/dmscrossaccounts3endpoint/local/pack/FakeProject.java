package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A small project folder of the type {@code Some::Where::Thing}, as Maven leaves it. */
record FakeProject(Path root) {
  static final TypeName NAME = new TypeName("Some::Where::Thing");
  static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);
  static final String JAR = "target/some-where-thing-handler-1.0.0.jar";
  static final String SCHEMA =
      """
      {
        "typeName": "Some::Where::Thing",
        "properties": {"Name": {"type": "string"}},
        "primaryIdentifier": ["/properties/Name"],
        "definitions": {"Environment": {"type": "object", "required": []}},
        "typeConfiguration": {"properties": {"Name": {"type": "string"}}, "additionalProperties": false}
      }
      """;

  static FakeProject in(Path root) throws IOException {
    var project = new FakeProject(root);
    project
        .with("resource-schema.json", SCHEMA)
        .with(".rpdk-config", "{\"typeName\": \"Some::Where::Thing\"}")
        .with(
            "pom.xml",
            """
            <project>
              <artifactId>some-where-thing-handler</artifactId>
              <dependencies>
                <dependency>
                  <artifactId>aws-cloudformation-rpdk-java-plugin</artifactId>
                  <version>2.2.5</version>
                </dependency>
              </dependencies>
            </project>
            """)
        .with("inputs/inputs_1_create.json", "{}")
        .with("inputs/inputs_1_update.json", "{}")
        .with("src/main/java/B.java", "class B {}")
        .with("src/main/java/A.java", "class A { String name = \"Some::Where::Thing\"; }")
        .with("target/generated-sources/model/Model.java", "class Model {}")
        .withJar(JAR, Map.of("resource-schema.json", SCHEMA, "A.class", "a"));
    return project;
  }

  Project opened() throws IOException {
    return new Project(root);
  }

  FakeProject with(String path, String text) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  FakeProject withJar(String path, Map<String, String> content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : content.entrySet()) {
        var file = new ZipEntry(entry.getKey());
        file.setTimeLocal(TIME);
        zip.putNextEntry(file);
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.createDirectories(root.resolve(path).getParent());
    Files.write(root.resolve(path), bytes.toByteArray());
    return this;
  }

  byte[] packed() throws IOException {
    var file = root.resolve("package.zip");
    new RegistryPackage(opened(), TIME).write(file);
    return Files.readAllBytes(file);
  }

  /** The text of each entry of a zip file, in its order. */
  static Map<String, String> contentOf(Path file) throws IOException {
    // The stream, since the order of entries is that of the file and not that of its directory.
    var content = new LinkedHashMap<String, String>();
    try (var zip = new ZipInputStream(Files.newInputStream(file))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        content.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
      }
    }
    return content;
  }

  /** The text of one entry. */
  static String textIn(Path file, String name) throws IOException {
    try (var zip = new ZipFile(file.toFile());
        var content = zip.getInputStream(zip.getEntry(name))) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
